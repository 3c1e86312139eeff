/** ts-mls 1.6.4 from npm, as published: X-Wing suite, PrivateMessage, no tree in its Welcomes. */

import {
  createApplicationMessage,
  createCommit,
  createGroup,
  decodeMlsMessage,
  defaultLifetime,
  emptyPskIndex,
  encodeMlsMessage,
  generateKeyPackage,
  getCiphersuiteFromName,
  getCiphersuiteImpl,
  joinGroup,
  mlsExporter,
  processPrivateMessage,
  type Capabilities,
  type CiphersuiteImpl,
  type ClientState,
  type MLSMessage,
  type Proposal,
  type RatchetTree,
  type Welcome,
} from "ts-mls"
import type { Contender, Made, Peer } from "./peer.ts"

const suite = "MLS_256_XWING_AES256GCM_SHA512_Ed25519"
const capabilities: Capabilities = { extensions: [], credentials: ["basic"], proposals: [], versions: ["mls10"], ciphersuites: [suite] }

/** It has no way to force a path into a commit that adds, and no PSK here: both are in its favour. */
export async function tsMlsContender(): Promise<Contender> {
  const impl = await getCiphersuiteImpl(getCiphersuiteFromName(suite))
  let number = 0
  return {
    name: "ts-mls 1.6.4",
    // A warm tree takes a join for every batch, each of seconds from 500 members on.
    rounds: (size, warmth) => (size <= 100 ? 2 : warmth === "cold" ? 1 : 0),
    person: async () => peerOf(impl, String(++number)),
  }
}

function peerOf(impl: CiphersuiteImpl, name: string): Peer {
  const credential = { credentialType: "basic" as const, identity: new TextEncoder().encode(name.padStart(16, "0")) }
  let made: ReturnType<typeof generateKeyPackage> | undefined
  const own = (): ReturnType<typeof generateKeyPackage> =>
    (made ??= generateKeyPackage(credential, capabilities, defaultLifetime, [], impl))
  let state: ClientState | undefined
  let next: ClientState | undefined
  const now = (): ClientState => {
    if (state === undefined) throw new Error("bug: in no group")
    return state
  }
  const opened = async (bytes: Uint8Array): Promise<void> => {
    const message = read(bytes)
    if (message.wireformat !== "mls_private_message") throw new Error("bug: not a PrivateMessage")
    state = (await processPrivateMessage(now(), message.privateMessage, emptyPskIndex, impl)).newState
  }
  return {
    async found() {
      const keys = await own()
      state = await createGroup(new Uint8Array(16).fill(1), keys.publicPackage, keys.privatePackage, [], impl)
    },
    keyPackage: async () => encodeMlsMessage({ version: "mls10", wireformat: "mls_key_package", keyPackage: (await own()).publicPackage }),
    async commit({ adds = [], removes = [] }): Promise<Made> {
      const extraProposals = [...adds.map(addOf), ...removes.map((removed): Proposal => ({ proposalType: "remove", remove: { removed } }))]
      const committed = await createCommit({ state: now(), cipherSuite: impl }, { extraProposals })
      next = committed.newState
      return {
        commit: encodeMlsMessage(committed.commit),
        welcomes: adds.map(() => committed.welcome),
        tree: committed.newState.ratchetTree,
      }
    },
    async merge() {
      state = next
    },
    process: opened,
    async join(welcome, tree) {
      const keys = await own()
      state = await joinGroup(welcome as Welcome, keys.publicPackage, keys.privatePackage, emptyPskIndex, impl, tree as RatchetTree)
    },
    leaf: () => now().privatePath.leafIndex,
    async send(data) {
      const { newState, privateMessage } = await createApplicationMessage(now(), data, impl)
      state = newState
      return encodeMlsMessage({ version: "mls10", wireformat: "mls_private_message", privateMessage })
    },
    receive: opened,
    async secret() {
      return Buffer.from(await mlsExporter(now().keySchedule.exporterSecret, "bench", new Uint8Array(), 32, impl)).toString("hex")
    },
    free() {
      state = next = undefined
    },
  }
}

function addOf(bytes: Uint8Array): Proposal {
  const message = read(bytes)
  if (message.wireformat !== "mls_key_package") throw new Error("bug: not a KeyPackage")
  return { proposalType: "add", add: { keyPackage: message.keyPackage } }
}

function read(bytes: Uint8Array): MLSMessage {
  const read = decodeMlsMessage(bytes, 0)
  if (read === undefined) throw new Error("bug: no message")
  return read[0]
}

/** Our engine, and the same wrapper around OpenMLS' own provider and storage. */

import type { Member } from "@conclave/mls-engine"
import type { Contender, Made, Peer } from "./peer.ts"

/** The part of a module's face that is used; both builds have it. */
export interface WasmModule {
  readonly Member: new (identity: Uint8Array, nowSeconds: number, lifetimeSeconds: number) => Member
}

const psk = new TextEncoder().encode("bench")
const nothing = new Uint8Array()

export function wasmContender(name: string, { Member }: WasmModule): Contender {
  let number = 0
  return {
    name,
    rounds: (size) => (size > 500 ? 3 : 5),
    async person() {
      const identity = new Uint8Array(16)
      new DataView(identity.buffer).setUint32(0, ++number)
      const member = new Member(identity, Math.floor(Date.now() / 1000), 12 * 3600)
      member.storePsk(psk, new Uint8Array(32).fill(7))
      return peerOf(member)
    },
  }
}

function peerOf(member: Member): Peer {
  return {
    async found() {
      member.create(new Uint8Array(16).fill(1), new Uint8Array(200))
    },
    keyPackage: async () => member.keyPackage(),
    async commit({ adds = [], removes = [] }): Promise<Made> {
      return member.commit({ adds, removes, psk: adds.length > 0 ? psk : undefined })
    },
    merge: async () => member.mergeCommit(),
    async process(commit) {
      member.process(commit)
      member.accept()
    },
    async join(welcome, tree) {
      member.join(welcome as Uint8Array, tree as Uint8Array)
      member.acceptJoin()
    },
    leaf: () => member.ownLeaf(),
    send: async (data) => member.encrypt(data, nothing),
    async receive(message) {
      member.process(message)
    },
    secret: async () => Buffer.from(member.export("bench", nothing, 32)).toString("hex"),
    free() {
      member.wipe()
      member.free()
    },
  }
}

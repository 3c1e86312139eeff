/** An engine that checks nothing and does as it is told: what is refused over it, our own rules refused. */

import { joined, owned, uint64 } from "../bytes.ts"
import { randomBytes } from "../platform.ts"
import { leafKey } from "../room/leaf-key.fixture.ts"
import { idBytes } from "../room/link-keys.ts"
import { sealNote, type Note } from "./note.ts"
import type { ApplicationMessage, CommitMade, RawEngine, RawMember, RosterLeaf, StagedCommit } from "./raw-engine.ts"

export interface Careless {
  readonly engine: RawEngine
  /** What the next `process` gives, whatever the bytes. */
  next: StagedCommit | ApplicationMessage
  roster: RosterLeaf[]
  epoch: number
  /** Names of the calls so far. */
  readonly calls: string[]
}

export const leafOf = (leaf: number): RosterLeaf => ({ leaf, identity: randomBytes(16), signatureKey: randomBytes(32) })

/** A commit of leaf 1 that changes nothing: the plainest there is. */
export const heal: StagedCommit = {
  ...{ kind: "commit", sender: 1, epoch: 0, adds: [], removes: [], psks: [], policy: undefined, other: 0 },
  authenticatedData: new Uint8Array(),
  ...{ hasPath: true, selfRemoved: false },
}

/** The same bytes for the same label: a test seals the note of a commit as the engine would. */
const exported = (length: number): Uint8Array<ArrayBuffer> => new Uint8Array(length).fill(length)

/** Authenticated data that says what this commit does. */
export async function noteOf(call: string, epoch: number, note: Partial<Note>): Promise<Uint8Array> {
  const raw = { export: (_label: string, _context: Uint8Array, length: number) => exported(length) } as RawMember
  return sealNote(raw, { call, epoch }, { adds: [], removes: [], ...note })
}

export function careless(): Careless {
  const state: Careless = { engine: { Member: member() }, next: heal, roster: [leafOf(0), leafOf(1), leafOf(2)], epoch: 0, calls: [] }

  function member(): RawEngine["Member"] {
    return class implements RawMember {
      #call<T>(name: string, answer: T): T {
        state.calls.push(name)
        return answer
      }
      readonly #leaf = leafKey()
      signatureKey = (): Uint8Array => this.#call("signatureKey", this.#leaf.publicKey)
      endorse = (statement: Uint8Array): Uint8Array => this.#leaf.endorse(owned(statement))
      keyPackage = (): Uint8Array => this.#call("keyPackage", randomBytes(100))
      readKeyPackage = () => ({ identity: randomBytes(16), signatureKey: randomBytes(32), reference: randomBytes(48) })
      create = (): void => this.#call("create", undefined)
      storePsk = (): void => this.#call("storePsk", undefined)
      commit = (): CommitMade => this.#call("commit", { commit: randomBytes(100), welcomes: [], tree: undefined })
      mergeCommit = (): void => {
        this.#call("mergeCommit", state.epoch++)
      }
      clearCommit = (): void => this.#call("clearCommit", undefined)
      process = () => this.#call("process", state.next)
      accept = (): void => {
        this.#call("accept", state.epoch++)
      }
      refuse = (): void => this.#call("refuse", undefined)
      join = (): never => {
        throw new Error("malformed")
      }
      acceptJoin = (): void => this.#call("acceptJoin", undefined)
      refuseJoin = (): void => this.#call("refuseJoin", undefined)
      encrypt = (): Uint8Array => this.#call("encrypt", randomBytes(100))
      export = (_label: string, _context: Uint8Array, length: number): Uint8Array => exported(length)
      epoch = (): number => state.epoch
      ownLeaf = (): number => 0
      roster = (): readonly RosterLeaf[] => state.roster
      epochAuthenticator = (): Uint8Array => randomBytes(48)
      transcript = (): Uint8Array => randomBytes(48)
      wipe = (): void => this.#call("wipe", undefined)
      free = (): void => this.#call("free", undefined)
    }
  }
  return state
}

/** Bytes with the public header of an MLS message (RFC 9420 section 6.3) and noise for the rest. */
export function message({ call = "", epoch = 0, wireFormat = 2, content = 3, tail = new Uint8Array() }): Uint8Array {
  const vector = (bytes: Uint8Array): Uint8Array => joined(Uint8Array.of(bytes.length), bytes)
  const head = joined(Uint8Array.of(0, 1, 0, wireFormat), vector(idBytes(call)), uint64(epoch), Uint8Array.of(content))
  return joined(head, vector(new Uint8Array()), vector(randomBytes(20)), vector(randomBytes(40)), tail)
}

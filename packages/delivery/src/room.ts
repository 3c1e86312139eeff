/** What the server knows of a room while it runs: who is connected, where the log stands, which commit is on trial. */

import type { CallId, Epoch, Knock, MemberEnvelope, MemberId, RoomId, Seq } from "@conclave/wire"
import type { ConnectionId, Input, Millis, Output, RoomChange, TokenHash } from "./turns.ts"

/** Times of this machine, milliseconds. */
export const times = {
  /** Knocks are gathered this long, so one commit adds many (D9, contract 150-250). */
  batch: 200,
  /** A nominated member that has not committed by then has a successor. */
  nominee: 1500,
  /** Within this time somebody must have applied a commit (D9). */
  trial: 2000,
  /** A call without any connected member waits this long for one to resume. */
  empty: 20_000,
  /** What a knock seals is good for two minutes, so it waits no longer. */
  knock: 120_000,
  /** A knocker whose socket broke may still be in a commit on its way. */
  knockGone: 3000,
  /** After the store has failed, work nobody waits for is tried again this much later. */
  storeRetry: 1000,
} as const

export interface Room {
  /** Durable as far as it has to be. */
  readonly now: RoomState
  /** What becomes true when the store has confirmed. */
  readonly writing: Writing | undefined
  /** Heard while writing; looked at afterwards, in order. */
  readonly queue: readonly Input[]
  /** How many stores were ordered; the next one's id. */
  readonly writes: number
  readonly wakeAt: Millis | undefined
  /** Own work rests until then after a failed store. */
  readonly restUntil: Millis
}

export interface Writing {
  readonly write: number
  readonly next: RoomState
  readonly outputs: readonly Output[]
  /** Whom to tell when nothing was stored. */
  readonly asker: Asker | undefined
}

/** Who asked for something, to answer it. */
export interface Asker {
  readonly connection: ConnectionId
  readonly request: number | undefined
}

export interface RoomState extends RoomChange {
  readonly id: RoomId
  /** Sockets that proved to hold the link, with the member or knocker each speaks for. */
  readonly connections: ReadonlyMap<ConnectionId, MemberId | undefined>
  readonly call: Call | undefined
}

export interface Call {
  readonly id: CallId
  readonly epoch: Epoch
  /** How many commits of this epoch were void. */
  readonly attempt: number
  /** The newest entry; 0 before the first. */
  readonly head: Seq
  /** In the order they came. */
  readonly members: ReadonlyMap<MemberId, Member>
  /** Pseudonyms that are used up. */
  readonly former: ReadonlySet<MemberId>
  readonly waiting: ReadonlyMap<MemberId, Waiting>
  /** Members that the organisation wants out; not kept over a restart (D14.6). */
  readonly askedOut: ReadonlySet<MemberId>
  /** Commits whose verdicts are being counted. Only the last may be unconfirmed. */
  readonly trials: readonly Trial[]
  /** A commit by the sender of an unconfirmed one; judged when that one is settled. */
  readonly held: Held | undefined
  readonly voided: ReadonlySet<Seq>
  readonly nomination: Nomination | undefined
  readonly batchAt: Millis | undefined
  readonly emptyAt: Millis | undefined
  /** Loaded after a restart; the time it is empty counts from the first visitor. */
  readonly isAsleep: boolean
}

export interface Member {
  readonly sessionHash: TokenHash
  /** The commit that added it; 0 for the founder. */
  readonly joined: Seq
  readonly connection: ConnectionId | undefined
  /** Has shown that it is in the group, so it can be nominated first. */
  readonly isReady: boolean
  readonly saidBye: boolean
}

export interface Waiting {
  readonly knock: Knock
  readonly sessionHash: TokenHash
  readonly connection: ConnectionId
  readonly since: Millis
  /** When its socket closed. */
  readonly goneAt: Millis | undefined
  /** Nominations that brought nothing. */
  readonly tries: number
  /** A member said that a person must decide (D17.30). */
  readonly isDeferred: boolean
  /** The member that began to prove the password with it (D18.12), and how much was passed on for it. */
  readonly answeredBy: MemberId | undefined
  readonly boxes: number
}

export interface Trial {
  readonly seq: Seq
  readonly epoch: Epoch
  readonly attempt: number
  readonly from: MemberId
  readonly request: number | undefined
  readonly added: ReadonlyMap<MemberId, Waiting | undefined>
  readonly removed: ReadonlyMap<MemberId, Member>
  /** Members that were connected and stay, without the sender. */
  readonly judges: ReadonlySet<MemberId>
  readonly applied: ReadonlySet<MemberId>
  readonly refused: ReadonlySet<MemberId>
  /** Undefined after a restart until somebody has resumed. */
  readonly deadline: Millis | undefined
  readonly isConfirmed: boolean
  readonly isRecorded: boolean
  /** After a restart silence is no refusal: who answered before will not do so again. */
  readonly isReopened: boolean
}

export interface Held {
  readonly connection: ConnectionId
  readonly member: MemberId
  readonly commit: Extract<MemberEnvelope, { readonly type: "commit" }>
}

export interface Nomination {
  readonly nominee: MemberId
  readonly knocks: readonly MemberId[]
  readonly deadline: Millis
  /** Who was asked in this round, the nominee last. */
  readonly asked: readonly MemberId[]
}

/** A room as its maker describes it. */
export interface RoomBase {
  readonly id: RoomId
  readonly accessHash: TokenHash
  readonly shelf: Uint8Array<ArrayBuffer>
}

/** A room in which nobody has ever met. */
export function emptyRoom(base: RoomBase): Room {
  return roomFrom({ ...asMade(base), connections: new Map(), call: undefined })
}

/** The first version of what is kept for a room. */
export const asMade = ({ id, accessHash, shelf }: RoomBase) => ({ id, accessHash, shelf, version: 1, replaced: [] })

export const roomFrom = (now: RoomState): Room => ({ now, writing: undefined, queue: [], writes: 0, wakeAt: undefined, restUntil: 0 })

export function newCall(id: CallId): Call {
  return {
    id,
    epoch: 0 as Epoch,
    attempt: 0,
    head: 0 as Seq,
    members: new Map(),
    former: new Set(),
    waiting: new Map(),
    askedOut: new Set(),
    trials: [],
    held: undefined,
    voided: new Set(),
    nomination: undefined,
    batchAt: undefined,
    emptyAt: undefined,
    isAsleep: false,
  }
}

/** Members with an open socket. */
export const connectedOf = (call: Call): ConnectionId[] =>
  [...call.members.values()].flatMap((member) => (member.connection === undefined ? [] : [member.connection]))

export const withKey = <K, V>(map: ReadonlyMap<K, V>, key: K, value: V): ReadonlyMap<K, V> => new Map(map).set(key, value)

export function withoutKeys<K, V>(map: ReadonlyMap<K, V>, keys: Iterable<K>): ReadonlyMap<K, V> {
  const left = new Map(map)
  for (const key of keys) left.delete(key)
  return left
}

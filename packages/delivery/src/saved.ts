/** What outlives a restart of the server, and the room it becomes again. */

import type { CallId, Epoch, MemberId, Seq } from "@conclave/wire"
import { newCall, roomFrom, type Call, type Member, type Room, type RoomBase, type Trial } from "./room.ts"
import type { RoomChange, TokenHash } from "./turns.ts"

/** A room as the store gives it back. */
export interface SavedRoom extends RoomChange, RoomBase {
  /** The call that was on. */
  readonly call: SavedCall | undefined
}

export interface SavedCall {
  readonly id: CallId
  readonly epoch: Epoch
  readonly attempt: number
  readonly head: Seq
  /** In the order they came. */
  readonly members: readonly SavedMember[]
  readonly former: readonly MemberId[]
  readonly voided: readonly Seq[]
  /** The newest commit, if nobody was known to have applied it. */
  readonly open: SavedTrial | undefined
}

export interface SavedMember {
  readonly member: MemberId
  readonly sessionHash: TokenHash
  readonly joined: Seq
}

export interface SavedTrial {
  readonly seq: Seq
  readonly epoch: Epoch
  readonly attempt: number
  readonly from: MemberId
  readonly added: readonly MemberId[]
  readonly removed: readonly SavedMember[]
}

/** The room after a restart: nobody is connected, nobody waits, a commit that was on trial is so again. */
export function reload(saved: SavedRoom): Room {
  const { call, ...kept } = saved
  return roomFrom({ ...kept, connections: new Map(), call: call === undefined ? undefined : reloadCall(call) })
}

const reloadCall = (saved: SavedCall): Call => ({
  ...newCall(saved.id),
  epoch: saved.epoch,
  attempt: saved.attempt,
  head: saved.head,
  members: membersFrom(saved.members),
  former: new Set(saved.former),
  voided: new Set(saved.voided),
  trials: saved.open === undefined ? [] : [reopen(saved.open)],
  isAsleep: true,
})

const membersFrom = (saved: readonly SavedMember[]): Map<MemberId, Member> =>
  new Map(
    saved.map(({ member, sessionHash, joined }) => [
      member,
      { sessionHash, joined, connection: undefined, isReady: false, saidBye: false },
    ]),
  )

const reopen = ({ seq, epoch, attempt, from, added, removed }: SavedTrial): Trial => ({
  seq,
  epoch,
  attempt,
  from,
  request: undefined,
  added: new Map(added.map((member) => [member, undefined])),
  removed: membersFrom(removed),
  judges: new Set(),
  applied: new Set(),
  refused: new Set(),
  deadline: undefined,
  isConfirmed: false,
  isRecorded: false,
  isReopened: true,
})

/**
 * What a knocker and the member that answers it say to each other before anybody is added (D18): opaque boxes, passed on once
 * and kept nowhere. The first member to answer a knock is the one; nobody else is asked about it any more.
 */

import type { MemberEnvelope, MemberId } from "@conclave/wire"
import { withKey, withoutKeys } from "./room.ts"
import { attach, callOf, change, memberAt, refuse, send, type Turn } from "./turn.ts"
import type { ConnectionId } from "./turns.ts"

type Door = Extract<MemberEnvelope, { readonly type: "door" }>

/** Boxes passed on for one knock, both ways: a run takes two. */
const mostBoxes = 4

export function hearDoor(turn: Turn, connection: ConnectionId, { member, box }: Door): void {
  const asker = { connection, request: undefined }
  const answerer = memberAt(turn, connection)
  const named = answerer === undefined ? turn.room.connections.get(connection) : member
  const knock = named === undefined ? undefined : turn.room.call?.waiting.get(named)
  // A knocker names nobody: it speaks for itself, and only to whoever spoke to it.
  if (answerer === undefined && (member !== undefined || knock === undefined)) return refuse(turn, asker, "unexpected-message")
  // It may have gone while the member was reading it.
  if (named === undefined || knock === undefined || knock.goneAt !== undefined) return
  if (answerer !== undefined && knock.answeredBy !== undefined && knock.answeredBy !== answerer) return
  if (knock.boxes >= mostBoxes) return refuse(turn, asker, "too-many")
  const by = answerer ?? knock.answeredBy
  const to = answerer === undefined ? connectionOf(turn, by) : knock.connection
  if (by === undefined || to === undefined) return refuse(turn, asker, "unexpected-message")
  change(turn, { waiting: withKey(callOf(turn).waiting, named, { ...knock, answeredBy: by, boxes: knock.boxes + 1 }) })
  send(turn, to, answerer === undefined ? { type: "door", member: named, box } : { type: "door", box })
}

const connectionOf = (turn: Turn, member: MemberId | undefined): ConnectionId | undefined =>
  member === undefined ? undefined : turn.room.call?.members.get(member)?.connection

/** Whoever answered has gone: nobody else can finish its run, so the knocker is to knock anew. */
export function dropAnswered(turn: Turn, member: MemberId): void {
  const call = callOf(turn)
  const left = [...call.waiting].filter(([, knock]) => knock.answeredBy === member)
  if (left.length === 0) return
  const names = left.map(([name]) => name)
  change(turn, { waiting: withoutKeys(call.waiting, names) })
  for (const [, { goneAt, connection }] of left) {
    if (goneAt !== undefined) continue
    attach(turn, connection, undefined)
    refuse(turn, { connection, request: undefined }, "not-a-member")
  }
}

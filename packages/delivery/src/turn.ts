/** One turn in the making: the state it leads to, what it orders, what must be stored first. Lives for one step only. */

import type { MemberId, ProblemCode } from "@conclave/wire"
import { withKey, type Asker, type Call, type Member, type RoomState } from "./room.ts"
import type { ConnectionId, Millis, Output, Row, Told } from "./turns.ts"

export interface Turn {
  readonly at: Millis
  room: RoomState
  readonly outputs: Output[]
  readonly rows: Row[]
  asker: Asker | undefined
}

export const turnOf = (room: RoomState, at: Millis): Turn => ({ at, room, outputs: [], rows: [], asker: undefined })

export function send(turn: Turn, to: ConnectionId | readonly ConnectionId[], envelope: Told): void {
  const list = typeof to === "string" ? [to] : to
  if (list.length > 0) turn.outputs.push({ do: "send", to: list, envelope })
}

/** Answers the one who asked with a no; nothing else changes. */
export function refuse(turn: Turn, asker: Asker, code: ProblemCode): void {
  send(turn, asker.connection, noOf(asker, code))
}

export const noOf = (asker: Asker, code: ProblemCode): Told =>
  asker.request === undefined ? { type: "problem", code } : { type: "refused", request: asker.request, code }

/** Changes the call that is on. */
export function change(turn: Turn, by: Partial<Call>): void {
  turn.room = { ...turn.room, call: { ...callOf(turn), ...by } }
}

export function changeMember(turn: Turn, member: MemberId, by: Partial<Member>): void {
  const call = callOf(turn)
  const known = call.members.get(member)
  if (known === undefined) throw new Error("bug: no such member")
  change(turn, { members: withKey(call.members, member, { ...known, ...by }) })
}

export function callOf(turn: Turn): Call {
  if (turn.room.call === undefined) throw new Error("bug: no call is on")
  return turn.room.call
}

/** Says for whom a socket speaks; undefined puts it back before the door. A closed one stays closed. */
export function attach(turn: Turn, connection: ConnectionId | undefined, member: MemberId | undefined): void {
  if (connection === undefined || !turn.room.connections.has(connection)) return
  turn.room = { ...turn.room, connections: withKey(turn.room.connections, connection, member) }
}

/** The current member for whom this socket speaks. */
export function memberAt(turn: Turn, connection: ConnectionId): MemberId | undefined {
  const member = turn.room.connections.get(connection)
  return member !== undefined && turn.room.call?.members.get(member)?.connection === connection ? member : undefined
}

/** What the room says of itself to a link holder. */
export function roomEnvelope(room: RoomState): Told {
  return { type: "room", shelf: room.shelf, ...(room.call === undefined ? {} : { call: room.call.id }) }
}

/** Coming and going: the link, founding, knocking, resuming, leaving. */

import { limits, protocolVersion, type MemberId } from "@conclave/wire"
import { showDoor } from "./ask-a-person.ts"
import { tellRemovals } from "./ask-removal.ts"
import { dropAnswered } from "./pass-door.ts"
import { newCall, times, withKey, withoutKeys, type RoomState, type Waiting } from "./room.ts"
import { attach, callOf, change, changeMember, memberAt, refuse, roomEnvelope, send, type Turn } from "./turn.ts"
import type { ConnectionId, Heard, TokenHash } from "./turns.ts"

type Said<T extends Heard["type"]> = Extract<Heard, { readonly type: T }>

/** D2: who cannot prove the link is told so before anything else, and no more. */
export function hearHello(turn: Turn, connection: ConnectionId, hello: Said<"hello">): void {
  if (turn.room.connections.has(connection)) return refuse(turn, asking(connection), "unexpected-message")
  const code =
    hello.version !== protocolVersion ? "wrong-version" : hello.room !== turn.room.id ? "no-such-room" : faultOfLink(turn.room, hello)
  if (code !== undefined) {
    refuse(turn, asking(connection), code)
    turn.outputs.push({ do: "close", connection, code })
    return
  }
  turn.room = { ...turn.room, connections: withKey(turn.room.connections, connection, undefined) }
  if (turn.room.call?.isAsleep === true) change(turn, { isAsleep: false })
  send(turn, connection, roomEnvelope(turn.room))
}

/** D3.11, D3.12: an earlier link is told so. A member that missed the change may come back by it, to hear of it inside. */
function faultOfLink({ accessHash, replaced, call }: RoomState, hello: Said<"hello">): "wrong-link" | "link-replaced" | undefined {
  if (hello.accessHash === accessHash) return undefined
  if (!replaced.includes(hello.accessHash)) return "wrong-link"
  return hello.member !== undefined && call?.members.has(hello.member) === true ? undefined : "link-replaced"
}

export function hearFound(turn: Turn, connection: ConnectionId, found: Said<"found">): void {
  if (turn.room.call !== undefined) {
    refuse(turn, asking(connection), "call-exists")
    return send(turn, connection, roomEnvelope(turn.room))
  }
  const { call, member, sessionHash } = found
  const fresh = newCall(call)
  const founder = { sessionHash, joined: fresh.head, connection, isReady: true, saidBye: false }
  turn.room = { ...turn.room, call: { ...fresh, members: new Map([[member, founder]]) } }
  attach(turn, connection, member)
  turn.asker = asking(connection)
  turn.rows.push({ row: "call", call }, { row: "member", call, member, sessionHash, joined: fresh.head })
  turn.outputs.push({ do: "open-call", call })
  send(turn, connection, { type: "founded", call, seq: fresh.head })
  // D4.16: whoever waits before the door for somebody to begin.
  const before = [...turn.room.connections].flatMap(([one, speaksFor]) => (speaksFor === undefined ? [one] : []))
  send(turn, before, roomEnvelope(turn.room))
}

export function hearKnock(turn: Turn, connection: ConnectionId, said: Said<"knock">): void {
  const call = turn.room.call
  if (call?.id !== said.call) {
    refuse(turn, asking(connection), "no-such-call")
    return send(turn, connection, roomEnvelope(turn.room))
  }
  // D10: a pseudonym serves one join only.
  if (call.members.has(said.member) || call.former.has(said.member) || call.waiting.has(said.member)) {
    return refuse(turn, asking(connection), "unexpected-message")
  }
  if (call.members.size >= limits.members) return refuse(turn, asking(connection), "room-full")
  if (call.waiting.size >= limits.members) return refuse(turn, asking(connection), "too-many")
  stepBack(turn, connection)
  const { member, keyPackage, sealed, sessionHash } = said
  const first = { since: turn.at, goneAt: undefined, tries: 0, isDeferred: false, answeredBy: undefined, boxes: 0 }
  const knock: Waiting = { knock: { member, keyPackage, sealed }, sessionHash, connection, ...first }
  const now = callOf(turn)
  change(turn, {
    waiting: withKey(now.waiting, member, knock),
    batchAt: now.nomination === undefined ? (now.batchAt ?? turn.at + times.batch) : undefined,
  })
  attach(turn, connection, member)
  send(turn, connection, { type: "knocking", call: call.id })
}

export function hearResume(turn: Turn, connection: ConnectionId, resume: Said<"resume">): void {
  const call = turn.room.call
  if (call?.id !== resume.call) {
    refuse(turn, asking(connection), "no-such-call")
    return send(turn, connection, roomEnvelope(turn.room))
  }
  const member = call.members.get(resume.member)
  if (member === undefined) {
    dropKnock(turn, resume.member, resume.sessionHash)
    return refuse(turn, asking(connection), "not-a-member")
  }
  if (member.sessionHash !== resume.sessionHash) return refuse(turn, asking(connection), "wrong-session")
  if (turn.room.connections.get(connection) !== undefined) return refuse(turn, asking(connection), "unexpected-message")
  if (resume.after > call.head) return refuse(turn, asking(connection), "unexpected-message")
  if (member.connection !== undefined) supersede(turn, member.connection)
  attach(turn, connection, resume.member)
  changeMember(turn, resume.member, { connection, saidBye: false })
  change(turn, {
    emptyAt: undefined,
    trials: call.trials.map((trial) => ({ ...trial, deadline: trial.deadline ?? turn.at + times.trial })),
  })
  if (call.waiting.size > 0 && call.nomination === undefined) change(turn, { batchAt: call.batchAt ?? turn.at })
  send(turn, connection, { type: "resumed", call: call.id, seq: call.head })
  // Before the log, in which the commit may be that somebody else made of it.
  tellRemovals(turn, connection)
  // Added while it was away: it has no group yet, and nothing before its commit is for it. One that has read something was added by a
  // commit that became void, and then again: it must hear of the void to leave where nobody else is (D9.39).
  const isNew = resume.after === 0 && member.joined > 0
  if (isNew) turn.outputs.push({ do: "send-welcome", to: connection, call: call.id, member: resume.member })
  const after = isNew ? member.joined : resume.after
  if (after < call.head) turn.outputs.push({ do: "replay", to: connection, call: call.id, after, upTo: call.head })
  if (member.isReady) showDoor(turn, resume.member)
}

/** A hint only: nobody loses membership by it (D14), but when all have said it the call is over. */
export function hearBye(turn: Turn, connection: ConnectionId): void {
  stepBack(turn, connection)
}

/** The socket is gone. Whoever it spoke for may come back on another. */
export function closeConnection(turn: Turn, connection: ConnectionId): void {
  const speaksFor = turn.room.connections.get(connection)
  const member = memberAt(turn, connection)
  turn.room = { ...turn.room, connections: withoutKeys(turn.room.connections, [connection]) }
  const call = turn.room.call
  if (call === undefined || speaksFor === undefined) return
  if (member !== undefined) return dropFromCall(turn, member, false)
  const knock = call.waiting.get(speaksFor)
  if (knock !== undefined) change(turn, { waiting: withKey(call.waiting, speaksFor, { ...knock, goneAt: turn.at }) })
}

/** Gives up whatever the socket spoke for; the socket stays, before the door. */
function stepBack(turn: Turn, connection: ConnectionId): void {
  const speaksFor = turn.room.connections.get(connection)
  const member = memberAt(turn, connection)
  attach(turn, connection, undefined)
  if (turn.room.call === undefined || speaksFor === undefined) return
  if (member !== undefined) return dropFromCall(turn, member, true)
  change(turn, { waiting: withoutKeys(turn.room.call.waiting, [speaksFor]) })
}

function dropFromCall(turn: Turn, member: MemberId, saidBye: boolean): void {
  changeMember(turn, member, { connection: undefined, saidBye })
  dropAnswered(turn, member)
}

/** A knocker that resumes but was not added will knock anew under another name. */
function dropKnock(turn: Turn, member: MemberId, sessionHash: TokenHash): void {
  const call = callOf(turn)
  if (call.waiting.get(member)?.sessionHash === sessionHash) change(turn, { waiting: withoutKeys(call.waiting, [member]) })
}

/** The same member came back on another socket; the old one hears nothing more. */
function supersede(turn: Turn, old: ConnectionId): void {
  turn.room = { ...turn.room, connections: withoutKeys(turn.room.connections, [old]) }
  turn.outputs.push({ do: "close", connection: old, code: "unexpected-message" })
}

export const asking = (connection: ConnectionId, request?: number) => ({ connection, request })

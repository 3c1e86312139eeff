/** Knocks that a person decides about: shown to every member, refused by any (D17.30, D17.31). */

import { limits, type Knock, type MemberId } from "@conclave/wire"
import { withoutKeys, type Waiting } from "./room.ts"
import { attach, callOf, change, memberAt, refuse, send, type Turn } from "./turn.ts"
import type { ConnectionId, Heard } from "./turns.ts"

type Said<T extends Heard["type"]> = Extract<Heard, { readonly type: T }>

/** Nobody is nominated for these any more; they wait, as long as they are fresh, for whoever may decide. */
export function hearDefer(turn: Turn, connection: ConnectionId, { members }: Said<"defer">): void {
  const waiting = knocksNamed(turn, connection, members)?.filter(([, knock]) => !knock.isDeferred)
  if (waiting === undefined || waiting.length === 0) return
  const call = callOf(turn)
  const deferred = new Map(waiting.map(([member, knock]) => [member, { ...knock, isDeferred: true }]))
  change(turn, { waiting: new Map([...call.waiting, ...deferred]) })
  for (const [, knock] of waiting) if (knock.goneAt === undefined) send(turn, knock.connection, { type: "waiting", call: call.id })
  show(turn, readyOf(turn), [...deferred.values()])
}

/** Stated limit: the server or any member can do this. Letting in is what only the rules' committers can (D8.11). */
export function hearTurnAway(turn: Turn, connection: ConnectionId, { members, isBlocked }: Said<"turn-away">): void {
  const waiting = knocksNamed(turn, connection, members)
  if (waiting === undefined || waiting.length === 0) return
  const names = waiting.map(([member]) => member)
  change(turn, { waiting: withoutKeys(callOf(turn).waiting, names) })
  for (const [, knock] of waiting) {
    if (knock.goneAt !== undefined) continue
    attach(turn, knock.connection, undefined)
    refuse(turn, { connection: knock.connection, request: undefined }, isBlocked ? "blocked" : "turned-away")
  }
}

/** Shows a member that has come, or come back, who waits for a person. */
export function showDoor(turn: Turn, member: MemberId): void {
  const { connection } = callOf(turn).members.get(member) ?? {}
  const waiting = [...callOf(turn).waiting.values()].filter((knock) => knock.isDeferred)
  if (connection !== undefined) show(turn, [connection], waiting)
}

/** The named knocks that are here. Undefined when a stranger asked, who is told so. */
function knocksNamed(turn: Turn, connection: ConnectionId, members: readonly MemberId[]): [MemberId, Waiting][] | undefined {
  if (memberAt(turn, connection) === undefined) {
    refuse(turn, { connection, request: undefined }, "not-a-member")
    return undefined
  }
  const { waiting } = callOf(turn)
  return [...new Set(members)].flatMap((member): [MemberId, Waiting][] => {
    const knock = waiting.get(member)
    return knock === undefined ? [] : [[member, knock]]
  })
}

function show(turn: Turn, to: readonly ConnectionId[], waiting: readonly Waiting[]): void {
  const knocks: Knock[] = waiting.filter((knock) => knock.goneAt === undefined).map(({ knock }) => knock)
  for (let at = 0; at < knocks.length; at += limits.batch)
    send(turn, to, { type: "nominated", knocks: knocks.slice(at, at + limits.batch) })
}

/** The others are still joining: they are shown the door as soon as they have spoken. */
const readyOf = (turn: Turn): ConnectionId[] =>
  [...callOf(turn).members.values()].flatMap(({ connection, isReady }) => (isReady && connection !== undefined ? [connection] : []))

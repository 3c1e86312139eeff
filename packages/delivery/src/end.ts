/** When a call is over. */

import { connectedOf, times } from "./room.ts"
import { callOf, change, refuse, send, type Turn } from "./turn.ts"

/** Ends the call for everybody in it or waiting for it. */
export function endCall(turn: Turn, reason: "empty" | "split"): void {
  const call = callOf(turn)
  const waiting = [...call.waiting.values()].flatMap((knock) => (knock.goneAt === undefined ? [knock.connection] : []))
  turn.rows.push({ row: "call-ended", call: call.id })
  send(turn, [...connectedOf(call), ...waiting], { type: "ended", call: call.id, reason })
  turn.outputs.push({ do: "end-call", call: call.id })
  const connections = new Map([...turn.room.connections.keys()].map((connection) => [connection, undefined] as const))
  turn.room = { ...turn.room, call: undefined, connections }
}

/** Notices that nobody is there any more, and acts on it in time. True when it did something. */
export function tendEmptiness(turn: Turn): boolean {
  const call = callOf(turn)
  if (call.isAsleep) return false
  if (connectedOf(call).length > 0) {
    if (call.emptyAt === undefined) return false
    change(turn, { emptyAt: undefined })
    return true
  }
  const hasAllSaidBye = [...call.members.values()].every((member) => member.saidBye)
  if (hasAllSaidBye || (call.emptyAt !== undefined && call.emptyAt <= turn.at)) {
    endCall(turn, "empty")
    return true
  }
  if (call.emptyAt !== undefined) return false
  change(turn, { emptyAt: turn.at + times.empty })
  return true
}

/** The organisation ends the call (D37.20): its log goes, and everybody in the room is told and let go. */
export function stopRelaying(turn: Turn): void {
  const { call, connections } = turn.room
  if (call === undefined) return
  turn.rows.push({ row: "call-ended", call: call.id })
  for (const connection of connections.keys()) {
    refuse(turn, { connection, request: undefined }, "call-ended")
    turn.outputs.push({ do: "close", connection, code: "call-ended" })
  }
  turn.outputs.push({ do: "end-call", call: call.id })
  turn.room = { ...turn.room, call: undefined, connections: new Map() }
}

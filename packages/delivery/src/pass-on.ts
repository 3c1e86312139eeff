/** Application messages: passed on, and kept when the sender asks for it. */

import { readPrivateMessage, toBase64url, type Entry, type MemberEnvelope, type ProblemCode, type Seq } from "@conclave/wire"
import { connectedOf, type Call } from "./room.ts"
import { noteReady } from "./ready.ts"
import { callOf, change, memberAt, refuse, send, type Turn } from "./turn.ts"
import type { ConnectionId } from "./turns.ts"

type MessageEnvelope = Extract<MemberEnvelope, { readonly type: "message" }>

export function hearMessage(turn: Turn, connection: ConnectionId, said: MessageEnvelope): void {
  const asker = { connection, request: said.request }
  const from = memberAt(turn, connection)
  if (from === undefined) return refuse(turn, asker, "not-a-member")
  const call = callOf(turn)
  const code = faultOf(call, said)
  if (code !== undefined) return refuse(turn, asker, code)
  noteReady(turn, from, true)
  const { epoch, message } = said
  if (!said.keep) {
    const named = said.to?.flatMap((member) => call.members.get(member)?.connection ?? [])
    const others = [...new Set(named ?? connectedOf(call))].filter((one) => one !== connection)
    return send(turn, others, { type: "signal", epoch, from, message })
  }
  const seq = (call.head + 1) as Seq
  const entry: Entry = { type: "message", seq, epoch, from, message }
  turn.asker = asker
  turn.rows.push({ row: "entry", call: call.id, entry })
  change(turn, { head: seq })
  send(turn, connection, { type: "accepted", request: said.request, seq })
  send(turn, connectedOf(call), { type: "entries", entries: [entry] })
}

/** The epoch before the current one is let through: a message may cross a commit on its way, and members keep one past epoch. */
function faultOf(call: Call, said: MessageEnvelope): ProblemCode | undefined {
  const header = readPrivateMessage(said.message)
  // The log is one for all (D17.33).
  if (said.keep && said.to !== undefined) return "malformed"
  if (header?.contentType !== "application" || toBase64url(header.groupId) !== call.id || header.epoch !== said.epoch) return "malformed"
  return said.epoch === call.epoch || said.epoch === call.epoch - 1 ? undefined : "stale-epoch"
}

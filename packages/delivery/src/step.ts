/**
 * The delivery room as one machine: `step(room, input)` gives the next room and what to do, in order. What acknowledges
 * anything is released only when the store has confirmed (D9, "acknowledged means durable"); until then new inputs wait.
 */

import { changeRoom } from "./change-room.ts"
import { closeConnection, hearBye, hearFound, hearHello, hearKnock, hearResume, asking } from "./door.ts"
import { stopRelaying, tendEmptiness } from "./end.ts"
import { hearCommit } from "./judge.ts"
import { staleAt, tendKnocks } from "./nominate.ts"
import { hearDefer, hearTurnAway } from "./ask-a-person.ts"
import { hearDoor } from "./pass-door.ts"
import { askRemoval } from "./ask-removal.ts"
import { hearMessage } from "./pass-on.ts"
import { times, type Room } from "./room.ts"
import { noteVerdict, tendTrials } from "./trial.ts"
import { memberAt, noOf, refuse, turnOf, type Turn } from "./turn.ts"
import type { ConnectionId, Heard, Input, Millis, Output } from "./turns.ts"

export type Turned = readonly [next: Room, ...outputs: Output[]]

/** Pure and total. Time and durability are inputs. */
export function step(room: Room, input: Input): Turned {
  const outputs: Output[] = []
  let next = advance(room, input, outputs)
  while (next.writing === undefined) {
    const [waiting, ...queue] = next.queue
    if (waiting === undefined) break
    next = advance({ ...next, queue }, waiting, outputs)
  }
  const wakeAt = wakeOf(next)
  // A timer that fired early must be set again.
  if (wakeAt !== undefined && (wakeAt !== next.wakeAt || input.type === "clock")) outputs.push({ do: "wake", at: wakeAt })
  return [{ ...next, wakeAt }, ...outputs]
}

function advance(room: Room, input: Input, outputs: Output[]): Room {
  if (input.type === "stored" || input.type === "store-failed") return finishWriting(room, input, outputs)
  if (room.writing !== undefined) return { ...room, queue: [...room.queue, input] }
  const turn = turnOf(room.now, input.at)
  if (input.type === "member-said") hear(turn, input.connection, input.envelope)
  if (input.type === "connection-closed") closeConnection(turn, input.connection)
  if (input.type === "room-changed") changeRoom(turn, input)
  if (input.type === "ended-by-organisation") stopRelaying(turn)
  if (input.type === "removal-asked") askRemoval(turn, input.member)
  const next = conclude(room, turn, outputs)
  return next.writing === undefined ? tend(next, input.at, outputs) : next
}

/** Adopts a turn at once, or orders its rows stored and keeps the rest back. */
function conclude(room: Room, turn: Turn, outputs: Output[]): Room {
  if (turn.rows.length === 0) {
    outputs.push(...turn.outputs)
    return { ...room, now: turn.room }
  }
  const write = room.writes
  outputs.push({ do: "store", write, rows: turn.rows })
  return { ...room, writes: write + 1, writing: { write, next: turn.room, outputs: turn.outputs, asker: turn.asker } }
}

function finishWriting(room: Room, input: Extract<Input, { write: number }>, outputs: Output[]): Room {
  const { writing } = room
  if (writing?.write !== input.write) throw new Error("bug: no such write")
  if (input.type === "stored") {
    outputs.push(...writing.outputs)
    return tend({ ...room, now: writing.next, writing: undefined }, input.at, outputs)
  }
  if (writing.asker !== undefined) {
    outputs.push({ do: "send", to: [writing.asker.connection], envelope: noOf(writing.asker, input.code) })
  }
  return { ...room, writing: undefined, restUntil: input.at + times.storeRetry }
}

/** The machine's own work: what is due by now, until nothing is or something has to be stored. */
function tend(room: Room, at: Millis, outputs: Output[]): Room {
  let next = room
  while (next.writing === undefined && next.now.call !== undefined && at >= next.restUntil) {
    const turn = turnOf(next.now, at)
    const didSomething = tendTrials(turn) || tendEmptiness(turn) || tendKnocks(turn)
    if (!didSomething) break
    next = conclude(next, turn, outputs)
  }
  return next.writing === undefined ? (releaseHeld(next, at) ?? next) : next
}

/** A commit that had to wait for the verdict on the sender's last one goes to the head of the queue. */
function releaseHeld(room: Room, at: Millis): Room | undefined {
  const { call } = room.now
  if (call?.held === undefined || call.trials.at(-1)?.isConfirmed === false) return undefined
  const { connection, commit } = call.held
  const input: Input = { type: "member-said", at, connection, envelope: commit }
  return { ...room, now: { ...room.now, call: { ...call, held: undefined } }, queue: [input, ...room.queue] }
}

function hear(turn: Turn, connection: ConnectionId, envelope: Heard): void {
  if (envelope.type === "hello") return hearHello(turn, connection, envelope)
  // A socket that has not proved the link, or was closed by us, asks for nothing.
  if (!turn.room.connections.has(connection)) return refuse(turn, asking(connection, requestOf(envelope)), "unexpected-message")
  switch (envelope.type) {
    case "found":
      return hearFound(turn, connection, envelope)
    case "knock":
      return hearKnock(turn, connection, envelope)
    case "resume":
      return hearResume(turn, connection, envelope)
    case "commit":
      return hearCommit(turn, connection, envelope)
    case "verdict":
      return hearVerdict(turn, connection, envelope)
    case "message":
      return hearMessage(turn, connection, envelope)
    case "defer":
      return hearDefer(turn, connection, envelope)
    case "door":
      return hearDoor(turn, connection, envelope)
    case "turn-away":
      return hearTurnAway(turn, connection, envelope)
    case "bye":
      return hearBye(turn, connection)
  }
}

function hearVerdict(turn: Turn, connection: ConnectionId, verdict: Extract<Heard, { type: "verdict" }>): void {
  const member = memberAt(turn, connection)
  if (member === undefined) return refuse(turn, asking(connection), "not-a-member")
  noteVerdict(turn, member, verdict.seq, verdict.applied)
}

const requestOf = (envelope: Heard): number | undefined => ("request" in envelope ? envelope.request : undefined)

/** When something is due next, if anything is. */
function wakeOf(room: Room): Millis | undefined {
  const { call } = room.now
  if (call === undefined || room.writing !== undefined) return undefined
  const due = [
    call.batchAt,
    call.nomination?.deadline,
    call.emptyAt,
    ...call.trials.map((trial) => trial.deadline),
    ...[...call.waiting.values()].map(staleAt),
  ].filter((at) => at !== undefined)
  return due.length === 0 ? undefined : Math.max(room.restUntil, Math.min(...due))
}

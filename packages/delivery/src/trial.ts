/** What members say of a commit, and what follows: settled, void, outvoted, split (D9). */

import type { Entry, MemberId, Seq } from "@conclave/wire"
import { connectedOf, type Call, type Member, type Trial, type Waiting } from "./room.ts"
import { attach, callOf, change, refuse, send, type Turn } from "./turn.ts"
import { noteReady } from "./ready.ts"
import { endCall } from "./end.ts"

/** A member said whether it could apply the commit at `seq`. */
export function noteVerdict(turn: Turn, member: MemberId, seq: Seq, applied: boolean): void {
  const call = callOf(turn)
  const connection = call.members.get(member)?.connection
  if (connection === undefined) return
  if (seq < 1 || seq > call.head) return refuse(turn, { connection, request: undefined }, "unexpected-message")
  noteReady(turn, member, applied !== call.voided.has(seq))
  const trial = call.trials.find((one) => one.seq === seq)
  if (trial === undefined) {
    // Too late to change anything: it must rejoin if it refused what holds or applied what is void.
    if (applied === call.voided.has(seq)) send(turn, connection, { type: "outvoted", seq })
    return
  }
  if (trial.from === member || trial.added.has(member)) return
  // The first word counts; nobody takes it back.
  if (hasSpoken(trial, member)) return
  const heard: Trial = applied
    ? { ...trial, applied: new Set([...trial.applied, member]), isConfirmed: true }
    : { ...trial, refused: new Set([...trial.refused, member]) }
  change(turn, { trials: callOf(turn).trials.map((one) => (one === trial ? heard : one)) })
}

/** Closes what can be closed. True when it did something, so the caller looks again. */
export function tendTrials(turn: Turn): boolean {
  const call = callOf(turn)
  const recordable = call.trials.find((trial) => trial.isConfirmed && !trial.isRecorded)
  if (recordable !== undefined) return recordTrial(turn, recordable)
  const ripe = call.trials.find((trial) => isRipe(call, trial, turn.at))
  if (ripe === undefined) return false
  if (ripe.isConfirmed) closeTrial(turn, ripe)
  else if (isStanding(call, ripe)) changeTrial(turn, ripe, { isConfirmed: true })
  else voidCommit(turn, ripe)
  return true
}

const isRipe = (call: Call, trial: Trial, at: number): boolean =>
  (trial.deadline !== undefined && trial.deadline <= at) ||
  (!trial.isReopened && [...trial.judges].every((judge) => hasSpoken(trial, judge) || !call.members.has(judge)))

const hasSpoken = (trial: Trial, judge: MemberId): boolean => trial.applied.has(judge) || trial.refused.has(judge)

/** Nobody connected could have applied it but its sender, and nobody objected; or a restart made us forget who did. */
const isStanding = (call: Call, trial: Trial): boolean =>
  trial.refused.size === 0 && (trial.isReopened || ![...trial.judges].some((judge) => call.members.get(judge)?.connection !== undefined))

function recordTrial(turn: Turn, trial: Trial): boolean {
  const { id: call } = callOf(turn)
  turn.rows.push({ row: "settled", call, seq: trial.seq })
  if (trial.removed.size > 0) turn.outputs.push({ do: "detach", call, members: [...trial.removed.keys()] })
  changeTrial(turn, trial, { isRecorded: true })
  return true
}

function changeTrial(turn: Turn, trial: Trial, by: Partial<Trial>): void {
  change(turn, { trials: callOf(turn).trials.map((one) => (one.seq === trial.seq ? { ...one, ...by } : one)) })
}

function closeTrial(turn: Turn, trial: Trial): void {
  if (trial.refused.size > trial.applied.size && !trial.isReopened) return endCall(turn, "split")
  const call = callOf(turn)
  const outvoted = [...trial.refused].flatMap((member) => call.members.get(member)?.connection ?? [])
  send(turn, outvoted, { type: "outvoted", seq: trial.seq })
  change(turn, { trials: call.trials.filter((one) => one.seq !== trial.seq) })
}

/** Only ever the newest commit: none is accepted on top of an unconfirmed one. */
function voidCommit(turn: Turn, trial: Trial): void {
  const call = callOf(turn)
  if (trial.attempt >= 1000) return endCall(turn, "split")
  const seq = (call.head + 1) as Seq
  const entry: Entry = { type: "void", seq, of: trial.seq, epoch: trial.epoch }
  turn.rows.push({ row: "entry", call: call.id, entry })
  const heard = connectedOf(call).filter((connection) => connection !== call.members.get(trial.from)?.connection)
  send(turn, heard, { type: "entries", entries: [entry] })
  evictSender(turn, trial, seq)
  takeBackAdds(turn, trial, seq)
  takeBackRemoves(turn, trial, seq)
  change(turn, {
    head: seq,
    epoch: trial.epoch,
    attempt: trial.attempt + 1,
    voided: new Set([...call.voided, trial.seq]),
    trials: callOf(turn).trials.filter((one) => one.seq !== trial.seq),
    held: undefined,
  })
}

function evictSender(turn: Turn, trial: Trial, seq: Seq): void {
  const call = callOf(turn)
  const connection = call.members.get(trial.from)?.connection
  if (connection !== undefined) refuse(turn, { connection, request: trial.request }, "commit-void")
  if (call.held !== undefined) refuse(turn, { connection: call.held.connection, request: call.held.commit.request }, "commit-void")
  attach(turn, connection, undefined)
  const members = new Map(call.members)
  members.delete(trial.from)
  // They were right to refuse it.
  for (const [member, record] of members) if (trial.refused.has(member)) members.set(member, { ...record, isReady: true })
  change(turn, { members, former: new Set([...call.former, trial.from]) })
  turn.rows.push({ row: "member-out", call: call.id, member: trial.from, seq })
  turn.outputs.push({ do: "detach", call: call.id, members: [trial.from] })
}

function takeBackAdds(turn: Turn, trial: Trial, seq: Seq): void {
  const call = callOf(turn)
  const members = new Map(call.members)
  const waiting = new Map<MemberId, Waiting>()
  for (const [member, knock] of trial.added) {
    const connection = members.get(member)?.connection
    members.delete(member)
    turn.rows.push({ row: "member-out", call: call.id, member, seq })
    if (connection !== undefined && knock !== undefined) waiting.set(member, { ...knock, connection, goneAt: undefined, isDeferred: false })
  }
  for (const [member, knock] of call.waiting) waiting.set(member, knock)
  change(turn, { members, waiting, batchAt: waiting.size > 0 ? turn.at : undefined, nomination: undefined })
}

function takeBackRemoves(turn: Turn, trial: Trial, seq: Seq): void {
  const call = callOf(turn)
  const members = new Map<MemberId, Member>(call.members)
  const former = new Set(call.former)
  for (const [member, record] of trial.removed) {
    const { connection } = record
    // It may have left or knocked under another name since.
    const isFree = connection !== undefined && turn.room.connections.has(connection) && turn.room.connections.get(connection) === undefined
    members.set(member, { ...record, connection: isFree ? connection : undefined })
    former.delete(member)
    turn.rows.push({ row: "member-back", call: call.id, member })
    if (!isFree) continue
    attach(turn, connection, member)
    turn.outputs.push({ do: "replay", to: connection, call: call.id, after: trial.seq, upTo: seq })
  }
  change(turn, { members, former })
}

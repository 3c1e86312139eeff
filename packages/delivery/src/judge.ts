/** Which commit wins an epoch (D9). Reads the public header only; it cannot know whether a commit is valid. */

import { epochAfter, limits, readPrivateMessage, toBase64url } from "@conclave/wire"
import type { Entry, MemberEnvelope, MemberId, ProblemCode, Seq } from "@conclave/wire"
import { connectedOf, times, withoutKeys, type Call, type Trial, type Waiting } from "./room.ts"
import { noteReady } from "./ready.ts"
import { attach, callOf, change, memberAt, refuse, send, type Turn } from "./turn.ts"
import { noteVerdict } from "./trial.ts"
import type { ConnectionId } from "./turns.ts"

export type CommitEnvelope = Extract<MemberEnvelope, { readonly type: "commit" }>

export function hearCommit(turn: Turn, connection: ConnectionId, commit: CommitEnvelope): void {
  const asker = { connection, request: commit.request }
  const from = memberAt(turn, connection)
  if (from === undefined) return refuse(turn, asker, "not-a-member")
  const call = callOf(turn)
  const open = call.trials.at(-1)
  if (open !== undefined && !open.isConfirmed && commit.epoch === call.epoch) {
    // Its own word does not settle a commit, so a sender cannot build on it before another member has. The same for
    // those it adds: that a Welcome opened says nothing of whether the members could follow.
    if (open.from === from || open.added.has(from)) return holdCommit(turn, from, connection, commit)
    // Whoever commits on top of it has applied it.
    noteVerdict(turn, from, open.seq, true)
    // Unless it had refused it: then it cannot build on it.
    if (callOf(turn).trials.at(-1)?.isConfirmed !== true) return refuse(turn, asker, "stale-epoch")
  }
  const code = faultOf(callOf(turn), from, commit)
  if (code !== undefined) return refuse(turn, asker, code)
  acceptCommit(turn, from, commit, asker)
}

function holdCommit(turn: Turn, member: MemberId, connection: ConnectionId, commit: CommitEnvelope): void {
  if (callOf(turn).held !== undefined) return refuse(turn, { connection, request: commit.request }, "too-many")
  change(turn, { held: { member, connection, commit } })
}

/** Why a commit cannot win, if it cannot. */
export function faultOf(call: Call, from: MemberId, commit: CommitEnvelope): ProblemCode | undefined {
  const header = readPrivateMessage(commit.commit)
  if (header?.contentType !== "commit" || toBase64url(header.groupId) !== call.id) return "malformed"
  if (header.epoch !== commit.epoch) return "malformed"
  if (commit.epoch !== call.epoch) return "stale-epoch"
  const adds = new Set(commit.welcomes.map((parcel) => parcel.member))
  const removes = new Set(commit.removes)
  if (adds.size !== commit.welcomes.length || removes.size !== commit.removes.length) return "malformed"
  if (adds.size > 0 !== (commit.tree !== undefined)) return "malformed"
  if (removes.has(from) || commit.removes.some((member) => adds.has(member))) return "malformed"
  // Only who asked to come in can be brought in; the others would be routed to nobody.
  if (![...adds].every((member) => call.waiting.has(member))) return "unexpected-message"
  const left = commit.removes.filter((member) => call.members.has(member)).length
  return call.members.size + adds.size - left > limits.members ? "room-full" : undefined
}

function acceptCommit(turn: Turn, from: MemberId, commit: CommitEnvelope, asker: { connection: ConnectionId; request: number }): void {
  const call = callOf(turn)
  const seq = (call.head + 1) as Seq
  const adds = commit.welcomes.map((parcel) => parcel.member)
  // Members the server does not route to any more, an evicted one for instance, may still have to leave the group.
  const removed = new Map([...call.members].filter(([member]) => commit.removes.includes(member)))
  const added = new Map([...call.waiting].filter(([member]) => adds.includes(member)))
  const entry: Entry = {
    type: "commit",
    seq,
    epoch: commit.epoch,
    attempt: call.attempt,
    from,
    adds,
    removes: commit.removes,
    commit: commit.commit,
  }
  turn.asker = asker
  storeCommit(turn, commit, entry, added, [...removed.keys()])
  send(turn, asker.connection, { type: "accepted", request: asker.request, seq })
  send(turn, connectedOf(call), { type: "entries", entries: [entry] })
  moveMembers(turn, seq, added, [...removed.keys()])
  sendWelcomes(turn, commit, seq, added)
  const trial = trialOf(turn, { seq, epoch: commit.epoch, attempt: call.attempt, from, request: asker.request, added, removed })
  change(turn, { head: seq, epoch: epochAfter(call.epoch), attempt: 0, trials: [...callOf(turn).trials, trial] })
  noteReady(turn, from, true)
}

function storeCommit(turn: Turn, commit: CommitEnvelope, entry: Entry, added: ReadonlyMap<MemberId, Waiting>, removed: MemberId[]): void {
  const { id: call } = callOf(turn)
  const { seq } = entry
  turn.rows.push({ row: "entry", call, entry })
  if (commit.tree !== undefined) turn.rows.push({ row: "tree", call, seq, tree: commit.tree })
  for (const { member, welcome } of commit.welcomes) {
    turn.rows.push({ row: "welcome", call, seq, epoch: epochAfter(commit.epoch), member, welcome })
  }
  for (const [member, { sessionHash }] of added) turn.rows.push({ row: "member", call, member, sessionHash, joined: seq })
  for (const member of removed) turn.rows.push({ row: "member-out", call, member, seq })
}

/** Routing follows what the committer says; members find out whether it is true (D9). */
function moveMembers(turn: Turn, joined: Seq, added: ReadonlyMap<MemberId, Waiting>, removed: readonly MemberId[]): void {
  const call = callOf(turn)
  for (const member of removed) attach(turn, call.members.get(member)?.connection, undefined)
  const members = new Map(withoutKeys(call.members, removed))
  for (const [member, { sessionHash, connection, goneAt }] of added) {
    members.set(member, { sessionHash, joined, connection: goneAt === undefined ? connection : undefined, isReady: false, saidBye: false })
  }
  const waiting = withoutKeys(call.waiting, added.keys())
  const isAnswered = call.nomination?.knocks.some((member) => added.has(member)) ?? false
  change(turn, {
    members,
    waiting,
    former: new Set([...call.former, ...removed]),
    nomination: isAnswered ? undefined : call.nomination,
    batchAt: waiting.size === 0 ? undefined : isAnswered ? turn.at + times.batch : call.batchAt,
  })
}

function sendWelcomes(turn: Turn, commit: CommitEnvelope, seq: Seq, added: ReadonlyMap<MemberId, Waiting>): void {
  if (commit.tree === undefined) return
  for (const { member, welcome } of commit.welcomes) {
    const knock = added.get(member)
    if (knock === undefined || knock.goneAt !== undefined) continue
    const epoch = epochAfter(commit.epoch)
    send(turn, knock.connection, { type: "welcome", call: callOf(turn).id, seq, epoch, welcome, tree: commit.tree })
  }
}

type Verdicts = "judges" | "applied" | "refused" | "deadline" | "isConfirmed" | "isRecorded" | "isReopened"

/** Judges are the connected members that stay. With none of them the sender's own word is all there is. */
function trialOf(turn: Turn, about: Omit<Trial, Verdicts>): Trial {
  const call = callOf(turn)
  const known = new Set(call.trials.flatMap((trial) => [...trial.refused]))
  const judges = [...call.members].filter(
    ([member, { connection }]) => member !== about.from && connection !== undefined && !about.added.has(member) && !known.has(member),
  )
  return {
    ...about,
    judges: new Set(judges.map(([member]) => member)),
    applied: new Set(),
    refused: new Set(),
    deadline: turn.at + times.trial,
    isConfirmed: false,
    isRecorded: false,
    isReopened: false,
  }
}

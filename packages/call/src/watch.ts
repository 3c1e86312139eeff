/** Who is silent, who has gone, and when somebody must act on it (D13, D14). All of it is times, computed from the state. */

import type { GroupView, Leaf, RemoveReason } from "./engine-port.ts"
import { beatPeriod, silenceWindow, timings, vanishWindow } from "./timings.ts"
import { mayRemove } from "./roles.ts"
import type { Candidate, In, Millis, Peer, Seated } from "./session.ts"

const size = (stage: In): number => stage.group.members.length

/** Whether this member sends any media, or would if it were not paused. */
export const isSender = ({ media }: Seated): boolean => media.microphone || media.camera || media.screen

/** D14.1: silence counts from when we could hear: not before we came (back), not while we slept. */
const heardSince = (stage: In, peer: Peer): Millis => Math.max(peer.heardAt, stage.readyAt)

/**
 * With others in the call something comes every heartbeat: if nothing does, it is our socket, not all of them. It is
 * replaced once; when nobody speaks on the new one either, they are gone and their silence counts (D14.3).
 */
export const deafAt = ({ stage, socket }: Seated): Millis =>
  stage.peers.some((peer) => peer.heardAt >= stage.readyAt) ? socket.heardAt + timings.deaf : Infinity

/** Not heard for so many heartbeats. */
const isMissing = (session: Seated, peer: Peer, beats: number): boolean =>
  session.now - heardSince(session.stage, peer) > beats * beatPeriod(size(session.stage))

/** Shown as gone quiet. */
export const isQuiet = (session: Seated, peer: Peer): boolean => isMissing(session, peer, 2)

/** One heartbeat is overdue: with messages that do not open this is no accident (A1.08). */
export const isOverdue = (session: Seated, peer: Peer): boolean => isMissing(session, peer, 1.5)

/** Above so many members heartbeats keep to their turn, whoever comes (D13). */
const mostHasty = 50

/**
 * When to speak for somebody who wants to hear us soon, `wait` ms from now at the soonest; the lowest leaves speak first. In a large
 * call that many would be too many.
 */
export function hastyBeatAt({ stage, now }: Seated, { members, own }: GroupView, wait: Millis): Millis {
  return Math.min(stage.beatAt, members.length <= mostHasty ? now + wait + own * 20 : now + beatPeriod(members.length))
}

/**
 * How many members stand nearer to this leaf than we do: they go first (D12, D14.2). Those that said goodbye or are
 * quiet themselves do not count, so that somebody always is the nearest.
 */
export function rankFor(session: Seated, leaf: Leaf): number {
  const { stage } = session
  const distance = (from: Leaf): number => Math.abs(from - leaf)
  const own = distance(stage.group.own)
  const isNearer = (from: Leaf): boolean => distance(from) < own || (distance(from) === own && from < stage.group.own)
  return stage.peers.filter((peer) => peer.leaf !== leaf && peer.leavingAt === undefined && !isQuiet(session, peer) && isNearer(peer.leaf))
    .length
}

/** D8.13: a person here wants this peer out, and may. */
export const isUnwanted = (session: Seated, peer: Peer): boolean => session.stage.unwanted.includes(peer.member) && mayRemove(session, peer)

/** Why we would remove this peer now. */
export function reasonFor(session: Seated, peer: Peer): RemoveReason {
  if (isUnwanted(session, peer)) return "removed"
  if (session.stage.askedOut.has(peer.member)) return "organisation"
  return peer.leavingAt === undefined ? "silent" : "left"
}

/** Who has just come, woken or resumed reads old messages as if they were new, and has not listened for a window itself. */
export const hasListened = ({ stage, now }: Pick<Seated, "stage" | "now">): boolean => now - stage.readyAt >= silenceWindow(size(stage))

/**
 * D8.13: leaves whose removal as left or silent we believe. Generous: whoever commits has listened longer than we ask
 * for here, and a wrong no throws an honest committer out.
 */
export function goneLeaves({ stage, now }: Seated): Leaf[] {
  const gap = 2 * beatPeriod(size(stage))
  const isBackJustNow = ({ backAt }: Peer): boolean => backAt !== undefined && now - backAt <= timings.backGrace
  return stage.peers
    .filter((peer) => !hasListened({ stage, now }) || peer.leavingAt !== undefined || now - peer.heardAt >= gap || isBackJustNow(peer))
    .map(({ leaf }) => leaf)
}

/** When we are to commit the removal of this peer; never is Infinity. */
export const removalAt = (session: Seated, peer: Peer): Millis => removalAtRank(session, peer, rankFor(session, peer.leaf))

/**
 * The same, or a time before it while that is ahead: a rank is only worked out for whoever may be due. With a thousand peers, and this
 * asked at every turn, ranks for all would be the dearest thing a member does.
 */
export function removalNotBefore(session: Seated, peer: Peer): Millis {
  const soonest = removalAtRank(session, peer, 0)
  return soonest > session.now ? soonest : removalAt(session, peer)
}

function removalAtRank(session: Seated, peer: Peer, rank: number): Millis {
  const { stage } = session
  if (isUnwanted(session, peer)) return session.now
  const silent = heardSince(stage, peer)
  const asked = stage.askedOut.get(peer.member)
  return Math.min(
    asked === undefined ? Infinity : asked + rank * timings.leaveStagger,
    peer.leavingAt === undefined ? Infinity : peer.leavingAt + rank * timings.leaveStagger,
    isSender(session) ? silent + silenceWindow(size(stage)) + rank * timings.silentStagger : Infinity,
    silent + vanishWindow(size(stage)) + rank * timings.vanishedStagger,
  )
}

/**
 * When sending must stop, as things stand: D13, a silent member was not removed in time. Here silence counts even
 * while our own socket is down: whoever cannot hear that all are there must not go on speaking to them (D13.5).
 */
export const pauseAt = ({ stage }: Seated): Millis =>
  Math.min(Infinity, ...stage.peers.map((peer) => peer.heardAt + silenceWindow(size(stage)) + timings.removalGrace))

export const mustPause = (session: Seated): boolean => session.stage.alarm !== undefined || session.now >= pauseAt(session)

/** When a knock that led nowhere is forgotten; who waits for a person's word knocks anew before that. */
export const staleAt = ({ at, isDeferred, answeredAt }: Candidate): Millis =>
  answeredAt === undefined ? at + (isDeferred ? timings.atDoor : timings.candidate) : answeredAt + timings.guess

/** Every time at which a member in the call has something to do, whatever else happens. */
export function duesOf(session: Seated): Millis[] {
  const { stage, now, socket } = session
  const isAlone = stage.peers.length === 0
  const isReady = socket.state === "ready"
  const beats = isAlone || !isReady ? [] : [stage.beatAt, Math.max(stage.healAt, stage.commitAt + timings.healGap), deafAt(session)]
  const removals = isReady ? stage.peers.map((peer) => removalNotBefore(session, peer)) : []
  const pause = stage.isPaused ? [] : [pauseAt(session)]
  const asks = isReady ? [...stage.asks.map((ask) => ask.at), stage.askAt ?? Infinity] : []
  const sent = stage.pending?.stage === "sent" && isReady ? [stage.pending.at + timings.answer] : []
  const refused = stage.refusal === undefined ? [] : [stage.refusal.at + timings.answer]
  const candidates = stage.candidates.map(staleAt)
  const standing = stage.standing.isKnown ? [] : [stage.since + timings.standing]
  const news = stage.news.map(({ at }) => at + timings.askAfter)
  const room = stage.roomChange !== undefined && isReady ? [stage.roomChange.due] : []
  const dues = [...beats, ...removals, ...pause, ...asks, ...sent, ...refused, ...candidates, ...standing, ...news, ...room]
  // A removal we hold back is due already; it is looked at again when the hold ends.
  return stage.holdUntil > now ? [...dues.filter((due) => due > now), stage.holdUntil] : dues
}

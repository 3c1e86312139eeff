/** A member in the call: what it hears from server, engine and person, and what it does whenever it can. */

import type { MemberId, Seq, ServerEnvelope } from "@conclave/wire"
import type { GroupFact } from "./engine-port.ts"
import { adopt, foundAnew, personAt } from "./adopt.ts"
import { removalAsked, wasAskedOut } from "./asked-out.ts"
import { buildFailed, buildNext, commitBuilt, commitRejected, healedNow, leavesOf, resendCommit } from "./change.ts"
import { answerDoor, dropStale, knockRead, nominated, proveDoor, readNextKnock } from "./door.ts"
import { resumeEdits } from "./carried-edits.ts"
import { editMerged } from "./edits.ts"
import { entriesReceived, resumed, signalReceived, takeNext, verdict } from "./inbox.ts"
import { enqueueDue, introduce, messageOpened, messageSealed, messageUnread, reseal, resealAll, sealNext } from "./messages.ts"
import { enqueue } from "./outbox.ts"
import { leavingDone } from "./leave.ts"
import { tellNews } from "./news.ts"
import { endLife, heardOf, loseSocket, say, startOver } from "./orders.ts"
import { boxHeard, doorAnswered, doorHeard } from "./password.ts"
import { mayHaveRemoved, ownRole } from "./roles.ts"
import { keepRoomChange, roomChangeLeft, tellRoomChange } from "./room-change.ts"
import { at, isSeated, notify, put, andThen, andThenIn, type Seated, type Session, type Stage, type Turn } from "./session.ts"
import { standingMessage, tellStanding } from "./standing.ts"
import { timings } from "./timings.ts"
import { deafAt, isOverdue, mustPause } from "./watch.ts"
import { wordHeard } from "./words.ts"

/** What the server says. */
export function whileIn(session: Seated, envelope: ServerEnvelope): Turn {
  const { stage } = session
  switch (envelope.type) {
    case "room":
      if (envelope.call === stage.call) return resume(session)
      return isLogFirst(session) ? [session] : foundAnew(session, "empty")
    case "resumed":
      return envelope.call === stage.call ? andThenIn(resumed(session, envelope.seq), (next) => caughtUp(next, envelope.seq)) : [session]
    case "entries":
      return entriesReceived(session, envelope.entries)
    case "signal":
      return signalReceived(session, envelope)
    case "door":
      return [boxHeard(session, envelope.member, envelope.box)]
    case "nominated":
      return [nominated(session, envelope.knocks)]
    case "removal-asked":
      // With nobody else there it is ours to obey.
      if (envelope.member === stage.member && stage.peers.length === 0)
        return out(session, { phase: "removed", by: undefined, why: "organisation" })
      return [removalAsked(session, envelope.member)]
    case "accepted":
      return [put(session, { unconfirmed: stage.unconfirmed.filter(({ request }) => request !== envelope.request) })]
    case "refused":
      return refused(session, envelope.request, envelope.code)
    case "outvoted":
      return startOver(session, "stale-epoch")
    case "ended":
      return envelope.call === stage.call ? foundAnew(session, envelope.reason) : [session]
    case "problem":
      // Our place is taken from us: we were removed while away, or the server forgot us. A knock settles it (D11).
      if (session.socket.state !== "open") return [session]
      // A1.09: we have read further than the server has written.
      return envelope.code === "unexpected-message" ? foundAnew(session, "rolled-back") : startOver(session, envelope.code)
    default:
      return [session]
  }
}

function resume(session: Seated): Turn {
  const { call, member, session: token, nextSeq } = session.stage
  return say(session, { type: "resume", call, member, session: token, after: (nextSeq - 1) as Seq })
}

/** Back on a new socket: silence while we were away counts for nobody (D14.1); what was not confirmed is said again. */
function caughtUp(session: Seated, seq: number): Turn {
  const { now, stage, socket } = session
  const { pending } = stage
  const wasAway = socket.downSince !== undefined && now - socket.downSince >= timings.outage
  const known = { ...session, outageEnd: wasAway ? now : session.outageEnd }
  const back = put(heardOf(known) as Seated, { readyAt: now, beatAt: now })
  const told = stage.verdict === undefined ? ([back] as const) : verdict(back, stage.verdict.seq, stage.verdict.applied)
  // The entries up to `seq` are still on their way: ours may be among them, so it is not said again before they are read.
  const resend = pending?.stage === "sent" ? { pending: { ...pending, at: now }, resendAfter: seq } : {}
  return andThenIn(told, (next) => [put(resealAll(next), resend)])
}

function refused(session: Seated, request: number, code: Extract<ServerEnvelope, { type: "refused" }>["code"]): Turn {
  if (code === "not-a-member" && isLogFirst(session)) return [session]
  if (code === "commit-void" || code === "not-a-member" || code === "wrong-session") return startOver(session, code)
  const { pending } = session.stage
  if (pending?.stage === "sent" && pending.request === request) return commitRejected(session, code)
  return [reseal(session, request)]
}

/**
 * Whoever is removed is no member any more to the server, and the call may be over and another begun, before it has read the commit
 * that did it: the log says first by whom and why (D8.33).
 */
const isLogFirst = ({ stage, engine, socket }: Seated): boolean =>
  socket.state === "ready" && (engine.doing?.order === "process-commit" || stage.inbox.some(({ type }) => type === "commit"))

/** What the engine answers. */
export function inAnswer(session: Seated, fact: GroupFact): Turn {
  const { stage } = session
  switch (fact.type) {
    case "knock-read":
      return [knockRead(session, fact)]
    case "door-answered":
      return doorAnswered(session, fact.member, fact.box)
    case "door-heard":
      return [doorHeard(session, fact.member, fact.isProved)]
    case "knock-refused":
      return [put(session, { candidates: stage.candidates.filter(({ knock }) => knock.member !== fact.member) })]
    case "commit-built":
      return commitBuilt(session, fact.bundle)
    case "commit-cleared":
      return [put(session, { pending: undefined })]
    case "commit-merged":
      return merged(session, fact)
    case "commit-processed":
      return andThenIn(verdict(session, fact.seq, true), (told) => adopt(told, fact))
    case "removed-by-commit":
      return removed(session, fact)
    case "commit-refused":
      return commitRefused(session, fact)
    case "message-sealed":
      return messageSealed(session, fact.epoch, fact.message)
    case "message-opened":
      return opened(session, fact)
    case "message-refused":
      if (fact.failure === "broken") return startOver(session, "internal")
      // What came too late is of an epoch we shared.
      return [fact.failure === "stale" ? session : messageUnread(session)]
    case "order-failed":
      return orderFailed(session, fact)
    default:
      return [session]
  }
}

function opened(session: Seated, { from, epoch, message }: Extract<GroupFact, { type: "message-opened" }>): Turn {
  const heard = calmed(messageOpened(session, from, message))
  return message.kind === "word" ? wordHeard(heard, { from, epoch, message }) : [heard]
}

/** Nobody's commit is refused unseen: who tried what the rules forbid is named (D8.10). */
function commitRefused(session: Seated, { seq, failure, by, rule }: Extract<GroupFact, { type: "commit-refused" }>): Turn {
  if (failure === "broken") return startOver(session, "internal")
  const person = by === undefined ? undefined : personAt(session, by)
  const told = failure === "refused" ? (notify(session, { kind: "refused-commit", by: person, rule }) as Seated) : session
  return verdict(put(told, { refusal: { seq, at: session.now } }), seq, false)
}

/** Our commit is the epoch. The committer introduces everybody to those it added, and tells them the standing (D17.20, D17.24). */
function merged(session: Seated, fact: Extract<GroupFact, { type: "commit-merged" }>): Turn {
  const { pending } = session.stage
  if (pending?.stage !== "merging") return startOver(session, "internal")
  const { change, seq } = pending
  const done = put(change.policy === undefined ? session : editMerged(session, seq), { pending: undefined })
  // D8.30: nobody is left but us, on purpose. The server hears that the commit holds, and a goodbye.
  if (change.removes.some(({ why }) => why === "ended"))
    return andThen(verdict(done, seq, true), (told) => andThen([told, ...roomChangeLeft(told)], leavingDone))
  return andThenIn(verdict(done, seq, true), (told) =>
    andThenIn(
      andThenIn(adopt(healedNow(told), { ...fact, by: fact.group.own, seq }), (next) => [
        fact.room === undefined ? next : keepRoomChange(next, fact.room),
      ]),
      (next) => [leavesOf(next, change.adds).length === 0 ? next : welcome(next, change.adds)],
    ),
  )
}

const welcome = (session: Seated, newcomers: readonly MemberId[]): Seated =>
  enqueue(
    introduce(
      session,
      session.stage.group.members.map(({ leaf }) => leaf),
      newcomers,
    ),
    standingMessage(session),
  )

/**
 * Others removed us. D11.23: whom they missed is there after all, and comes back by itself; so does a device whose other
 * join took its place while it was out of reach (D14).
 */
function removed(session: Seated, { by, why, rule }: Extract<GroupFact, { type: "removed-by-commit" }>): Turn {
  const { now } = session
  const person = personAt(session, by)
  // D8.32: the call was not this member's to end. Who tried is named, and the call goes on without asking anybody.
  if (rule !== undefined) return startOver(notify(session, { kind: "refused-commit", by: person, rule }), "not-a-member")
  const hadVanished = session.outageEnd !== undefined && now - session.outageEnd < timings.outageRecent
  // D8.13, D14.8: who is removed obeys, also whom nobody may remove; the others will refuse that, and let us in again.
  const isLawless = (why === "removed" && !mayHaveRemoved(session, by)) || (why === "organisation" && !wasAskedOut(session))
  if (why === "silent" || why === "left" || isLawless || (why === "returned" && hadVanished)) return startOver(session, "not-a-member")
  return out(session, why === "ended" ? { phase: "ended", reason: "ended-by-host", by: person } : { phase: "removed", by: person, why })
}

const out = (session: Seated, end: Stage): Turn =>
  andThen(endLife(session), (ended) => [
    { ...at(ended, end), wish: undefined, socket: { ...ended.socket, state: "closed" } },
    { do: "disconnect" },
  ])

function orderFailed(session: Seated, fact: Extract<GroupFact, { type: "order-failed" }>): Turn {
  const isFatal = fact.failure === "broken" || fact.order === "merge-commit" || session.stage.failures >= 3
  if (isFatal) return startOver(session, "internal")
  if (fact.order === "build-commit") return buildFailed(session)
  if (fact.order === "clear-commit") return [put(session, { pending: undefined })]
  return fact.order === "seal-message" ? [put(session, { sealing: undefined })] : [session]
}

/** A split that turned out to be a delay: all are heard again. A fork never heals. */
function calmed(session: Seated): Seated {
  const { alarm, peers } = session.stage
  return alarm?.kind === "split" && !peers.some((peer) => isOverdue(session, peer))
    ? put(session, { alarm: undefined, unread: 0 })
    : session
}

/** Does what can be done now: first the log, then messages, then knocks, then a commit. */
export function proceed(session: Seated): Turn {
  if (session.engine.doing !== undefined) return [session]
  const told = tellStanding(session)
  if (told !== undefined) return told
  const taken = takeNext(session)
  if (taken !== undefined) return andThenIn(taken, proceed)
  if (session.socket.state !== "ready") return [session]
  const due = enqueueDue(session)
  const turn = sealNext(due) ?? resend(due) ?? readNextKnock(due) ?? proveDoor(due)
  return turn ?? andThenIn(answerDoor(due), (answered) => buildNext(answered) ?? [answered])
}

function resend(session: Seated): Turn | undefined {
  const { resendAfter, nextSeq, pending } = session.stage
  if (resendAfter === undefined || nextSeq <= resendAfter) return undefined
  const next = put(session, { resendAfter: undefined })
  return pending?.stage === "sent" ? andThenIn(resendCommit(next), proceed) : undefined
}

/** What time alone brings about. */
export function tick(session: Seated): Turn {
  const { stage, now, socket } = session
  if (stage.refusal !== undefined && now - stage.refusal.at >= timings.answer) return startOver(session, "commit-void")
  const isReady = socket.state === "ready"
  const isCommitLost = stage.pending?.stage === "sent" && now - stage.pending.at >= timings.answer
  const isDeaf = now >= deafAt(session)
  if (isReady && (isCommitLost || isDeaf)) return loseSocket(session)
  // D17.24: who has not told us by now will not; what we saw ourselves must do.
  const isLate = !stage.standing.isKnown && now - stage.since >= timings.standing
  const known = isLate ? put(session, { standing: { ...stage.standing, isKnown: true }, addedBy: undefined }) : session
  return tellRoomChange(tellNews(dropStale(resumeEdits(known))))
}

/** D13: stops or resumes sending, as the state now says. D4.13: a listener sends nothing. Others are told of it at once. */
export function settleMedia(session: Session): Turn {
  if (!isSeated(session) || (mustPause(session) || ownRole(session) === "listener") === session.stage.isPaused) return [session]
  const isPaused = !session.stage.isPaused
  return [put(session, { isPaused, beatAt: session.now }), { do: isPaused ? "pause-media" : "resume-media" }]
}

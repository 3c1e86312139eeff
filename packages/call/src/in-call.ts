/** A member in the call: what it hears from server, engine and person, and what it does whenever it can. */

import type { Seq, ServerEnvelope } from "@conclave/wire"
import type { GroupFact, Leaf } from "./engine-port.ts"
import { adopt, foundAnew, personAt } from "./adopt.ts"
import { buildFailed, buildNext, commitBuilt, commitRejected, healedNow, leavesOf, sendCommit } from "./change.ts"
import { entriesReceived, resumed, signalReceived, takeNext, verdict } from "./inbox.ts"
import { enqueueDue, introduce, messageOpened, messageSealed, messageUnread, reseal, resealAll, sealNext } from "./messages.ts"
import { tellNews } from "./news.ts"
import { endLife, heardOf, loseSocket, order, say, startOver } from "./orders.ts"
import { at, isSeated, put, andThen, andThenIn, type Seated, type Session, type Turn } from "./session.ts"
import { timings } from "./timings.ts"
import { deafAt, isOverdue, mustPause } from "./watch.ts"

/** What the server says. */
export function whileIn(session: Seated, envelope: ServerEnvelope): Turn {
  const { stage } = session
  switch (envelope.type) {
    case "room":
      return envelope.call === stage.call ? resume(session) : foundAnew(session, "empty")
    case "resumed":
      return envelope.call === stage.call ? andThenIn(resumed(session, envelope.seq), (next) => caughtUp(next, envelope.seq)) : [session]
    case "entries":
      return entriesReceived(session, envelope.entries)
    case "signal":
      return signalReceived(session, envelope)
    case "nominated":
      return [nominated(session, envelope.knocks)]
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

function nominated(session: Seated, knocks: Extract<ServerEnvelope, { type: "nominated" }>["knocks"]): Seated {
  const { candidates, group } = session.stage
  const fresh = knocks.filter(
    ({ member }) => !candidates.some(({ knock }) => knock.member === member) && !group.members.some((each) => each.member === member),
  )
  return put(session, { candidates: [...candidates, ...fresh.map((knock) => ({ knock, at: session.now, person: undefined }))] })
}

function refused(session: Seated, request: number, code: Extract<ServerEnvelope, { type: "refused" }>["code"]): Turn {
  if (code === "commit-void" || code === "not-a-member" || code === "wrong-session") return startOver(session, code)
  const { pending } = session.stage
  if (pending?.stage === "sent" && pending.request === request) return commitRejected(session, code)
  return [reseal(session, request)]
}

/** What the engine answers. */
export function inAnswer(session: Seated, fact: GroupFact): Turn {
  const { stage } = session
  switch (fact.type) {
    case "knock-read":
      return [
        put(session, {
          candidates: stage.candidates.map((each) => (each.knock.member === fact.member ? { ...each, person: fact.person } : each)),
        }),
      ]
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
      return removed(session, fact.by)
    case "commit-refused":
      if (fact.failure === "broken") return startOver(session, "internal")
      return verdict(put(session, { refusal: { seq: fact.seq, at: session.now } }), fact.seq, false)
    case "message-sealed":
      return messageSealed(session, fact.epoch, fact.message)
    case "message-opened":
      return [calmed(messageOpened(session, fact.from, fact.message))]
    case "message-refused":
      return fact.failure === "broken" ? startOver(session, "internal") : [messageUnread(session)]
    case "order-failed":
      return orderFailed(session, fact)
    default:
      return [session]
  }
}

/** Our commit is the epoch. The committer introduces everybody to those it added (D17.20). */
function merged(session: Seated, fact: Extract<GroupFact, { type: "commit-merged" }>): Turn {
  const { pending } = session.stage
  if (pending?.stage !== "merging") return startOver(session, "internal")
  const { change, seq } = pending
  return andThenIn(verdict(put(session, { pending: undefined }), seq, true), (told) =>
    andThenIn(adopt(healedNow(told), { group: fact.group, by: fact.group.own, seq }), (next) =>
      leavesOf(next, change.adds).length === 0
        ? [next]
        : [
            introduce(
              next,
              next.stage.group.members.map(({ leaf }) => leaf),
            ),
          ],
    ),
  )
}

/** Others removed us. If we were out of reach until just now we had vanished (D14) and come back by ourselves. */
function removed(session: Seated, by: Leaf): Turn {
  const { now } = session
  const hadVanished = session.outageEnd !== undefined && now - session.outageEnd < timings.outageRecent
  if (hadVanished) return startOver(session, "not-a-member")
  const person = personAt(session, by)
  return andThen(endLife(session), (ended) => [
    { ...at(ended, { phase: "removed", by: person }), wish: undefined, socket: { ...ended.socket, state: "closed" } },
    { do: "disconnect" },
  ])
}

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
  const taken = takeNext(session)
  if (taken !== undefined) return andThenIn(taken, proceed)
  if (session.socket.state !== "ready") return [session]
  const due = enqueueDue(session)
  const turn = sealNext(due) ?? resend(due) ?? readNextKnock(due) ?? buildNext(due)
  return turn ?? [due]
}

function resend(session: Seated): Turn | undefined {
  const { resendAfter, nextSeq, pending } = session.stage
  if (resendAfter === undefined || nextSeq <= resendAfter) return undefined
  const next = put(session, { resendAfter: undefined })
  return pending?.stage === "sent" ? andThenIn(sendCommit(next), proceed) : undefined
}

function readNextKnock(session: Seated): Turn | undefined {
  const next = session.stage.candidates.find(({ person }) => person === undefined)
  if (next === undefined) return undefined
  const { member, keyPackage, sealed } = next.knock
  return order(session, { do: "read-knock", member, keyPackage, sealed })
}

/** What time alone brings about. */
export function tick(session: Seated): Turn {
  const { stage, now, socket } = session
  if (stage.refusal !== undefined && now - stage.refusal.at >= timings.answer) return startOver(session, "commit-void")
  const isReady = socket.state === "ready"
  const isCommitLost = stage.pending?.stage === "sent" && now - stage.pending.at >= timings.answer
  const isDeaf = now >= deafAt(session)
  if (isReady && (isCommitLost || isDeaf)) return loseSocket(session)
  return [tellNews(put(session, { candidates: stage.candidates.filter((each) => now - each.at < timings.candidate) }))]
}

/** D13: stops or resumes sending, as the state now says. The change is told to the others at once. */
export function settleMedia(session: Session): Turn {
  if (!isSeated(session) || mustPause(session) === session.stage.isPaused) return [session]
  const isPaused = !session.stage.isPaused
  return [put(session, { isPaused, beatAt: session.now }), { do: isPaused ? "pause-media" : "resume-media" }]
}

/** The member's machine: one fact in, the next state and its orders out. Total, synchronous, without keys. */

import type { ServerEnvelope } from "@conclave/wire"
import type { GroupFact } from "./engine-port.ts"
import {
  foundingAnswer,
  greet,
  joiningAnswer,
  knockingAnswer,
  knockTimedOut,
  passwordGiven,
  whileArriving,
  whileFounding,
  whileJoining,
  whileKnocking,
  whileWaitingForHost,
} from "./arrive.ts"
import { admit, refuse, unblock } from "./door.ts"
import { wantEdit } from "./edits.ts"
import { inAnswer, proceed, settleMedia, tick, whileIn } from "./in-call.ts"
import { endForAll, leave, leavingAnswer, leavingDone, whileLeaving } from "./leave.ts"
import { mayRemove } from "./roles.ts"
import { answered, connect, isOpen, knockAnew, loseSocket, startOver } from "./orders.ts"
import { at, idle, isSeated, put, andThen, andThenIn, type Input, type Output, type Session, type Turn } from "./session.ts"
import { timings } from "./timings.ts"
import { duesOf } from "./watch.ts"
import { sayWord, stateChanged } from "./words.ts"
import type { Machine } from "./run.ts"

/** The machine for `run`. */
export const callMachine: Machine<Session, Input, Output> = { start: idle, step }

/** One turn. */
export function step(session: Session, input: Input): Turn {
  const timed = woken(session, input)
  const turn = andThen(andThen(hear(timed, input), due), (next) => andThenIn([next], proceed))
  return andThen(andThen(turn, settleMedia), wake)
}

function hear(session: Session, input: Input): Turn {
  switch (input.type) {
    case "join-asked":
      return join(session, input)
    case "leave-asked":
      return leave(session)
    case "remove-asked":
      return removeAsked(session, input.leaf)
    case "access-changed":
      return [session.wish === undefined ? session : { ...session, wish: { ...session.wish, access: input.access } }]
    case "admit-asked":
      return [isSeated(session) ? admit(session, input.members) : session]
    case "refuse-asked":
      return isSeated(session) ? refuse(session, input.member, input.isBlocked) : [session]
    case "unblock-asked":
      return [isSeated(session) ? unblock(session, input.device) : session]
    case "policy-asked":
      return [isSeated(session) ? wantEdit(session, input.edit) : session]
    case "password-given":
      return passwordGiven(session)
    case "media-changed":
      return [isSeated(session) ? put({ ...session, media: input.media }, { beatAt: session.now }) : { ...session, media: input.media }]
    case "state-changed":
      return [stateChanged(session, input.state)]
    case "word-said":
      return [isSeated(session) ? sayWord(session, input.body) : session]
    case "end-asked":
      return isSeated(session) ? endForAll(session) : [session]
    case "socket-opened":
      if (input.socket !== session.socket.id || session.socket.state !== "opening") return [session]
      return greet({ ...session, socket: { ...session.socket, state: "open", chance: input.chance, heardAt: session.now } })
    case "socket-closed":
      return input.socket === session.socket.id && (isOpen(session) || session.socket.state === "opening") ? socketLost(session) : [session]
    case "envelope-received":
      return input.socket === session.socket.id && isOpen(session) ? envelopeReceived(session, input.envelope) : [session]
    case "engine-answered":
      return engineAnswered(session, input.fact)
    case "engine-broken":
      return engineBroken(session)
    case "try-now":
      return session.socket.state === "waiting" && session.wish !== undefined ? connect(session) : [session]
    case "clock":
      return [session]
  }
}

/** The next life gets new workers; nothing the old ones were asked will be answered. */
function engineBroken(session: Session): Turn {
  const idleEngine: Session = { ...session, engine: { doing: undefined, queue: [] } }
  return session.wish === undefined || session.stage.phase === "arriving" ? [idleEngine] : startOver(idleEngine, "internal")
}

function join(session: Session, { room, access, media, wallAhead = 0 }: Extract<Input, { type: "join-asked" }>): Turn {
  if (session.wish !== undefined) return [session]
  const fresh: Session = {
    ...session,
    wish: { room, access },
    media,
    wallAhead,
    tries: 0,
    door: undefined,
    carried: undefined,
    state: "",
    wanted: [],
  }
  const arriving = at(fresh, { phase: "arriving", until: Infinity })
  return connect({ ...arriving, socket: { ...arriving.socket, drops: 0, downSince: undefined } })
}

function removeAsked(session: Session, leaf: number): Turn {
  if (!isSeated(session)) return [session]
  const peer = session.stage.peers.find((each) => each.leaf === leaf)
  return peer === undefined || !mayRemove(session, peer)
    ? [session]
    : [put(session, { unwanted: [...session.stage.unwanted, peer.member] })]
}

/** In the call a lost socket is resumed. Before, all begins again; while leaving nothing is left to wait for. */
function socketLost(session: Session): Turn {
  switch (session.stage.phase) {
    case "in":
    case "arriving":
    case "waiting-for-host":
      return loseSocket(session.stage.phase === "waiting-for-host" ? at(session, { phase: "arriving", until: Infinity }) : session)
    case "leaving":
      return leavingDone(session)
    case "founding":
    case "knocking":
    case "joining":
      return startOver({ ...session, socket: { ...session.socket, state: "closed" } }, "internal")
    default:
      return [session]
  }
}

function envelopeReceived(session: Session, envelope: ServerEnvelope): Turn {
  const heard: Session = { ...session, socket: { ...session.socket, heardAt: session.now } }
  const { stage } = heard
  switch (stage.phase) {
    case "arriving":
      return whileArriving(heard, stage, envelope)
    case "founding":
      return whileFounding(heard, stage, envelope)
    case "knocking":
      return whileKnocking(heard, stage, envelope)
    case "joining":
      return whileJoining(heard, stage, envelope)
    case "waiting-for-host":
      return whileWaitingForHost(heard, stage, envelope)
    case "in":
      return isSeated(heard) ? whileIn(heard, envelope) : [heard]
    case "leaving":
      return whileLeaving(heard, stage, envelope)
    default:
      return [heard]
  }
}

function engineAnswered(session: Session, fact: GroupFact): Turn {
  const { turn, isOurs } = answered(session, fact)
  return isOurs ? andThen(turn, (next) => factHeard(next, fact)) : turn
}

function factHeard(session: Session, fact: GroupFact): Turn {
  const { stage } = session
  switch (stage.phase) {
    case "founding":
      return foundingAnswer(session, stage, fact)
    case "knocking":
      return knockingAnswer(session, stage, fact)
    case "joining":
      return joiningAnswer(session, stage, fact)
    case "in":
      return isSeated(session) ? inAnswer(session, fact) : [session]
    case "leaving":
      return leavingAnswer(session, stage, fact)
    default:
      return [session]
  }
}

/**
 * Sets the time. It never goes back. A wake-up far too late means the machine slept: to others we were away, and
 * their silence meanwhile says nothing (D14.1).
 */
function woken(session: Session, input: Input): Session {
  const now = Math.max(session.now, input.at)
  const hasSlept = session.wakeAt !== undefined && now > session.wakeAt + timings.leap
  // A clock that rings a little early (browsers cut a timer to whole milliseconds) has rung all the same: it is ordered anew.
  const wakeAt = input.type === "clock" ? undefined : session.wakeAt
  if (!hasSlept) return { ...session, now, wakeAt }
  const outageEnd = now - session.now >= timings.outage ? now : session.outageEnd
  const awake = { ...session, now, wakeAt, outageEnd, socket: { ...session.socket, heardAt: now } }
  return isSeated(awake) ? put(awake, { readyAt: now }) : awake
}

/** What is late is given up and tried again. */
function due(session: Session): Turn {
  const { stage, socket, now } = session
  if (socket.state === "waiting" && now >= socket.retryAt && session.wish !== undefined) return connect(session)
  const isUnanswered = (socket.state === "opening" || socket.state === "open") && now - socket.heardAt >= timings.answer
  if (isUnanswered && stage.phase !== "leaving") return socketLost(session)
  if (stage.phase === "leaving") return now >= stage.until ? leavingDone(session) : [session]
  if ("until" in stage && now >= stage.until) return timedOut(session)
  return isSeated(session) ? tick(session) : [session]
}

function timedOut(session: Session): Turn {
  const { stage } = session
  if (stage.phase === "waiting-for-host") return knockAnew(session)
  return stage.phase === "knocking" ? knockTimedOut(session, stage) : startOver(session, "call-ended")
}

/** Orders the next wake-up. One that comes a little early does no harm and is kept. */
function wake(session: Session): Turn {
  const { stage, socket, now, wakeAt } = session
  const retry = socket.state === "waiting" ? [socket.retryAt] : []
  const answer = socket.state === "opening" || socket.state === "open" ? [socket.heardAt + timings.answer] : []
  const until = "until" in stage ? [stage.until] : []
  const dues = isSeated(session) ? duesOf(session) : []
  // Even with nothing to do: only a wake-up that comes late tells that the machine slept.
  const pulse = session.wish === undefined ? Infinity : now + timings.pulse
  const next = Math.min(pulse, ...retry, ...answer, ...until, ...dues)
  if (next === Infinity) return [{ ...session, wakeAt: undefined }]
  // What is due but must wait for the engine or the server is looked at when they answer, or in a second.
  const at = next <= now ? now + timings.hold : next
  if (wakeAt !== undefined && wakeAt > now && wakeAt <= at) return [session]
  return [
    { ...session, wakeAt: at },
    { do: "wake", at },
  ]
}

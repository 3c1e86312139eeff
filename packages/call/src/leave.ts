/** The way out: say goodbye inside the group, wait briefly until the server has it, wipe everything. */

import type { ServerEnvelope } from "@conclave/wire"
import type { GroupFact } from "./engine-port.ts"
import { endLife, order, say } from "./orders.ts"
import { ownRole } from "./roles.ts"
import { roomChangeLeft } from "./room-change.ts"
import { at, isSeated, put, andThen, type Output, type Seated, type Session, type Stage, type Turn } from "./session.ts"
import { timings } from "./timings.ts"

type Leaving = Extract<Stage, { phase: "leaving" }>

/**
 * D8.30: a host ends the call for everybody: one commit removes all others, then it goes itself. With nobody else there it just goes.
 */
export function endForAll(session: Seated): Turn {
  if (ownRole(session) !== "host") return [session]
  return session.stage.peers.length === 0 ? leave(session) : [put(session, { isEnding: true })]
}

/** A person wants out. Nothing sends media from here on. */
export function leave(session: Session): Turn {
  const { stage } = session
  if (session.wish === undefined || stage.phase === "leaving") return [session]
  const leaving = { ...session, wish: undefined }
  const last = roomChangeLeft(session)
  const canSpeak = isSeated(session) && session.stage.peers.length > 0 && session.socket.state === "ready"
  if (!canSpeak || stage.phase !== "in") return andThen([leaving, ...last], leavingDone)
  const saying: Leaving = { phase: "leaving", call: stage.call, request: stage.requests + 1, until: session.now + timings.goodbye }
  const quiet = { ...at(leaving, saying), engine: { ...session.engine, queue: [] } }
  const stop: Output[] = stage.isPaused ? [{ do: "stop-media" }, { do: "resume-media" }] : [{ do: "stop-media" }]
  return andThen([quiet, ...stop, ...last], (next) => order(next, { do: "seal-message", message: { kind: "leave" }, keep: true }))
}

export function leavingAnswer(session: Session, stage: Leaving, fact: GroupFact): Turn {
  if (fact.type === "order-failed" && fact.order === "seal-message") return leavingDone(session)
  // Something else may have been under way when the person left; only the kept message is the goodbye.
  if (fact.type !== "message-sealed" || !fact.keep || stage.request === undefined) return [session]
  return say(session, { type: "message", request: stage.request, epoch: fact.epoch, keep: true, message: fact.message })
}

export function whileLeaving(session: Session, stage: Leaving, envelope: ServerEnvelope): Turn {
  const isAnswer = (envelope.type === "accepted" || envelope.type === "refused") && envelope.request === stage.request
  return isAnswer ? leavingDone(session) : [session]
}

/** Out: the group is wiped, the socket closed. */
export const leavingDone = (session: Session): Turn =>
  andThen(say(session, { type: "bye" }), (said) =>
    andThen(endLife(said), (ended) => [
      { ...at(ended, { phase: "ended", reason: "left" }), wish: undefined, socket: { ...ended.socket, state: "closed" } },
      { do: "disconnect" },
    ]),
  )

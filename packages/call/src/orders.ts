/** The engine and the socket, as the machine drives them: one order at a time, one socket at a time. */

import type { MemberEnvelope, ProblemCode } from "@conclave/wire"
import type { GroupFact, GroupOrder } from "./engine-port.ts"
import { at, andThen, type Output, type Session, type Turn } from "./session.ts"
import { backOff, mostTries, timings } from "./timings.ts"
import { carryEdits } from "./carried-edits.ts"

/** Orders something of the engine, after what it does now. */
export function order(session: Session, wanted: GroupOrder): Turn {
  const entry = { order: wanted, life: session.life }
  return next({ ...session, engine: { ...session.engine, queue: [...session.engine.queue, entry] } })
}

function next(session: Session): Turn {
  const [first, ...queue] = session.engine.queue
  if (session.engine.doing !== undefined || first === undefined) return [session]
  const doing = { order: first.order.do, life: first.life }
  return [
    { ...session, engine: { doing, queue } },
    { do: "engine", order: first.order },
  ]
}

/** Takes the engine's answer. `isOurs` is false when it answers an order of an earlier life. */
export function answered(session: Session, fact: GroupFact): { readonly turn: Turn; readonly isOurs: boolean } {
  const { doing, queue } = session.engine
  const isBookkeeping = fact.type === "group-wiped" || doing?.order === "wipe-group"
  const isOurs = doing?.life === session.life && !isBookkeeping
  return { turn: next({ ...session, engine: { doing: undefined, queue } }), isOurs }
}

/** An envelope as we put it together: nobody will change it, and any kind of byte array will do. */
type Said<T> = T extends string | number | boolean
  ? T
  : T extends Uint8Array
    ? Uint8Array
    : T extends readonly (infer Item)[]
      ? readonly Said<Item>[]
      : { readonly [K in keyof T]: Said<T[K]> }

/** Says something, if there is a socket to say it on. */
export const say = (session: Session, envelope: Said<MemberEnvelope>): Turn =>
  isOpen(session) ? [session, { do: "send", envelope: envelope as MemberEnvelope }] : [session]

export const isOpen = (session: Session): boolean => session.socket.state === "open" || session.socket.state === "ready"

/** The server knows us on this socket: from here on it is of use. */
export const heardOf = (session: Session): Session => ({
  ...session,
  socket: { ...session.socket, state: "ready", drops: 0, downSince: undefined },
})

/** Opens the next socket, now. */
export function connect(session: Session): Turn {
  const id = session.socket.id + 1
  const downSince = session.socket.downSince ?? session.now
  const socket = { ...session.socket, id, state: "opening", heardAt: session.now, downSince } as const
  return [
    { ...session, socket },
    { do: "connect", socket: id },
  ]
}

/** The socket is gone or of no use: drop it and try again after a while. */
export function loseSocket(session: Session): Turn {
  const { drops, downSince } = session.socket
  const socket = {
    ...session.socket,
    state: "waiting",
    drops: drops + 1,
    retryAt: session.now + backOff(drops),
    downSince: downSince ?? session.now,
  } as const
  return [{ ...session, socket }, { do: "disconnect" }]
}

/** Ends this membership on our side: the group is wiped, late answers are dropped, media stops. */
export function endLife(session: Session): Turn {
  const queue = session.engine.queue.filter((waiting) => waiting.order.do === "wipe-group")
  const hadGroup = session.stage.phase !== "idle" && session.stage.phase !== "arriving"
  const fresh: Session = { ...session, life: session.life + 1, engine: { ...session.engine, queue } }
  const wasPaused = session.stage.phase === "in" && session.stage.isPaused
  const stop: Output[] = session.stage.phase === "in" || session.stage.phase === "leaving" ? [{ do: "stop-media" }] : []
  // A pause ends with the life it belongs to: what is stopped sends nothing.
  const media: Output[] = wasPaused ? [...stop, { do: "resume-media" }] : stop
  const [wiped, ...outputs] = hadGroup ? order(fresh, { do: "wipe-group" }) : ([fresh] as const)
  return [wiped, ...media, ...outputs]
}

/** Says the same thing once more under a fresh name, on a new socket: no attempt has failed (D17.30, D4.14). */
export const knockAnew = (session: Session): Turn => startOver({ ...session, tries: 0 }, "call-ended")

/** Gives up, for good. */
export function fail(session: Session, problem: ProblemCode): Turn {
  return andThen(endLife(session), (ended) => [
    { ...at(ended, { phase: "failed", problem }), wish: undefined, socket: { ...ended.socket, state: "closed" } },
    { do: "disconnect" },
  ])
}

/**
 * Joins anew under a new pseudonym, on a new socket (D9, D11). The server hears a goodbye, so that a call without
 * anybody else ends and can be founded anew. Repeated failures wait longer each, then end in `problem`.
 */
export function startOver(before: Session, problem: ProblemCode): Turn {
  const session = carryEdits(before, problem)
  const isSteady = session.stage.phase === "in" && session.now - session.stage.since >= timings.steady
  const tries = isSteady ? 1 : session.tries + 1
  if (tries > mostTries) return fail(session, problem)
  return andThen(say(session, { type: "bye" }), (said) =>
    andThen(endLife({ ...said, tries }), (ended) => {
      const arriving = at(ended, { phase: "arriving", until: Infinity })
      if (tries === 1) return connect(arriving)
      const socket = { ...arriving.socket, state: "waiting", retryAt: arriving.now + backOff(tries - 2), downSince: arriving.now } as const
      return [{ ...arriving, socket }, { do: "disconnect" }]
    }),
  )
}

/** The way in: a socket, the room, then founding its call or knocking at it. */

import { idFrom, protocolVersion, type CallId, type MemberId, type ProblemCode, type ServerEnvelope } from "@conclave/wire"
import type { GroupFact } from "./engine-port.ts"
import { connect, endLife, fail, heardOf, knockAnew, order, say, startOver } from "./orders.ts"
import { keepRoomChange } from "./room-change.ts"
import { seat } from "./seat.ts"
import {
  at,
  andThen,
  andThenIn,
  isSeated,
  type Arriving,
  type Founding,
  type Inbound,
  type Joining,
  type Knocking,
  type Session,
  type Turn,
  type WaitingForHost,
} from "./session.ts"
import { timings } from "./timings.ts"

/** Says hello on a fresh socket. */
export function greet(session: Session): Turn {
  if (session.wish === undefined) return [session]
  const { room, access } = session.wish
  const hello = { type: "hello", version: protocolVersion, room, access } as const
  // D3.12: a member that slept through a new link comes back by the old one.
  return say(session, isSeated(session) ? { ...hello, member: session.stage.member } : hello)
}

/** What an envelope means before we are in. */
export function whileArriving(session: Session, _stage: Arriving, envelope: ServerEnvelope): Turn {
  switch (envelope.type) {
    case "room":
      return envelope.call === undefined ? foundCall(session) : knockAt(session, envelope.call)
    case "problem":
      return refusedEntry(session, envelope.code)
    default:
      return [session]
  }
}

const freshMember = (session: Session): MemberId => idFrom<MemberId>(session.socket.chance.subarray(16, 32))

function foundCall(session: Session): Turn {
  const call = idFrom<CallId>(session.socket.chance.subarray(0, 16))
  const member = freshMember(session)
  const stage: Founding = { phase: "founding", call, member, group: undefined, self: undefined, until: session.now + timings.answer }
  return order(at(heardOf(session), stage), { do: "found-group", call, member })
}

function knockAt(session: Session, call: CallId): Turn {
  const member = freshMember(session)
  const { now } = session
  const stage: Knocking = {
    ...{ phase: "knocking", call, member, session: undefined, self: undefined },
    ...{ since: session.door?.since ?? now, isWaiting: session.door?.for === "word", until: now + timings.knock },
  }
  return order(at(heardOf(session), stage), { do: "make-knock", call, member })
}

export function whileFounding(session: Session, stage: Founding, envelope: ServerEnvelope): Turn {
  switch (envelope.type) {
    case "founded":
      if (envelope.call !== stage.call || stage.group === undefined || stage.self === undefined) return [session]
      return seat(session, {
        ...stage,
        group: stage.group,
        self: stage.self,
        session: envelope.session,
        appliedSeq: envelope.seq,
        inbox: [],
        nextSeq: envelope.seq + 1,
        addedBy: undefined,
        isFounder: true,
      })
    case "room":
      // Somebody was quicker. Our own group never had anybody else in it.
      return envelope.call === undefined
        ? [session]
        : andThen(order(session, { do: "wipe-group" }), (wiped) => knockAt(wiped, envelope.call as CallId))
    case "problem":
      return envelope.code === "call-exists" ? [session] : refusedEntry(session, envelope.code)
    default:
      return [session]
  }
}

export function foundingAnswer(session: Session, stage: Founding, fact: GroupFact): Turn {
  switch (fact.type) {
    case "group-founded":
      return say(at(session, { ...stage, group: fact.group, self: fact.self }), { type: "found", call: stage.call, member: stage.member })
    case "order-failed":
      return fact.failure === "host-needed" ? waitForHost(session) : startOver(session, "internal")
    default:
      return [session]
  }
}

/** D4.14: this call begins with a host. We stay at the socket, where the server tells of a call that began (D4.16). */
function waitForHost(session: Session): Turn {
  const { now } = session
  const since = session.door?.since ?? now
  return [
    {
      ...at({ ...session, tries: 0, carried: undefined }, { phase: "waiting-for-host", since, until: now + timings.hostWait }),
      door: { since, for: "host", words: undefined },
    },
  ]
}

export function whileWaitingForHost(session: Session, _stage: WaitingForHost, envelope: ServerEnvelope): Turn {
  switch (envelope.type) {
    case "room":
      return envelope.call === undefined ? [session] : knockAt({ ...session, door: undefined }, envelope.call)
    case "problem":
      return refusedEntry(session, envelope.code)
    default:
      return [session]
  }
}

export function whileKnocking(session: Session, stage: Knocking, envelope: ServerEnvelope): Turn {
  switch (envelope.type) {
    case "knocking":
      return envelope.call === stage.call ? [at(session, { ...stage, session: envelope.session })] : [session]
    case "door":
      // Only what our own knock brought about; a box that is no member's leads nowhere.
      return stage.self === undefined ? [session] : order(session, { do: "check-door", box: envelope.box })
    case "waiting":
      return envelope.call === stage.call ? [waiting(session, stage)] : [session]
    case "welcome": {
      if (envelope.call !== stage.call || stage.session === undefined || stage.self === undefined) return [session]
      const { call, member, session: token, self } = stage
      const { seq, welcome, tree } = envelope
      const until = session.now + timings.answer
      const joining: Joining = { phase: "joining", call, member, session: token, self, appliedSeq: seq, inbox: [], nextSeq: seq + 1, until }
      return order(at(session, joining), { do: "join-group", call, welcome, tree })
    }
    case "ended":
      return envelope.call === stage.call ? startOver(session, "call-ended") : [session]
    case "problem":
      return refusedEntry(session, envelope.code)
    default:
      return [session]
  }
}

export function knockingAnswer(session: Session, stage: Knocking, fact: GroupFact): Turn {
  switch (fact.type) {
    case "knock-made": {
      const { keyPackage, sealed, self } = fact
      return say(at(session, { ...stage, self }), { type: "knock", call: stage.call, member: stage.member, keyPackage, sealed })
    }
    case "order-failed":
      if (fact.failure === "password-needed") return askPassword(session, false)
      return fact.order === "make-knock" ? startOver(session, "internal") : [session]
    case "door-checked":
      return say(session, { type: "door", box: fact.box })
    case "password-wrong":
      return askPassword(session, fact.wasTyped)
    default:
      return [session]
  }
}

/** D18: without the password there is no knock. No attempt has failed: a person types, which may take long. */
function askPassword(session: Session, isWrong: boolean): Turn {
  return andThen(say(session, { type: "bye" }), (said) =>
    andThen(endLife(said), (ended) => [
      { ...at(ended, { phase: "asking-password", isWrong }), tries: 0, socket: { ...ended.socket, state: "closed" } },
      { do: "disconnect" },
    ]),
  )
}

/** It was typed: we knock with it. */
export const passwordGiven = (session: Session): Turn =>
  session.stage.phase === "asking-password" ? connect(at(session, { phase: "arriving", until: Infinity })) : [session]

/** D17.30: a person decides, which may take long; that is no failure of ours. */
const waiting = (session: Session, stage: Knocking): Session => ({
  ...at({ ...session, tries: 0 }, { ...stage, isWaiting: true }),
  door: { since: stage.since, for: "word", words: stage.self?.doorWords ?? session.door?.words },
})

/** Nobody answered in time. Who waits for a person's word knocks anew: a knock is good for two minutes (D17.30). */
export const knockTimedOut = (session: Session, stage: Knocking): Turn =>
  stage.isWaiting ? knockAnew(session) : startOver(session, "call-ended")

/** The log goes on while the engine joins; what comes is kept for after. */
export function whileJoining(session: Session, stage: Joining, envelope: ServerEnvelope): Turn {
  switch (envelope.type) {
    case "entries": {
      const entries = envelope.entries.filter((entry) => entry.seq >= stage.nextSeq)
      if (entries.some((entry, i) => entry.seq !== stage.nextSeq + i)) return startOver(session, "internal")
      return [at(session, { ...stage, inbox: [...stage.inbox, ...entries], nextSeq: stage.nextSeq + entries.length })]
    }
    case "signal":
      return [at(session, { ...stage, inbox: [...stage.inbox, envelope satisfies Inbound] })]
    case "ended":
      return envelope.call === stage.call ? startOver(session, "call-ended") : [session]
    default:
      return [session]
  }
}

export function joiningAnswer(session: Session, stage: Joining, fact: GroupFact): Turn {
  switch (fact.type) {
    case "group-joined":
      if (fact.group.call !== stage.call) return startOver(session, "internal")
      return andThenIn(seat(session, { ...stage, group: fact.group, addedBy: fact.by, isFounder: false }), (seated) => [
        // D3.10: whoever changed the rules was cut off before the server heard of it.
        fact.room === undefined ? seated : keepRoomChange(seated, fact.room),
      ])
    case "order-failed":
      return startOver(session, "internal")
    default:
      return [session]
  }
}

const hopeless: readonly ProblemCode[] = [
  "wrong-version",
  "wrong-link",
  "no-such-room",
  "room-full",
  "link-replaced",
  "turned-away",
  "blocked",
]

/** Some refusals no second try can change. */
function refusedEntry(session: Session, code: ProblemCode): Turn {
  return hopeless.includes(code) ? fail(session, code) : startOver(session, code)
}

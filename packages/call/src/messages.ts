/** What members tell each other inside the group: heartbeats, goodbyes, who they are. Judged by the verified leaf (D34). */

import type { Epoch, MemberId } from "@conclave/wire"
import type { CallMessage, Leaf, MediaState, Person } from "./engine-port.ts"
import { tellNews } from "./news.ts"
import { order, say } from "./orders.ts"
import { enqueue } from "./outbox.ts"
import { guessHeard } from "./password.ts"
import { nothingSent, put, type Outgoing, type Peer, type Seated, type Turn } from "./session.ts"
import { blockHeard, standingHeard } from "./standing.ts"
import { beatPeriod, timings } from "./timings.ts"
import { hastyBeatAt, isOverdue, rankFor } from "./watch.ts"

/** Bundles of so many members fit in one message with room to spare. */
const mostIntroduced = 200

/** Hands the next message to the engine. */
export function sealNext(session: Seated): Turn | undefined {
  const [first, ...outbox] = session.stage.outbox
  if (first === undefined) return undefined
  return order(put(session, { outbox, sealing: first }), { do: "seal-message", message: first.message, keep: first.keep })
}

/** A message was sealed; a kept one is remembered until the server confirms it. */
export function messageSealed(session: Seated, epoch: Epoch, message: Uint8Array): Turn {
  const { sealing, requests, unconfirmed } = session.stage
  if (sealing === undefined) return [session]
  const request = requests + 1
  const kept = sealing.keep ? [...unconfirmed, { ...sealing, request }] : unconfirmed
  const next = put(session, { requests: request, sealing: undefined, unconfirmed: kept })
  const said = { type: "message", request, epoch, keep: sealing.keep, message } as const
  return say(next, sealing.to === undefined ? said : { ...said, to: sealing.to })
}

/** Seals unconfirmed messages again: the epoch may have moved, and hearing one twice harms nobody. */
export function resealAll(session: Seated): Seated {
  const again = session.stage.unconfirmed.map(({ message, keep }): Outgoing => ({ message, keep }))
  return put(session, { outbox: [...again, ...session.stage.outbox], unconfirmed: [] })
}

/** Seals one message again whose epoch the server found too old. */
export function reseal(session: Seated, request: number): Seated {
  const again = session.stage.unconfirmed
    .filter((each) => each.request === request)
    .map(({ message, keep }): Outgoing => ({ message, keep }))
  return put(session, {
    outbox: [...session.stage.outbox, ...again],
    unconfirmed: session.stage.unconfirmed.filter((each) => each.request !== request),
  })
}

/** Queues what is due: a heartbeat, an ask of our own, answers to those of others. */
export function enqueueDue(session: Seated): Seated {
  return answerAsks(askWhoTheyAre(beat(session)))
}

function beat(session: Seated): Seated {
  const { stage, now } = session
  const isLined = stage.outbox.some(({ message }) => message.kind === "heartbeat") || stage.sealing?.message.kind === "heartbeat"
  if (now < stage.beatAt || stage.peers.length === 0 || isLined) return session
  const media: MediaState = stage.isPaused ? nothingSent : session.media
  const { epoch, transcript } = stage.group
  const message = { kind: "heartbeat", epoch, transcript, media, state: session.state } as const
  return enqueue(put(session, { beatAt: now + beatPeriod(stage.group.members.length) }), { message, keep: false })
}

const unknownLeaves = ({ stage }: Seated): Leaf[] =>
  stage.peers.filter((peer) => !stage.people.some(({ member }) => member === peer.member)).map(({ leaf }) => leaf)

function askWhoTheyAre(session: Seated): Seated {
  const { askAt } = session.stage
  if (askAt === undefined || session.now < askAt) return session
  const leaves = unknownLeaves(session)
  if (leaves.length === 0) return put(session, { askAt: undefined })
  return enqueue(put(session, { askAt: session.now + timings.askAgain }), { message: { kind: "ask", leaves }, keep: false })
}

function answerAsks(session: Seated): Seated {
  const due = session.stage.asks.filter(({ at }) => at <= session.now)
  if (due.length === 0) return session
  const kept = put(session, { asks: session.stage.asks.filter(({ at }) => at > session.now) })
  return introduce(
    kept,
    due.flatMap(({ leaves }) => leaves),
  )
}

/** Lines up the bundles of these leaves, as far as we know them: for the log, or for these newcomers only (D17.33). */
export function introduce(session: Seated, leaves: readonly Leaf[], to?: readonly MemberId[]): Seated {
  const { group, people } = session.stage
  const [wanted, met] = [new Set(leaves), new Set(people.map(({ member }) => member))]
  const known = group.members.filter(({ leaf, member }) => wanted.has(leaf) && met.has(member)).map(({ leaf }) => leaf)
  const parts = Array.from({ length: Math.ceil(known.length / mostIntroduced) }, (_, i) =>
    known.slice(i * mostIntroduced, (i + 1) * mostIntroduced),
  )
  const way = to === undefined ? { keep: true } : { keep: false, to }
  return enqueue(session, ...parts.map((part): Outgoing => ({ message: { kind: "introduce", leaves: part }, ...way })))
}

/** Somebody spoke: `from` is the leaf the engine verified. */
export function messageOpened(session: Seated, from: Leaf, message: CallMessage): Seated {
  const peer = session.stage.peers.find(({ leaf }) => leaf === from)
  if (peer === undefined) return session
  const hasBeenSilent = session.now - peer.heardAt >= 2 * beatPeriod(session.stage.group.members.length)
  const heard = hear(session, from, { heardAt: session.now, ...(hasBeenSilent && { backAt: session.now }) })
  switch (message.kind) {
    case "heartbeat": {
      const told = hear(heard, from, { media: message.media, state: message.state })
      // D13.11: it may be waiting for a word from everybody before it sends on.
      const answered = hasBeenSilent ? put(told, { beatAt: hastyBeatAt(told, told.stage.group, 0) }) : told
      return judgeTranscript(answered, from, message.epoch, message.transcript)
    }
    case "word":
      return heard
    case "leave":
      return hear(heard, from, { leavingAt: peer.leavingAt ?? session.now })
    case "introduce":
      return meet(heard, message.people)
    case "ask": {
      const at = session.now + rankFor(heard, from) * timings.answerStagger
      const others = heard.stage.asks.filter((ask) => ask.from !== peer.member)
      return put(heard, { asks: [...others, { from: peer.member, leaves: message.leaves, at }] })
    }
    case "standing":
      return standingHeard(heard, from, message)
    case "block":
      return blockHeard(heard, from, message)
    case "guess":
      return guessHeard(heard, message.device)
  }
}

const hear = (session: Seated, leaf: Leaf, change: Partial<Peer>): Seated =>
  put(session, { peers: session.stage.peers.map((peer) => (peer.leaf === leaf ? { ...peer, ...change } : peer)) })

/** People the key worker has checked. Whoever was just introduced need not be introduced by us as well. */
function meet(session: Seated, introduced: readonly Person[]): Seated {
  const { people, group, asks } = session.stage
  const fresh = introduced.filter(
    ({ member }) => group.members.some((each) => each.member === member) && !people.some((known) => known.member === member),
  )
  const isMet = (leaf: Leaf): boolean =>
    group.members.some((each) => each.leaf === leaf && introduced.some(({ member }) => member === each.member))
  const open = asks.map((ask) => ({ ...ask, leaves: ask.leaves.filter((leaf) => !isMet(leaf)) })).filter(({ leaves }) => leaves.length > 0)
  return tellNews(put(session, { people: [...people, ...fresh], asks: open }))
}

/** D13.6: two transcripts of one epoch are two groups under one name. Nobody may go on unaware (A1.08). */
function judgeTranscript(session: Seated, leaf: Leaf, epoch: Epoch, transcript: string): Seated {
  const ours = session.stage.past.find((each) => each.epoch === epoch)
  if (ours === undefined || ours.transcript === transcript) {
    // That one is well says nothing of what could not be read: it may be another's. Only all of them heard since clear it up.
    const { peers, unreadAt } = session.stage
    return peers.every((peer) => peer.heardAt >= unreadAt) ? put(session, { unread: 0 }) : session
  }
  return put(session, { alarm: session.stage.alarm ?? { kind: "fork", leaf, at: session.now } })
}

/**
 * A message of our epoch, or a later one, that does not open. Two of them, and somebody's heartbeat overdue:
 * the others have another history than we do (A1.08). One alone may be anybody's garbage.
 */
export function messageUnread(session: Seated): Seated {
  const { stage, now } = session
  const unread = stage.unread + 1
  const isSplit = unread >= 2 && stage.peers.some((peer) => peer.leavingAt === undefined && isOverdue(session, peer))
  const alarm = isSplit ? (stage.alarm ?? { kind: "split" as const, leaf: undefined, at: now }) : stage.alarm
  return put(session, { unread, unreadAt: now, alarm })
}

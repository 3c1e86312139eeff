/** What a new epoch changes in our picture of the call: who is here, who came, who went. */

import type { MemberId } from "@conclave/wire"
import { changedFields, keptEdits } from "./edits.ts"
import type { CommitEffect, GroupView, Leaf, Person } from "./engine-port.ts"
import { startOver } from "./orders.ts"
import { goneOf, tellNews } from "./news.ts"
import { standingAfter } from "./standing.ts"
import { isSeated, notify, put, type Peer, type Seated, type Session, type Turn } from "./session.ts"
import { beatPeriod, timings } from "./timings.ts"
import { hastyBeatAt } from "./watch.ts"
import { wordBounds } from "./word-bounds.ts"

/** The other leaves of a group; those we knew keep their history. */
export function peersOf(group: GroupView, known: readonly Peer[], now: number): Peer[] {
  const byLeaf = new Map(known.map((peer) => [peer.leaf, peer]))
  return group.members
    .filter(({ leaf }) => leaf !== group.own)
    .map(({ leaf, member }) => {
      const peer = byLeaf.get(leaf)
      if (peer?.member === member) return peer
      const words = { left: wordBounds.burst, at: now }
      return { leaf, member, heardAt: now, backAt: undefined, media: undefined, state: undefined, words, leavingAt: undefined }
    })
}

export const personOf = (session: Seated, member: MemberId): Person | undefined =>
  session.stage.people.find((person) => person.member === member)

export const personAt = (session: Seated, leaf: Leaf): Person | undefined => {
  const found = session.stage.group.members.find((member) => member.leaf === leaf)
  return found === undefined ? undefined : personOf(session, found.member)
}

interface Step extends CommitEffect {
  readonly by: Leaf
  readonly seq: number
}

/** Moves to the next epoch, after the server's order and the engine's check. */
export function adopt(session: Seated, step: Step): Turn {
  const { group, by, seq, removes } = step
  const { stage, now } = session
  // A thousand members, and this at every commit: nobody is looked for in a list.
  const [here, before] = [new Set(group.members.map(({ member }) => member)), new Set(stage.peers.map(({ member }) => member))]
  const added = group.members.filter(({ member }) => member !== stage.member && !before.has(member))
  const gone = stage.peers.filter(({ member }) => !here.has(member))
  const isHere = (member: MemberId): boolean => here.has(member)
  // D17.23, A1.03: a newcomer's name is what its bundle proved at its leaf, never what a knock said.
  const people = new Map<MemberId, Person>()
  for (const person of [...stage.people, ...step.people])
    if (isHere(person.member) && !people.has(person.member)) people.set(person.member, person)
  const committer = by === group.own ? stage.self : personAt(session, by)
  const what = changedFields(stage.group.policy, group.policy)
  const told = what.length === 0 ? session : notify(session, { kind: "policy", what, by: committer })
  const moved = put(notify(told, { kind: "keys", epoch: group.epoch }) as Seated, {
    group,
    news: [
      ...stage.news,
      { at: now, added: added.map(({ member }) => member), gone: gone.map((peer) => goneOf(session, peer, removes)), by: committer },
    ],
    past: [{ epoch: group.epoch, transcript: group.transcript }, ...stage.past].slice(0, 8),
    peers: peersOf(group, stage.peers, now),
    people: [...people.values()],
    candidates: stage.candidates.filter(({ knock }) => !isHere(knock.member)),
    standing: standingAfter(stage, step),
    unwanted: stage.unwanted.filter(isHere),
    askedOut: new Map([...stage.askedOut].filter(([member]) => isHere(member))),
    asks: stage.asks.filter(({ from }) => isHere(from)),
    appliedSeq: seq,
    verdict: { seq, applied: true },
    refusal: undefined,
    commitAt: now,
    askAt: added.length > 0 || stage.askAt !== undefined ? now + timings.askAfter : undefined,
    // Newcomers want to know soon what we send.
    beatAt: added.length > 0 ? hastyBeatAt(session, group, timings.hold) : Math.min(stage.beatAt, now + beatPeriod(group.members.length)),
    failures: 0,
  })
  // D33: nobody goes on in a group that a Remove left it alone in.
  if (gone.length > 0 && group.members.length === 1) return foundAnew(moved, "alone")
  const next = tellNews(put(moved, { edits: keptEdits(moved) }))
  return step.link === undefined ? [next] : [next, { do: "use-link", link: step.link }]
}

/** Leaves this call for a new one in the same room, and says so (D9, D33, A1.09). */
export function foundAnew(session: Session, reason: "split" | "empty" | "alone" | "rolled-back"): Turn {
  const told = isSeated(session) ? { ...tellNews(session, true), carried: session.stage.standing } : session
  return startOver(notify(told, { kind: "founded-anew", reason }), "call-ended")
}

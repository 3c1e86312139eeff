/** What a new epoch changes in our picture of the call: who is here, who came, who went. */

import type { MemberId } from "@conclave/wire"
import type { GroupView, Leaf, Person } from "./engine-port.ts"
import { startOver } from "./orders.ts"
import { notify, put, type NewNotice, type Peer, type Seated, type Session, type Turn } from "./session.ts"
import { beatPeriod, timings } from "./timings.ts"

/** The other leaves of a group; those we knew keep their history. */
export function peersOf(group: GroupView, known: readonly Peer[], now: number): Peer[] {
  return group.members
    .filter(({ leaf }) => leaf !== group.own)
    .map(
      ({ leaf, member }) =>
        known.find((peer) => peer.leaf === leaf && peer.member === member) ?? {
          leaf,
          member,
          heardAt: now,
          media: undefined,
          leavingAt: undefined,
        },
    )
}

export const personOf = (session: Seated, member: MemberId): Person | undefined =>
  session.stage.people.find((person) => person.member === member)

export const personAt = (session: Seated, leaf: Leaf): Person | undefined => {
  const found = session.stage.group.members.find((member) => member.leaf === leaf)
  return found === undefined ? undefined : personOf(session, found.member)
}

interface Step {
  readonly group: GroupView
  readonly by: Leaf
  readonly seq: number
}

/** Moves to the next epoch, after the server's order and the engine's check. */
export function adopt(session: Seated, { group, by, seq }: Step): Turn {
  const { stage, now } = session
  const added = group.members.filter(({ member }) => member !== stage.member && !stage.peers.some((peer) => peer.member === member))
  const gone = stage.peers.filter((peer) => !group.members.some(({ member }) => member === peer.member))
  const isHere = (member: MemberId): boolean => group.members.some((each) => each.member === member)
  const people = [
    ...stage.people,
    ...stage.candidates.flatMap(({ person }) => (person !== undefined && isHere(person.member) ? [person] : [])),
  ]
  const moved = put(noticed(session, { added: added.map(({ member }) => member), gone, by, group, people }), {
    group,
    past: [{ epoch: group.epoch, transcript: group.transcript }, ...stage.past].slice(0, 8),
    peers: peersOf(group, stage.peers, now),
    people: people.filter((person, i) => isHere(person.member) && people.findIndex(({ member }) => member === person.member) === i),
    candidates: stage.candidates.filter(({ knock }) => !isHere(knock.member)),
    unwanted: stage.unwanted.filter(isHere),
    asks: stage.asks.filter(({ from }) => isHere(from)),
    appliedSeq: seq,
    verdict: { seq, applied: true },
    refusal: undefined,
    commitAt: now,
    askAt: added.length > 0 || stage.askAt !== undefined ? now + timings.askAfter : undefined,
    // Newcomers want to know soon what we send; the nearest leaves speak first.
    beatAt:
      added.length > 0
        ? Math.min(stage.beatAt, now + timings.hold + group.own * 20)
        : Math.min(stage.beatAt, now + beatPeriod(group.members.length)),
    failures: 0,
  }) as Seated
  // D33: nobody goes on in a group that a Remove left it alone in.
  if (gone.length > 0 && group.members.length === 1) return foundAnew(moved, "alone")
  return [moved]
}

/** Leaves this call for a new one in the same room, and says so (D9, D33, A1.09). */
export const foundAnew = (session: Session, reason: "split" | "empty" | "alone" | "rolled-back"): Turn =>
  startOver(notify(session, { kind: "founded-anew", reason }), "call-ended")

interface News {
  readonly added: readonly MemberId[]
  readonly gone: readonly Peer[]
  readonly by: Leaf
  readonly group: GroupView
  readonly people: readonly Person[]
}

/** What to tell people of a change: who came, who went and on whose word, and that the keys are new. */
function noticed(session: Seated, { added, gone, by, group, people }: News): Seated {
  const named = (member: MemberId): Person | undefined => people.find((person) => person.member === member)
  const devices = added.map((member) => named(member)?.device)
  const cameBack = (peer: Peer): boolean => devices.includes(named(peer.member)?.device ?? "nobody")
  const goneDevices = gone.map((peer) => named(peer.member)?.device)
  const went = gone
    .filter((peer) => !cameBack(peer))
    .map((peer): NewNotice => {
      const person = named(peer.member)
      if (peer.leavingAt !== undefined) return { kind: "left", member: peer.member, person }
      if (session.now - Math.max(peer.heardAt, session.stage.readyAt) >= timings.deaf) return { kind: "lost", member: peer.member, person }
      const committer = group.members.find(({ leaf }) => leaf === by)
      return { kind: "removed", member: peer.member, person, by: committer && named(committer.member) }
    })
  const came = added.map((member): NewNotice => {
    const person = named(member)
    return { kind: person !== undefined && goneDevices.includes(person.device) ? "returned" : "came", member, person }
  })
  return [...went, ...came, { kind: "keys", epoch: group.epoch } as const].reduce<Session>(notify, session) as Seated
}

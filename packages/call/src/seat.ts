/** Taking one's place in a call: from a group just founded or joined to the state of a member. */

import type { CallId, MemberId } from "@conclave/wire"
import type { GroupView, Leaf, Person } from "./engine-port.ts"
import { peersOf } from "./adopt.ts"
import { heardOf } from "./orders.ts"
import { at, type In, type Inbound, type Session, type Turn } from "./session.ts"
import { carriedStanding, freshStanding } from "./standing.ts"
import { healPeriod, timings } from "./timings.ts"

interface Place {
  readonly call: CallId
  readonly member: MemberId
  readonly session: Uint8Array
  readonly self: Person
  readonly group: GroupView
  readonly appliedSeq: number
  readonly inbox: readonly Inbound[]
  readonly nextSeq: number
  /** Who added us; undefined for a founder. */
  readonly addedBy: Leaf | undefined
  readonly isFounder: boolean
}

/** Begins life in the call. The first heartbeat goes out at once, so that the others know what we send. */
export function seat(session: Session, place: Place): Turn {
  const { call, member, session: token, self, group, appliedSeq, inbox, nextSeq, addedBy, isFounder } = place
  const { now, carried } = session
  const own = group.own
  const stage: In = {
    ...{ phase: "in", call, member, session: token, self, group, appliedSeq, inbox, nextSeq },
    past: [{ epoch: group.epoch, transcript: group.transcript }],
    people: [self],
    peers: peersOf(group, [], now),
    since: now,
    verdict: undefined,
    refusal: undefined,
    news: [],
    candidates: [],
    standing: isFounder && carried !== undefined ? carriedStanding(carried, self) : freshStanding(self, isFounder),
    told: undefined,
    addedBy,
    admitted: [],
    edits: [],
    lastEdit: undefined,
    unwanted: [],
    askedOut: new Map(),
    roomChange: undefined,
    isEnding: false,
    pending: undefined,
    resendAfter: undefined,
    // D17.21: only the leaf itself vouches for its device, so everybody introduces itself.
    outbox: group.members.length > 1 ? [{ message: { kind: "introduce", leaves: [own] }, keep: true }] : [],
    sealing: undefined,
    unconfirmed: [],
    requests: 0,
    readyAt: now,
    beatAt: now,
    // D12.1: spread by leaf, so that those who came together do not heal together.
    healAt: now + healPeriod(group.members.length) + own * timings.healGap,
    holdUntil: now,
    commitAt: now,
    askAt: group.members.length > 1 ? now + timings.askAfter : undefined,
    asks: [],
    unread: 0,
    unreadAt: now,
    alarm: undefined,
    isPaused: false,
    failures: 0,
  }
  return [
    { ...at(heardOf(session), stage), door: undefined, carried: undefined },
    { do: "use-media", call, member, session: token },
  ]
}

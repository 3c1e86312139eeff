/** Who is asked to bring the knockers in, and who next (D9). */

import { limits, type MemberId } from "@conclave/wire"
import { times, withoutKeys, type Call, type Waiting } from "./room.ts"
import { callOf, change, refuse, send, type Turn } from "./turn.ts"

/** True when it did something, so the caller looks again. */
export function tendKnocks(turn: Turn): boolean {
  if (dropStale(turn)) return true
  const call = callOf(turn)
  if (call.nomination !== undefined) {
    if (isPending(call, turn.at)) return false
    markTried(turn, call.nomination.knocks)
    return nominate(turn, call.nomination.asked)
  }
  if (call.batchAt === undefined || call.batchAt > turn.at) return false
  return nominate(turn, [])
}

function dropStale(turn: Turn): boolean {
  const call = callOf(turn)
  const stale = [...call.waiting].filter(([, knock]) => staleAt(knock) <= turn.at)
  if (stale.length === 0) return false
  for (const [, { goneAt, connection }] of stale) {
    if (goneAt !== undefined) continue
    turn.room = { ...turn.room, connections: new Map(turn.room.connections).set(connection, undefined) }
    refuse(turn, { connection, request: undefined }, "not-a-member")
  }
  change(turn, {
    waiting: withoutKeys(
      call.waiting,
      stale.map(([member]) => member),
    ),
  })
  return true
}

/** When a knock is dropped if nobody has added it. */
export const staleAt = (knock: Waiting): number => (knock.goneAt === undefined ? knock.since + times.knock : knock.goneAt + times.knockGone)

function isPending(call: Call, at: number): boolean {
  const { nomination } = call
  if (nomination === undefined || nomination.deadline <= at) return false
  const isHere = call.members.get(nomination.nominee)?.connection !== undefined
  return isHere && nomination.knocks.some((member) => isOpen(call.waiting.get(member)))
}

/** Whether any member may still be asked about it. */
const isOpen = (knock: Waiting | undefined): boolean => knock !== undefined && !knock.isDeferred && knock.answeredBy === undefined

function markTried(turn: Turn, knocks: readonly MemberId[]): void {
  const call = callOf(turn)
  const waiting = new Map(call.waiting)
  for (const member of knocks) {
    const knock = waiting.get(member)
    if (knock !== undefined) waiting.set(member, { ...knock, tries: knock.tries + 1 })
  }
  change(turn, { waiting })
}

function nominate(turn: Turn, asked: readonly MemberId[]): boolean {
  const call = callOf(turn)
  const batch = batchOf(call)
  const order = nomineesOf(call)
  const nominee = order.find((member) => !asked.includes(member)) ?? order[0]
  if (batch.length === 0 || nominee === undefined) {
    change(turn, { nomination: undefined, batchAt: undefined })
    return true
  }
  const round = asked.includes(nominee) ? [nominee] : [...asked, nominee]
  const knocks = batch.map((waiting) => waiting.knock)
  const nomination = { nominee, knocks: knocks.map((knock) => knock.member), deadline: turn.at + times.nominee, asked: round }
  change(turn, { nomination, batchAt: undefined })
  const to = call.members.get(nominee)?.connection
  if (to !== undefined) send(turn, to, { type: "nominated", knocks })
  return true
}

/** The longest waiting first, but who was tried in vain lets others pass: a bad knock must not hold up good ones. */
function batchOf(call: Call): Waiting[] {
  const here = [...call.waiting.values()].filter((knock) => knock.goneAt === undefined && isOpen(knock))
  return here.sort((a, b) => a.tries - b.tries || a.since - b.since).slice(0, limits.batch)
}

/** D12: the newest member is nearest to where new leaves go. Who has not spoken yet may still be joining. */
function nomineesOf(call: Call): MemberId[] {
  const here = [...call.members].filter(([, member]) => member.connection !== undefined).reverse()
  const ready = here.filter(([, member]) => member.isReady)
  return [...ready, ...here.filter(([, member]) => !member.isReady)].map(([member]) => member)
}

/** The seeded random walk of D35: what people do in a meeting, in an order nobody thought of. */

import type { EngineModule } from "@conclave/mls-engine"
import { chance, type Chance } from "@conclave/testkit"
import { Meeting, type Guest, type Plan } from "./meeting.ts"

export interface WalkReport {
  readonly commits: number
  readonly joins: number
  readonly removals: number
  readonly largest: number
  readonly foundings: number
}

const mostGuests = 60

/** Runs the walk. @throws with seed and step in its message, at the first thing that does not hold. */
export function walk(module: EngineModule, { seed, commits }: { readonly seed: number; readonly commits: number }): WalkReport {
  const draw = chance(seed)
  const meeting = new Meeting(module, draw.fork())
  const count = { joins: 0, removals: 0, largest: 1, foundings: 1 }
  const leaving: Guest[] = []
  for (let step = 1; step <= commits; step++) {
    try {
      if (meeting.guests.length === 1 && step > 1 && draw.happens(0.5)) {
        meeting.foundAnew()
        count.foundings += 1
      }
      const plan = planOf(meeting, draw, leaving)
      meeting.commit(plan)
      count.joins += plan.adds?.length ?? 0
      count.removals += plan.removes?.length ?? 0
      count.largest = Math.max(count.largest, meeting.guests.length)
    } catch (cause) {
      throw new Error(`seed ${seed}, commit ${step}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause })
    }
  }
  meeting.close()
  return { commits, ...count }
}

/** `leaving` are those who go one after the other, once half of the meeting has decided to. */
function planOf(meeting: Meeting, draw: Chance, leaving: Guest[]): Plan {
  const { guests } = meeting
  if (guests.length < 2) {
    leaving.length = 0
    return arrival(meeting, draw, draw.between(1, 6))
  }
  const next = leaving.pop()
  if (next !== undefined && guests.includes(next)) return removal(guests, draw, [next])
  const dice = draw.below(100)
  if (dice < 25 && guests.length < mostGuests) return arrival(meeting, draw, batchOf(guests.length, draw))
  if (dice < 45) return removal(guests, draw, [draw.pick(guests)])
  if (dice < 50) return removal(guests, draw, some(guests, draw, Math.min(3, guests.length - 1)))
  if (dice < 62) return rejoin(meeting, draw)
  if (dice < 92) return { by: draw.pick(guests) }
  if (dice < 96) return { by: draw.pick(guests), policy: draw.bytes(draw.between(1, 400)) }
  // Half leave, or all but one.
  const goers = draw.happens(0.3) ? guests.length - 1 : Math.ceil(guests.length / 2)
  leaving.push(...some(guests, draw, goers))
  return { by: draw.pick(guests) }
}

/** Batches of one to ten, at times a crowd. */
function batchOf(present: number, draw: Chance): number {
  const wanted = draw.happens(0.06) ? 40 : draw.happens(0.4) ? draw.between(2, 10) : 1
  return Math.max(1, Math.min(wanted, mostGuests - present))
}

function arrival(meeting: Meeting, draw: Chance, people: number): Plan {
  return { by: draw.pick(meeting.guests), adds: Array.from({ length: people }, () => meeting.newcomer()) }
}

/** D12 wants the nearest to commit; the farthest must be able to. */
function removal(guests: readonly Guest[], draw: Chance, removes: readonly Guest[]): Plan {
  const [first] = removes
  const at = first?.engine.ownLeaf() ?? 0
  const distance = (guest: Guest): number => Math.abs(guest.engine.ownLeaf() - at)
  const stayed = guests.filter((guest) => !removes.includes(guest)).toSorted((a, b) => distance(a) - distance(b))
  const by = draw.happens(0.5) ? stayed[0] : stayed.at(-1)
  if (by === undefined) throw new Error("bug: everybody leaves")
  return { by, removes }
}

/** D11: out and in again in one commit, under the same pseudonym. */
function rejoin(meeting: Meeting, draw: Chance): Plan {
  const again = draw.pick(meeting.guests)
  return { ...removal(meeting.guests, draw, [again]), adds: [meeting.newcomer(again.identity)] }
}

function some(guests: readonly Guest[], draw: Chance, number: number): Guest[] {
  const left = [...guests]
  return Array.from({ length: number }, () => left.splice(draw.below(left.length), 1)).flat()
}

/** Fills a room to a size and asks what happens in it of its live members. */

import { openHouse, type House, type Sent } from "./house.ts"
import type { LiveMember } from "./live.ts"

export const events = ["join", "remove", "heal", "message"] as const
export type EventName = (typeof events)[number]

/** Milliseconds of processor time that one event cost, and bytes. */
export interface Cost {
  /** Of each live member that only followed. */
  readonly followers: number[]
  /** Of the one that committed or spoke. */
  readonly actor: number[]
  /** Of the event's commit or message. */
  bytes: number
}

export interface Found {
  readonly size: number
  readonly costs: ReadonlyMap<EventName, Cost>
  /** What the newcomer itself spent until it knew everybody. */
  readonly newcomer: readonly number[]
  readonly sent: Sent
  readonly live: number
}

/** Above this many, eight live members among leaves that are not driven. */
const mostLive = 8
const rounds = 5
/** As a meeting fills: each batch is added by one of the batch before, so that the tree is warm (D12). */
const batch = 10

export async function measure(size: number): Promise<Found> {
  const house = await openHouse()
  // One place is left: the newcomer of each round makes them so many, and a call holds no more than a thousand.
  const staying = await fill(house, size - 1)
  const costs = new Map(events.map((event): [EventName, Cost] => [event, { followers: [], actor: [], bytes: 0 }]))
  const newcomer: number[] = []
  let sent: Sent = { welcome: 0, tree: 0 }
  for (let round = 0; round < rounds; round++) {
    await event(house, costs.get("join"), async () => void (sent = await house.passengers(1)))
    await event(house, costs.get("remove"), () => removeNewest(house))
    await event(house, costs.get("heal"), async () => house.live.at(-1)?.hasten("healAt"))
    await event(house, costs.get("message"), async () => house.live[0]?.hasten("beatAt"))
    newcomer.push(await comeAndGo(house))
  }
  check(house, size - 1)
  for (const member of [...house.live]) await house.retire(member)
  return { size, costs, newcomer, sent, live: staying }
}

/** Live ones all over the tree: the founder, the newest, and the others at chosen batches. */
async function fill(house: House, size: number): Promise<number> {
  const founder = await house.enter()
  const live = Math.min(mostLive, size)
  if (size <= batch) {
    while (house.live.length < live) await house.enter()
    await house.passengers(size - live)
    return live
  }
  const batches = Math.ceil((size - 1) / batch)
  const stays = new Set(Array.from({ length: live - 2 }, (_, i) => Math.floor(((i + 1) * batches) / (live - 1))))
  let last: LiveMember | undefined
  for (let [present, number] = [1, 0]; present < size; number++) {
    const count = Math.min(batch, size - present)
    const before = last
    if (count > 1) await house.passengers(count - 1)
    last = await house.enter()
    if (before !== undefined && !stays.has(number - 1) && before !== founder) await house.retire(before)
    present += count
  }
  return house.live.length
}

/** Lets an event happen, and books what each live member spent on it. */
async function event(house: House, cost: Cost | undefined, happen: () => Promise<unknown>): Promise<void> {
  if (cost === undefined) throw new Error("bug: no such event")
  await house.settle()
  for (const member of house.live) {
    member.spent = 0
    member.sent = 0
    member.largest = 0
  }
  await happen()
  await house.settle()
  // Who committed or spoke sent the most.
  const actor = house.live.reduce((most, member) => (member.sent > most.sent ? member : most))
  cost.bytes = actor.largest
  for (const member of house.live) (member === actor ? cost.actor : cost.followers).push(member.spent)
}

/** The host removes the newest leaf that is not driven. */
async function removeNewest(house: House): Promise<void> {
  const host = house.live[0]
  const driven = new Set(house.live.map((member) => member.seat?.group.own))
  const goes = host?.seat?.group.members.findLast(({ leaf }) => !driven.has(leaf))
  if (host === undefined || goes === undefined) throw new Error("bug: nobody to remove")
  host.tell({ type: "remove-asked", leaf: goes.leaf })
}

/** One comes in as a live member and is removed again: what did it spend until it knew everybody? */
async function comeAndGo(house: House): Promise<number> {
  const member = await house.enter()
  const { spent, seat } = member
  const [host] = house.live
  if (host === undefined || seat === undefined) throw new Error("bug: nobody is in")
  // A goodbye would be answered by the nearest leaf, and that one may not be driven.
  host.tell({ type: "remove-asked", leaf: seat.group.own })
  await house.settle()
  await house.retire(member)
  return spent
}

/** Nothing of all this is worth a number if they are not in one group. */
function check(house: House, size: number): void {
  const groups = new Set(house.live.map(({ seat }) => `${String(seat?.group.epoch)} ${String(seat?.group.transcript)}`))
  const wrong = house.live.find(({ seat }) => seat?.group.members.length !== size)
  if (groups.size !== 1) throw new Error("they are not in one epoch")
  if (wrong !== undefined) throw new Error(`someone sees ${String(wrong.seat?.group.members.length)} leaves in place of ${String(size)}`)
  if (house.bugs.length > 0) throw new Error(`a keeper has a bug: ${String(house.bugs[0])}`)
}

/**
 * `npm run prove:removal -- --members N (100) --rounds N (100)`: how long a removal takes, by D16: building the commit, a real round
 * trip to the server and its disk, and the slowest single member alone applying it. Members are driven one at a time: a hundred live
 * ones on one machine would measure that machine.
 */

import { parseArgs } from "node:util"
import { DrivenMember } from "../../tests/churn/driven.ts"
import { realRoom, type RealRoom } from "../../tests/churn/real-room.ts"
import { holds, lineOf, type Figure } from "../../tests/browser/figures.ts"
import { startServer } from "../../tests/browser/server.ts"
import type { CallId } from "@conclave/wire"
import { main } from "../program.ts"

const { values } = parseArgs({ options: { members: { type: "string", default: "100" }, rounds: { type: "string", default: "100" } } })
const [size, rounds] = [Number(values.members), Number(values.rounds)]
/** D16, milliseconds. */
const limit = 500

interface Removal {
  readonly build: number
  readonly trip: number
  readonly apply: number
}

await main(async () => {
  const server = await startServer()
  try {
    const names = Array.from({ length: size + rounds }, (_, i) => `guest ${String(i + 1)}`)
    const room = await realRoom(server.origin, names)
    const removals = await measure(room, names)
    const all = figuresOf(removals)
    for (const figure of all) console.log(lineOf(figure))
    for (const bug of room.bugs) console.log(`BROKEN  ${String(bug)}`)
    const isProven = all.every(holds) && room.bugs.length === 0
    console.log(isProven ? "verdict: holds" : "verdict: BROKEN")
    return isProven ? 0 : 1
  } finally {
    await server.stop()
  }
})

async function measure(room: RealRoom, names: readonly string[]): Promise<Removal[]> {
  const unused = [...names]
  const host = await DrivenMember.enter(unused.shift() ?? "", room)
  const call = await host.found()
  let members = [host]
  while (members.length < size) members = await fill({ room, call, members, names: unused.splice(0, Math.min(10, size - members.length)) })
  console.log(`${String(size)} members are in; ${String(rounds)} are removed, one after the other.`)
  const removals: Removal[] = []
  for (let round = 0; round < rounds; round++) {
    // Anybody but the host, all over the tree.
    const goes = members[1 + ((round * 37) % (members.length - 1))]
    if (goes === undefined) throw new Error("bug: nobody to remove")
    removals.push(await remove(host, goes, members))
    members = members.filter((member) => member !== goes)
    await goes.end()
    members = await fill({ room, call, members, names: unused.splice(0, 1) })
  }
  for (const member of members) await member.end()
  return removals
}

async function remove(host: DrivenMember, goes: DrivenMember, members: readonly DrivenMember[]): Promise<Removal> {
  const made = await host.commit({ adds: [], removes: [{ leaf: goes.leaf, why: "removed" }] })
  let [apply, arrivedAt] = [0, made.acceptedAt]
  for (const member of members) {
    if (member === host) continue
    const { fact, ms, arrivedAt: at } = await member.apply(made.seq)
    const wanted = member === goes ? "removed-by-commit" : "commit-processed"
    if (fact.type !== wanted) throw new Error(`${member.name}: ${JSON.stringify(fact)}`)
    apply = Math.max(apply, ms)
    arrivedAt = Math.max(arrivedAt, at)
  }
  return { build: made.builtIn, trip: arrivedAt - made.sentAt, apply }
}

/** The newest member adds them in one commit, as the server would nominate it (D12), and tells them who is there. */
async function fill(plan: {
  readonly room: RealRoom
  readonly call: CallId
  readonly members: readonly DrivenMember[]
  readonly names: readonly string[]
}): Promise<DrivenMember[]> {
  const { room, call, members, names } = plan
  const newest = members.at(-1)
  if (newest === undefined) throw new Error("bug: nobody is in")
  const newcomers: DrivenMember[] = []
  for (const name of names) {
    const newcomer = await DrivenMember.enter(name, room)
    await newest.readKnock(await newcomer.knock(call))
    newcomers.push(newcomer)
  }
  const { seq } = await newest.commit({ adds: newcomers.map(({ id }) => id), removes: [] })
  for (const member of members) {
    if (member === newest) continue
    const { fact } = await member.apply(seq)
    if (fact.type !== "commit-processed") throw new Error(`${member.name}: ${JSON.stringify(fact)}`)
  }
  for (const newcomer of newcomers) await newcomer.join(call)
  const all = [...members, ...newcomers]
  await newest.introduce(
    all.map(({ leaf }) => leaf),
    newcomers,
  )
  return all
}

function figuresOf(removals: readonly Removal[]): Figure[] {
  const sums = removals.map(({ build, trip, apply }) => build + trip + apply)
  const part = (what: string, of: (removal: Removal) => number): Figure => ({ what, value: quantile(removals.map(of), 0.95), unit: "ms" })
  return [
    { what: "removals", value: removals.length, unit: "", atLeast: rounds },
    { what: `removal at ${String(size)} members, median`, value: quantile(sums, 0.5), unit: "ms" },
    { what: `removal at ${String(size)} members, p95`, value: quantile(sums, 0.95), unit: "ms", atMost: limit },
    { what: `removal at ${String(size)} members, slowest`, value: quantile(sums, 1), unit: "ms" },
    part("building the commit, p95", ({ build }) => build),
    part("to the server, its disk, and the last member, p95", ({ trip }) => trip),
    part("the slowest member alone applying it, p95", ({ apply }) => apply),
  ]
}

function quantile(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.max(0, Math.ceil(values.length * share) - 1)] ?? Number.NaN
}

/** People join, leave, crash, lose their network and return at random; then all must be together. */

import { monitorEventLoopDelay } from "node:perf_hooks"
import { setTimeout as pause } from "node:timers/promises"
import { chance, type Chance } from "@conclave/testkit"
import type { Figure } from "../browser/figures.ts"
import { HeadlessMember } from "./headless.ts"
import { Ledger } from "./ledger.ts"
import { realRoom } from "./real-room.ts"

export interface ChurnPlan {
  readonly origin: string
  readonly members: number
  /** How long people come and go, once all have come. */
  readonly seconds: number
  readonly seed: number
  /** Mean time between two deeds, ms. */
  readonly every: number
  /** Told what happens now. */
  readonly say?: (line: string) => void
}

export interface ChurnReport {
  readonly figures: readonly Figure[]
  /** What was seen against the promises, one a line. */
  readonly findings: readonly string[]
}

/** Longest wait for all to be together: a vanished member's minute and a few tries at the door. */
const longestWaitMs = 180_000

/** So many may be on their way in at once. */
const mostOnTheWay = 8

/** Plays one seed. */
export async function churn(plan: ChurnPlan): Promise<ChurnReport> {
  const { origin, seed, say = () => undefined } = plan
  const draw = chance(seed)
  const names = Array.from({ length: plan.members }, (_, i) => `guest ${String(i + 1)}`)
  const room = await realRoom(origin, names)
  const ledger = new Ledger()
  const members = names.map((name) => new HeadlessMember(name, room, ledger))
  const delay = monitorEventLoopDelay({ resolution: 20 })
  delay.enable()
  const cpu = process.cpuUsage()
  const started = performance.now()
  try {
    for (const member of members) {
      await someoneFree(members)
      member.join()
      await pause(draw.between(0, 60))
    }
    const cameIn = await together(members)
    say(`${String(members.length)} came in after ${seconds(performance.now() - started)} s`)
    const deeds = cameIn === undefined ? await comeAndGo(plan, draw, { members, ledger }) : new Map<Deed, number>()
    const stormEnd = performance.now()
    for (const member of members) {
      if (member.wantsIn) continue
      await someoneFree(members)
      member.join()
    }
    const apart = cameIn ?? (await together(members))
    const { user, system } = process.cpuUsage(cpu)
    const used = (user + system) / 1000 / (performance.now() - started)
    const settled = (performance.now() - stormEnd) / 1000
    const count = (deed: Deed): number => deeds.get(deed) ?? 0
    const forks = ledger.forks()
    return {
      findings: [...(apart === undefined ? [] : [apart]), ...forks, ...ledger.undecryptable, ...ledger.alarms, ...room.bugs.map(String)],
      figures: [
        {
          what: "members in the call together at the end",
          value: apart === undefined ? members.length : 0,
          unit: "people",
          atLeast: members.length,
        },
        { what: "forks", value: forks.length, unit: "epochs", atMost: 0 },
        { what: "messages that did not open inside the published window", value: ledger.undecryptable.length, unit: "messages", atMost: 0 },
        { what: "alarms and calls founded anew", value: ledger.alarms.length, unit: "", atMost: 0 },
        { what: "bugs reported by a keeper", value: room.bugs.length, unit: "", atMost: 0 },
        { what: "all together again after the last deed", value: settled, unit: "s" },
        { what: "goodbyes", value: count("leave"), unit: "" },
        { what: "crashes", value: count("crash"), unit: "" },
        { what: "networks lost", value: count("drop"), unit: "" },
        { what: "joins and returns", value: ledger.joins, unit: "" },
        { what: "epochs", value: ledger.commits, unit: "" },
        { what: "epochs entered by a committer alone and left again", value: ledger.voided(), unit: "" },
        { what: "messages opened", value: ledger.opened, unit: "" },
        { what: "messages closed as published (too old, from before, from who is out)", value: ledger.late, unit: "" },
        { what: "processors used by all members", value: used, unit: "cores" },
        { what: "event loop late by (p99)", value: delay.percentile(99) / 1e6, unit: "ms" },
      ],
    }
  } finally {
    delay.disable()
    for (const member of members) member.crash()
  }
}

/**
 * All members share one processor here, so a crowd on its way in would keep those inside from saying that they are there. A door lets in
 * as many at a time as this machine can carry; everything else is as on a hundred devices.
 */
async function someoneFree(members: readonly HeadlessMember[]): Promise<void> {
  const end = performance.now() + longestWaitMs
  while (isCrowded(members) && performance.now() < end) await pause(50)
}

/** So many are on their way in, or those inside have not all followed the newest commit yet: the processor has enough to do. */
function isCrowded(members: readonly HeadlessMember[]): boolean {
  const wanting = members.filter((member) => member.wantsIn)
  const inside = wanting.flatMap(({ seat }) => seat ?? [])
  const newest = Math.max(0, ...inside.map(({ group }) => group.epoch))
  return wanting.length - inside.length >= mostOnTheWay || inside.some(({ group }) => group.epoch < newest)
}

type Deed = "leave" | "crash" | "drop"

interface Crowd {
  readonly members: readonly HeadlessMember[]
  readonly ledger: Ledger
}

/** Until the time is over. Returns how often which deed was done. */
async function comeAndGo({ seconds: length, every, say }: ChurnPlan, draw: Chance, { members, ledger }: Crowd): Promise<Map<Deed, number>> {
  const done = new Map<Deed, number>()
  const end = performance.now() + length * 1000
  const returns: { readonly member: HeadlessMember; readonly at: number }[] = []
  let reportAt = performance.now() + 30_000
  while (performance.now() < end) {
    await pause(draw.between(0, 2 * every))
    for (const back of returns.splice(0)) {
      if (performance.now() < back.at) returns.push(back)
      else if (isCrowded(members)) returns.push(back)
      else back.member.join()
    }
    const inside = members.filter((member) => member.seat !== undefined && member.wantsIn)
    // A call of a few is another test; and those on the way in are left alone.
    if (inside.length < Math.max(3, members.length / 2) || isCrowded(members)) continue
    const member = draw.pick(inside)
    const deed = draw.pick<Deed>(["leave", "crash", "crash", "drop"])
    done.set(deed, (done.get(deed) ?? 0) + 1)
    if (deed === "drop") member.dropSocket()
    if (deed === "leave") member.leave()
    if (deed === "crash") {
      member.crash()
      ledger.crashed(member)
    }
    if (deed !== "drop") returns.push({ member, at: performance.now() + draw.between(200, 15_000) })
    if (performance.now() > reportAt) {
      reportAt += 30_000
      say?.(`${String(inside.length)} inside, epoch ${String(inside[0]?.seat?.group.epoch ?? 0)}, ${String(ledger.opened)} messages opened`)
    }
  }
  return done
}

/** Undefined as soon as all are in one epoch and know each other; after the longest wait, why they are not. */
async function together(members: readonly HeadlessMember[]): Promise<string | undefined> {
  const end = performance.now() + longestWaitMs
  for (;;) {
    const why = whyApart(members)
    if (why === undefined || performance.now() > end) return why
    await pause(200)
  }
}

/** Why these are not all in one epoch of one call, knowing each other; undefined when they are. */
export function whyApart(members: readonly HeadlessMember[]): string | undefined {
  const first = members[0]?.seat?.group
  for (const { name, seat, session } of members) {
    if (seat === undefined || first === undefined) return `${name} is ${session.stage.phase}`
    const { group, people, isPaused } = seat
    if (group.call !== first.call) return `${name} is in another call`
    if (group.epoch !== first.epoch || group.transcript !== first.transcript) return `${name} is in another epoch`
    if (group.members.length !== members.length) return `${name} sees ${String(group.members.length)} leaves`
    if (session.socket.state !== "ready") return `${name} has no socket`
    const known = new Set(people.map((person) => person.member))
    if (!group.members.every(({ member }) => known.has(member))) return `${name} does not know everybody`
    if (isPaused) return `${name} is paused`
  }
  return undefined
}

const seconds = (ms: number): string => (ms / 1000).toFixed(1)

/** A thousand calls on the model engine: who comes, goes, sleeps, reloads and loses its network is drawn from the seed. */

import { beforeAll, describe, expect, test } from "vitest"
import { play, type Broken } from "./play.ts"
import seeds from "./seeds.json" with { type: "json" }

const seedsPlayed = 1_000

/** Sentences of all runs that broke a promise, with the command that shows it again. */
const broken: Record<keyof Broken, string[]> = { together: [], history: [], secrecy: [], leaks: [], alarms: [], rules: [], refusals: [] }
const seen = { commits: 0, removals: 0, heals: 0, voids: 0, restarts: 0, longest: 0 }

async function playAll(): Promise<void> {
  for (let seed = 1; seed <= seedsPlayed; seed++) {
    const run = await play({ seed })
    for (const promise of Object.keys(broken) as (keyof Broken)[]) {
      const sentence = run.broken[promise]
      if (sentence !== undefined) broken[promise].push(`${sentence} (npm run sim -- --seed ${String(seed)})`)
    }
    count(run)
  }
}

function count({ world, story, settledAfter }: Awaited<ReturnType<typeof play>>): void {
  const entries = world.server.rows.flatMap((row) => (row.row === "entry" ? [row.entry] : []))
  const commits = entries.filter((entry) => entry.type === "commit")
  seen.commits += commits.length
  seen.removals += commits.filter(({ removes }) => removes.length > 0).length
  seen.heals += commits.filter(({ adds, removes }) => adds.length + removes.length === 0).length
  seen.voids += entries.filter(({ type }) => type === "void").length
  seen.restarts += story.happenings.filter(({ what }) => what.endsWith("server restarts")).length
  seen.longest = Math.max(seen.longest, settledAfter ?? 0)
}

describe(`${String(seedsPlayed)} seeds on the model engine`, () => {
  beforeAll(playAll, 600_000)

  test("D9.43: each epoch of a call has one commit that holds, and all its members share one history", () => {
    expect(broken.history).toEqual([])
  })

  test("D9.44: after any storm all who want to be in are in one epoch, know each other's names, and nobody waits for ever", () => {
    expect(broken.together).toEqual([])
    expect(seen.longest).toBeLessThanOrEqual(90_000)
  })

  test("A1.17: with all it ever held, the link and every byte on every wire, nobody removed computes a later epoch", () => {
    expect(broken.secrecy).toEqual([])
  })

  test("A1.16: nor does a newcomer compute an epoch before its own", () => {
    expect(broken.secrecy).toEqual([])
  })

  test("D10.31: no secret is in any state of the server, its store, a member's machine or a trace", () => {
    expect(broken.leaks).toEqual([])
  })

  test("A1.08: nobody sees a fork where there is none", () => {
    expect(broken.alarms).toEqual([])
  })

  test("D8.11: nobody is in the group whom the rules did not let in", () => {
    expect(broken.rules).toEqual([])
  })

  test("D8.13: no honest commit is refused for a rule", () => {
    expect(broken.refusals).toEqual([])
  })

  test("D12: the storms were storms: commits, removals, heals, void commits and restarts all happened", () => {
    expect(seen.commits).toBeGreaterThan(4_000)
    expect(seen.removals).toBeGreaterThan(1_000)
    expect(seen.heals).toBeGreaterThan(100)
    expect(seen.voids).toBeGreaterThan(10)
    expect(seen.restarts).toBeGreaterThan(100)
  })
})

test.each(seeds)("D11: seed $seed stays mended: $was", async ({ seed }) => {
  expect((await play({ seed })).problem).toBeUndefined()
})

test("D10.30: a run is the same every time it is played", async () => {
  const story = async () => (await play({ seed: 77, isThorough: true })).world.members.map(({ trace }) => trace)
  expect(await story()).toEqual(await story())
})

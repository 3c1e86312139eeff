/** Twenty calls on the real engine: key worker's core, OpenMLS in WebAssembly, the same world around them. */

import { names } from "@conclave/testkit"
import { beforeAll, expect, test } from "vitest"
import { play, type Play } from "./play.ts"
import { realHouse, type RealHouse } from "./real-engine.ts"

const seedsPlayed = 20
const plays: Play[] = []
const bugs: unknown[] = []
/** Runs in which two of those in the call at the end had other bits from the epoch's media key. */
const unequal: number[] = []
/** Runs in which somebody who is out still holds the newest media key. */
const kept: number[] = []

const bitsOf = async (key: CryptoKey): Promise<string> => {
  const bits = await crypto.subtle.deriveBits(
    { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: new Uint8Array([1]) },
    key,
    128,
  )
  return new Uint8Array(bits).join()
}

async function playAll(): Promise<void> {
  for (let seed = 1; seed <= seedsPlayed; seed++) {
    const houses: RealHouse[] = []
    const run = await play({
      seed,
      async house(rules) {
        const house = await realHouse(names, rules)
        houses.push(house)
        return house
      },
    })
    plays.push(run)
    bugs.push(...houses.flatMap((house) => house.bugs))
    const keys = await Promise.all(
      run.world.members.map(async ({ name, wantsIn }) => {
        const news = houses[0]?.newest.get(name)
        return { wantsIn, bits: news && (await bitsOf(news.key)) }
      }),
    )
    const inside = new Set(keys.filter(({ wantsIn }) => wantsIn).map(({ bits }) => bits))
    if (inside.size > 1 || inside.has(undefined)) unequal.push(seed)
    if (keys.some(({ wantsIn, bits }) => !wantsIn && bits !== undefined && inside.has(bits))) kept.push(seed)
  }
}

beforeAll(playAll, 600_000)

test("D9.43: on the real engine every epoch has one commit that holds and one history", () => {
  expect(plays.map(({ broken }) => broken.history).filter((sentence) => sentence !== undefined)).toEqual([])
})

test("D9.44: on the real engine all who want to be in end up in one epoch, with everybody's name", () => {
  expect(plays).toHaveLength(seedsPlayed)
  expect(plays.flatMap(({ problem }) => problem ?? [])).toEqual([])
})

test("D15: all in the call read the same words, and their media keys are equal", () => {
  for (const { world } of plays) {
    const words = world.members.flatMap(({ wantsIn, session }) =>
      wantsIn && session.stage.phase === "in" ? [session.stage.group.words.join(" ")] : [],
    )
    expect(new Set(words).size).toBeLessThanOrEqual(1)
  }
  expect(unequal).toEqual([])
})

test("A1.17: who is out does not hold the newest media key", () => {
  expect(kept).toEqual([])
})

test("D35: no keeper met a bug of its own", () => {
  expect(bugs).toEqual([])
})

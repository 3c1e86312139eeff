/** The scenes once more on the real engine. More: `npm run sim -- --scene all --real --from 1 --to 20`. */

import { beforeAll, expect, test } from "vitest"
import { realHouse, type RealHouse } from "./real-engine.ts"
import * as door from "./scenes/door.ts"
import * as liveness from "./scenes/liveness.ts"
import * as password from "./scenes/password.ts"
import * as roles from "./scenes/roles.ts"
import { playOn, type Scene } from "./scenes/scene.ts"
import * as together from "./scenes/together.ts"

const houses: RealHouse[] = []

beforeAll(() => {
  playOn(async (people, rules) => {
    const house = await realHouse(people, rules)
    houses.push(house)
    return house
  })
})

/** Played on the real engine, without a bug in any keeper. */
async function played(...scenes: readonly Scene[]): Promise<void> {
  for (const scene of scenes) await scene(1)
  expect(houses.length).toBeGreaterThanOrEqual(scenes.length)
  expect(houses.flatMap(({ bugs }) => bugs)).toEqual([])
}

test("D17.30, D8.14: on the real engine hosts let in, refuse and block", () => played(door.hostsComeAndGo, door.refusedAndBlocked))

test("D8.11, D8.12: on the real engine locks, links for one and links that end keep out newcomers only", () =>
  played(door.lockedOut, door.linksThatEnd, door.removedAndBlocked))

test("D4.15: on the real engine a new secret reaches members, and nobody else by the old link", () => played(door.newSecret))

test("D4.14, D5.1: on the real engine hosts begin, hand over and are succeeded", () =>
  played(door.waitForHost, roles.handOver, roles.successorTakesOver, roles.listeners))

test("D18.6, D18.7, D18.10: on the real engine the room's password is proved at the door", () =>
  played(password.rightAndWrong, password.fiveTimesWrong, password.nobodyInside))

test("D8.13: on the real engine sleepers, vanished committers and floods cost nobody else a place", () =>
  played(liveness.hostSleeps, liveness.committerVanishes, liveness.floodOfGarbage))

test("D34.10, D34.11, D8.30: on the real engine hands and words are heard, and a host ends the call", () =>
  played(together.handsUp, together.wordsInBadWeather, together.hostEnds))

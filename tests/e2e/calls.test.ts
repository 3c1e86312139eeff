/** Calls between real browsers through the real server and SFU. */

import { afterAll, afterEach, beforeAll, expect, test } from "vitest"
import { en } from "../../apps/web/src/i18n/en.ts"
import type { Running } from "../browser/browsers.ts"
import { note } from "../browser/figures.ts"
import { openHouse, type House } from "../browser/house.ts"
import { agree, allSeeAndHear, hears } from "../browser/meeting.ts"
import { inCall, joinMeeting, press, startMeeting, type Person } from "../browser/person.ts"
import { movingPictureOf, pictureOf } from "../browser/picture.ts"
import { until } from "../browser/until.ts"

let house: House
let people: Person[] = []

beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())
afterEach(async () => {
  await house.empty(people)
  people = []
})

async function starts(running: Promise<Running>, name: string): Promise<Person> {
  const person = await startMeeting(await running, house.server.origin, { name })
  people.push(person)
  return person
}

async function joins(running: Promise<Running>, link: string, name: string): Promise<Person> {
  const person = await joinMeeting(await running, link, { name })
  people.push(person)
  return person
}

/** Undecryptable frames that no published change of keys explains, over everybody. */
async function noteUndecryptable(what: string): Promise<void> {
  const all = await Promise.all(people.map((one) => one.facts()))
  const outside = all.reduce((sum, { counts }) => sum + counts.outsideWindow, 0)
  const inside = all
    .flatMap(({ counts }) => Object.values(counts.refused))
    .reduce((sum, one) => sum + one.unknownKey + one.authentication, 0)
  note({ what: `${what}: frames refused outside the window`, value: outside, unit: "frames", atMost: 0 })
  note({ what: `${what}: frames refused in all`, value: inside, unit: "frames" })
  expect(outside).toBe(0)
}

test("C2: Chromium and Chromium see and hear each other, and read the same words", async () => {
  const ada = await starts(house.chromium(), "Ada")
  await joins(house.chromium(), ada.link(), "Ben")
  await allSeeAndHear(people)
  await agree(people)
  await noteUndecryptable("Chromium and Chromium")
})

test("C2: Chromium starts and Firefox joins: both see and hear, and read the same words", async () => {
  const ada = await starts(house.chromium(), "Ada")
  await joins(house.firefox(), ada.link(), "Ben")
  await allSeeAndHear(people)
  await agree(people)
  await noteUndecryptable("Chromium and Firefox")
})

test("C2: Firefox starts and Chromium joins: both see and hear, and read the same words", async () => {
  const ada = await starts(house.firefox(), "Ada")
  await joins(house.chromium(), ada.link(), "Ben")
  await allSeeAndHear(people)
  await agree(people)
  await noteUndecryptable("Firefox and Chromium")
})

test("C2: three people see and hear each other", async () => {
  const ada = await starts(house.chromium(), "Ada")
  await joins(house.firefox(), ada.link(), "Ben")
  await joins(house.chromium(), ada.link(), "Cleo")
  await allSeeAndHear(people)
  await agree(people)
  await noteUndecryptable("three people")
})

test("D22.90: four people, and a shared screen that comes and goes", async () => {
  const ada = await starts(house.lightChromium(), "Ada")
  for (const name of ["Ben", "Cleo", "Dina"]) await joins(house.lightChromium(), ada.link(), name)
  await agree(people)
  await press(ada.page, "button", en["call.share"])
  const others = people.slice(1)
  for (const person of others) {
    const first = await until(async () => (await person.facts()).tiles.find((tile) => tile.kind === "screen"), {
      for: `${person.name} to see the screen`,
    })
    await until(
      async () => (await person.facts()).tiles.some((tile) => tile.kind === "screen" && tile.framesDecoded > first.framesDecoded + 3),
      {
        for: `the screen to move for ${person.name}`,
      },
    )
  }
  await allSeeAndHear(people)
  await press(ada.page, "button", en["call.share-stop"])
  for (const person of others) {
    await until(async () => !(await person.facts()).tiles.some((tile) => tile.kind === "screen" && tile.name === undefined), {
      for: "the screen to go",
    })
  }
  await noteUndecryptable("four with a screen")
})

test("D11.90: a reload comes back without a second knock, and the old tile goes", async () => {
  const ada = await starts(house.chromium(), "Ada")
  const ben = await joins(house.chromium(), ada.link(), "Ben")
  await agree(people)
  const before = await ada.facts()
  await ben.page.reload()
  await inCall(ben.page, "Ben")
  await agree(people)
  const after = await ada.facts()
  expect(after.members.map(({ name }) => name).toSorted()).toEqual(["Ada", "Ben"])
  // One commit removes the old leaf and adds the new one.
  expect(after.epoch).toBe((before.epoch ?? 0) + 1)
  await allSeeAndHear(people)
  await noteUndecryptable("a reload")
})

test("C4: who leaves is gone from the roster, the words change, and the others go on", async () => {
  const ada = await starts(house.chromium(), "Ada")
  const ben = await joins(house.chromium(), ada.link(), "Ben")
  const cleo = await joins(house.chromium(), ada.link(), "Cleo")
  const before = await agree(people)
  await ben.leave()
  people = [ada, cleo]
  const after = await agree(people)
  expect(after).not.toBe(before)
  await until(async () => (await pictureOf(ada.page, "Ben")) === undefined, { for: "the tile of who left to lose its picture" })
  await movingPictureOf(ada.page, "Cleo")
  await hears(ada, 1)
  await ben.vanish()
})

/** Calls between real browsers through the real server and SFU. */

import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { en } from "../../apps/web/src/i18n/en.ts"
import { note } from "../browser/figures.ts"
import { gatheringIn, houseOfFile } from "../browser/gathering.ts"
import { agree, allSeeAndHear, hears } from "../browser/meeting.ts"
import { find } from "../browser/find.ts"
import { inCall, press, type Person } from "../browser/person.ts"
import { movingPictureOf, pictureOf } from "../browser/picture.ts"
import { until } from "../browser/until.ts"

const house = houseOfFile()

/** Undecryptable frames that no published change of keys explains, over everybody. */
async function noteUndecryptable(what: string, people: readonly Person[]): Promise<void> {
  const all = await Promise.all(people.map((one) => one.facts()))
  const outside = all.reduce((sum, { counts }) => sum + counts.outsideWindow, 0)
  const inside = all
    .flatMap(({ counts }) => Object.values(counts.refused))
    .reduce((sum, one) => sum + one.unknownKey + one.authentication, 0)
  note({ what: `${what}: frames refused outside the window`, value: outside, unit: "frames", atMost: 0 })
  note({ what: `${what}: frames refused in all`, value: inside, unit: "frames" })
  expect(outside).toBe(0)
}

describe("whichever browser starts", () => {
  const { people, starts, joins } = gatheringIn(house)

  test("C2: two in Chromium see and hear each other and read the same words, and then so does a third in Firefox", async () => {
    const ada = await starts("Ada", "chromium")
    await joins(ada.link(), "Ben", "lightChromium")
    await allSeeAndHear(people)
    await agree(people)
    await noteUndecryptable("Chromium and Chromium", people)
    await joins(ada.link(), "Cleo", "firefox")
    await allSeeAndHear(people)
    await agree(people)
    await noteUndecryptable("two in Chromium, one in Firefox", people)
  })

  test("C2: Firefox starts and Chromium joins: both see and hear, and read the same words", async () => {
    const ada = await starts("Ada", "firefox")
    await joins(ada.link(), "Ben", "chromium")
    await allSeeAndHear(people)
    await agree(people)
    await noteUndecryptable("Firefox and Chromium", people)
  })
})

describe("people who come and go", () => {
  const { people, starts, joins, without } = gatheringIn(house, afterAll)
  let ada: Person
  let ben: Person
  beforeAll(async () => {
    ada = await starts("Ada")
    ben = await joins(ada.link(), "Ben")
    for (const name of ["Cleo", "Dina"]) await joins(ada.link(), name)
    await agree(people)
  })

  test("D22.90: four people, and a shared screen that comes and goes", async () => {
    await press(ada.page, "button", en["call.share"])
    const others = people.slice(1)
    for (const person of others) {
      const screen = async () => (await person.facts()).tiles.find((tile) => tile.kind === "screen")
      await find(person.page, "main", en["call.people-and-share"])
      const first = await until(screen, { for: `${person.name} to see the screen` })
      await until(async () => ((await screen())?.framesDecoded ?? 0) > first.framesDecoded + 3, {
        for: `the screen to move for ${person.name}`,
      })
    }
    await allSeeAndHear(people)
    await press(ada.page, "button", en["call.share-stop"])
    for (const { page } of others) await find(page, "main", en["call.people"])
    await noteUndecryptable("four with a screen", people)
  })

  test("D11.90: a reload comes back without a second knock, and the old tile goes", async () => {
    const before = await ada.facts()
    await ben.page.reload()
    await inCall(ben.page, "Ben")
    await agree(people)
    const after = await ada.facts()
    expect(after.members.map(({ name }) => name).toSorted()).toEqual(["Ada", "Ben", "Cleo", "Dina"])
    // One commit removes the old leaf and adds the new one.
    expect(after.epoch).toBe((before.epoch ?? 0) + 1)
    await allSeeAndHear(people)
    await noteUndecryptable("a reload", people)
  })

  test("C4: who leaves is gone from the roster, the words change, and the others go on", async () => {
    const before = await agree(people)
    await ben.leave()
    const after = await agree(without(ben))
    expect(after).not.toBe(before)
    await until(async () => (await pictureOf(ada.page, "Ben")) === undefined, { for: "the tile of who left to lose its picture" })
    await Promise.all(["Cleo", "Dina"].map((name) => movingPictureOf(ada.page, name)))
    await hears(ada, 2)
  })
})

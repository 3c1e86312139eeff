/** Calls of several people in one browser. */

import { afterAll, afterEach, beforeAll, test } from "vitest"
import { openHouse, type House } from "../browser/house.ts"
import { agree, allSeeAndHear } from "../browser/meeting.ts"
import { joinMeeting, startMeeting, type Person } from "../browser/person.ts"

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

test("D23.10: three people in one Firefox see and hear each other", async () => {
  const firefox = await house.firefox()
  const ada = await startMeeting(firefox, house.server.origin, { name: "Ada" })
  people.push(ada)
  for (const name of ["Ben", "Cleo"]) people.push(await joinMeeting(firefox, ada.link(), { name }))
  await agree(people)
  await allSeeAndHear(people)
})

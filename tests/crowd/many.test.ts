/** Nine people at once: more than two cores draw in a hurry, so run by `npm run prove:call`. */

import { rmSync } from "node:fs"
import { dirname } from "node:path"
import { afterAll, afterEach, beforeAll, expect, test } from "vitest"
import { openBrowser, type Running } from "../browser/browsers.ts"
import { filmOf, tiny } from "../browser/camera-film.ts"
import { note } from "../browser/figures.ts"
import { openHouse, type House } from "../browser/house.ts"
import { agree } from "../browser/meeting.ts"
import { joinMeeting, startMeeting, type Person } from "../browser/person.ts"
import { until } from "../browser/until.ts"

let house: House
let film: string
let crowd: Running
let people: Person[] = []

beforeAll(async () => {
  house = await openHouse()
  film = filmOf("grey", tiny)
  crowd = await openBrowser({ kind: "chromium", camera: film })
})
afterAll(async () => {
  await crowd.close()
  await house.close()
  rmSync(dirname(film), { recursive: true })
})
afterEach(async () => {
  await house.empty(people)
  people = []
})

async function meet(browsers: readonly Running[]): Promise<void> {
  const names = ["Ada", "Ben", "Cleo", "Dina", "Eve", "Finn", "Gus", "Hana", "Ivo"]
  const comes = async (running: Running, index: number): Promise<void> => {
    const name = names[index] ?? ""
    const [first] = people
    people.push(
      await (first === undefined ? startMeeting(running, house.server.origin, { name }) : joinMeeting(running, first.link(), { name })),
    )
  }
  // The first one opens; the others come by twos, for two cores do not draw eight lobbies at once in time.
  for (let index = 0; index < browsers.length; index += index === 0 ? 1 : 2) {
    await Promise.all(browsers.slice(index, index === 0 ? 1 : index + 2).map((running, next) => comes(running, index + next)))
  }
}

/** Pictures decoded of everybody else so far, by name. */
async function picturesOf(person: Person): Promise<Map<string, number>> {
  const { tiles } = await person.facts()
  const cameras = tiles.filter(({ kind, name }) => kind === "camera" && name !== undefined && name !== person.name)
  return new Map(cameras.map(({ name, framesDecoded }) => [name ?? "", framesDecoded]))
}

/** Waits until three more pictures of everybody else were decoded. */
async function seesAll(person: Person): Promise<void> {
  const first = new Map<string, number>()
  await until(
    async () => {
      const now = await picturesOf(person)
      for (const [name, pictures] of now) if (pictures < (first.get(name) ?? Infinity)) first.set(name, pictures)
      const moving = [...now].filter(([name, pictures]) => pictures >= (first.get(name) ?? 0) + 3)
      if (moving.length === people.length - 1) return true
      throw new Error(`${moving.length} of ${people.length - 1} move`)
    },
    { for: `${person.name} to see all others move`, ms: 60_000 },
  )
}

test("D23.10: nine people in one Chromium see each other move and read the same words", async () => {
  const began = performance.now()
  await meet(Array.from({ length: 9 }, () => crowd))
  await agree(people)
  await Promise.all(people.map(seesAll))
  note({ what: "nine people: from the first page to everybody seeing everybody", value: (performance.now() - began) / 1000, unit: "s" })
  const all = await Promise.all(people.map((one) => one.facts()))
  expect(all.reduce((sum, { counts }) => sum + counts.outsideWindow, 0)).toBe(0)
})

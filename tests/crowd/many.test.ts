/** Nine people at once: more than two cores draw in a hurry, so run by `npm run prove:call`. */

import { rmSync } from "node:fs"
import { dirname } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import type { Page } from "puppeteer-core"
import { openBrowser, type Running } from "../browser/browsers.ts"
import { filmOf, tiny } from "../browser/camera-film.ts"
import { note } from "../browser/figures.ts"
import { houseOfFile } from "../browser/gathering.ts"
import { agree } from "../browser/meeting.ts"
import { joinMeeting, startMeeting, type Person } from "../browser/person.ts"
import { until } from "../browser/until.ts"

const house = houseOfFile()
let film: string
let crowd: Running

beforeAll(async () => {
  film = filmOf("grey", tiny)
  crowd = await openBrowser({ kind: "chromium", camera: film })
})
afterAll(async () => {
  await crowd.close()
  rmSync(dirname(film), { recursive: true })
})

/** As in most meetings of nine: who is not about to speak came in muted. In windows as small as show everybody on one page (L3). */
async function quietly(page: Page): Promise<void> {
  await page.setViewport({ width: 960, height: 640 })
  await page.evaluateOnNewDocument(() => {
    localStorage.setItem("conclave.settings", JSON.stringify({ isMutedOnJoin: true }))
  })
}

async function meet(names: readonly string[]): Promise<readonly Person[]> {
  const [first = "", ...others] = names
  const host = await startMeeting(crowd, house().server.origin, { name: first })
  const people = [host]
  for (const name of others) people.push(await joinMeeting(crowd, host.link(), { name, prepare: quietly }))
  return people
}

/** Pictures decoded of everybody else so far, by name. */
async function picturesOf(person: Person): Promise<Map<string, number>> {
  const { tiles } = await person.facts()
  const cameras = tiles.filter(({ kind, name }) => kind === "camera" && name !== undefined && name !== person.name)
  return new Map(cameras.map(({ name, framesDecoded }) => [name ?? "", framesDecoded]))
}

/** Waits until three more pictures of everybody else were decoded. */
async function seesAll(person: Person, others: number): Promise<void> {
  const first = new Map<string, number>()
  await until(
    async () => {
      const now = await picturesOf(person)
      for (const [name, pictures] of now) if (pictures < (first.get(name) ?? Infinity)) first.set(name, pictures)
      const moving = [...now].filter(([name, pictures]) => pictures >= (first.get(name) ?? 0) + 3)
      if (moving.length === others) return true
      throw new Error(`${moving.length} of ${others} move`)
    },
    { for: `${person.name} to see all others move`, ms: 60_000 },
  )
}

test("D23.10: nine people in one Chromium see each other move, hear who speaks and read the same words", async () => {
  const began = performance.now()
  const people = await meet(["Ada", "Ben", "Cleo", "Dina", "Eve", "Finn", "Gus", "Hana", "Ivo"])
  await agree(people)
  await Promise.all(people.map((one) => seesAll(one, 8)))
  note({ what: "nine people: from the first page to everybody seeing everybody", value: (performance.now() - began) / 1000, unit: "s" })
  for (const one of people.slice(1)) await until(async () => (await soundOf(one, "Ada")) > 0, { for: `${one.name} to hear Ada` })
  const all = await Promise.all(people.map((one) => one.facts()))
  expect(all.reduce((sum, { counts }) => sum + counts.outsideWindow, 0)).toBe(0)
})

async function soundOf(person: Person, name: string): Promise<number> {
  const { tiles } = await person.facts()
  return tiles.find((tile) => tile.kind === "microphone" && tile.name === name)?.audioEnergy ?? 0
}

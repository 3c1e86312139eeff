/**
 * `npm run prove:crash -- --rounds N` (3): server and SFU are killed with SIGKILL in a call, while someone is coming in.
 * Nothing that was acknowledged may be lost, nobody may have to press anything. Prints how long media was away.
 */

import { rmSync } from "node:fs"
import { dirname } from "node:path"
import { setTimeout as pause } from "node:timers/promises"
import { parseArgs } from "node:util"
import type { Page } from "puppeteer-core"
import { openBrowser, type Running } from "../../tests/browser/browsers.ts"
import { filmOf } from "../../tests/browser/camera-film.ts"
import { holds, lineOf, type Figure } from "../../tests/browser/figures.ts"
import { agree, allSeeAndHear } from "../../tests/browser/meeting.ts"
import { inCall, openPage, passLobby, personOn, startMeeting, type Person } from "../../tests/browser/person.ts"
import { startServer, type Server } from "../../tests/browser/server.ts"
import { tap, type Wiretap } from "../../tests/browser/wiretap.ts"
import { main } from "../program.ts"
import { History } from "./history.ts"

const { values } = parseArgs({ options: { rounds: { type: "string", default: "3" } } })
const rounds = Number(values.rounds)

/** Recovery after a kill: attacks on availability are measured against this (seconds). */
const goal = 15

interface Scene {
  server: Server
  readonly wiretap: Wiretap
  readonly chromium: Running
  readonly people: Person[]
  readonly figures: Figure[]
}

await main(async () => {
  const film = filmOf("grey")
  const server = await startServer()
  const wiretap = await tap(server, "")
  const scene: Scene = { server, wiretap, chromium: await openBrowser({ kind: "chromium", camera: film }), people: [], figures: [] }
  try {
    const end = await play(scene).catch((error: unknown) => error)
    for (const figure of scene.figures) console.log(lineOf(figure))
    if (end instanceof Error) console.log(`BROKEN  ${end.message}`)
    const isProven = end === undefined && scene.figures.every(holds)
    console.log(isProven ? "verdict: holds" : "verdict: BROKEN")
    return isProven ? 0 : 1
  } finally {
    await scene.chromium.close()
    wiretap.stop()
    await scene.server.stop()
    rmSync(dirname(film), { recursive: true })
  }
})

async function play(scene: Scene): Promise<void> {
  const ada = await startMeeting(scene.chromium, scene.wiretap.origin, { name: "Ada", prepare: countPresses })
  scene.people.push(ada)
  await comesIn(scene, "Ben")
  await agree(scene.people)
  await allSeeAndHear(scene.people)
  await killSfu(scene)
  for (let round = 1; round <= rounds; round++) await killAll(scene, round)
  const history = new History(scene.wiretap.traffic)
  scene.figures.push(
    { what: "acknowledged entries seen", value: history.acknowledged, unit: "entries", atLeast: rounds },
    { what: "acknowledged entries lost", value: history.lost, unit: "entries", atMost: 0 },
    { what: "entries that changed after they were sent", value: history.changed, unit: "entries", atMost: 0 },
  )
}

/** Presses Join and leaves the rest to the page. */
async function comesIn({ chromium, people }: Scene, name: string): Promise<void> {
  const page = await openPage(chromium, countPresses)
  await page.goto(people[0]?.link() ?? "")
  await passLobby(page, name)
  people.push(personOn(chromium, page, name))
}

/** Counts, inside the page, what a hand has done to it. A page that was loaded anew begins at 0 and is noticed too. */
async function countPresses(page: Page): Promise<void> {
  await page.evaluateOnNewDocument(() => {
    const counter = { presses: 0 }
    Object.defineProperty(globalThis, "__presses", { value: counter })
    for (const kind of ["pointerdown", "keydown"]) addEventListener(kind, () => (counter.presses += 1), true)
  })
}

async function pressesOf(people: readonly Person[]): Promise<number[]> {
  return Promise.all(
    people.map(({ page }) => page.evaluate(() => (globalThis as unknown as { __presses: { presses: number } }).__presses.presses)),
  )
}

async function killSfu({ server, people, figures }: Scene): Promise<void> {
  const before = await people[0]?.facts()
  const at = performance.now()
  for (const pid of server.sfu()) process.kill(pid, "SIGKILL")
  await allSeeAndHear(people)
  figures.push({ what: "SFU killed: media back for everybody after", value: (performance.now() - at) / 1000, unit: "s", atMost: goal })
  const after = await people[0]?.facts()
  figures.push({ what: "SFU killed: calls that had to begin anew", value: before?.call === after?.call ? 0 : 1, unit: "calls", atMost: 0 })
}

/** Somebody presses Join, and within half a second the power goes. */
async function killAll(scene: Scene, round: number): Promise<void> {
  const before = await scene.people[0]?.facts()
  await comesIn(scene, `Guest ${round}`)
  await pause(Math.random() * 500)
  const pressedBefore = await pressesOf(scene.people)
  const { port, data } = scene.server
  await scene.server.kill()
  const at = performance.now()
  scene.server = await startServer({ port, data })
  scene.figures.push({ what: `round ${round}: server ready after`, value: (performance.now() - at) / 1000, unit: "s", atMost: goal })
  await Promise.all(scene.people.map(({ page, name }) => inCall(page, name)))
  await agree(scene.people)
  scene.figures.push({
    what: `round ${round}: everybody in the call again after`,
    value: (performance.now() - at) / 1000,
    unit: "s",
    atMost: goal,
  })
  await allSeeAndHear(scene.people)
  const pressed = (await pressesOf(scene.people)).filter((presses, i) => presses !== pressedBefore[i])
  scene.figures.push({
    what: `round ${round}: people who had to press something or were loaded anew`,
    value: pressed.length,
    unit: "people",
    atMost: 0,
  })
  scene.figures.push({
    what: `round ${round}: media back for everybody after`,
    value: (performance.now() - at) / 1000,
    unit: "s",
    atMost: 2 * goal,
  })
  const after = await scene.people[0]?.facts()
  scene.figures.push({
    what: `round ${round}: calls that had to begin anew`,
    value: before?.call === after?.call ? 0 : 1,
    unit: "calls",
    atMost: 0,
  })
}

/**
 * `npm run prove:network`: two people in a call, one of them over a cable that is pulled, an address that changes and a way that
 * loses packets; and the SFU is killed. Nobody presses anything. Prints how soon media are back, with the limits of the design.
 * Arguments: names of trials (loss, out-5, out-30, out-120, move, sfu), all when none is named.
 */

import { rmSync } from "node:fs"
import { dirname } from "node:path"
import { setTimeout as pause } from "node:timers/promises"
import { openBrowser, type Running } from "../../tests/browser/browsers.ts"
import { filmOf } from "../../tests/browser/camera-film.ts"
import { openFar, type Far } from "../../tests/browser/far.ts"
import { holds, lineOf, type Figure } from "../../tests/browser/figures.ts"
import { goThrough, openLossyRelay, type LossyRelay } from "../../tests/browser/lossy-relay.ts"
import { agree, allSeeAndHear } from "../../tests/browser/meeting.ts"
import { joinMeeting, startMeeting, type Person } from "../../tests/browser/person.ts"
import { startServer, type Server } from "../../tests/browser/server.ts"
import { until } from "../../tests/browser/until.ts"
import { main } from "../program.ts"

const mediaPort = 17_882
const hereAddress = process.env["CONCLAVE_PRIVATE_NETWORK"] ?? ""

interface Scene {
  readonly server: Server
  readonly near: Running
  readonly far: Far
  readonly relay: LossyRelay
  readonly people: readonly [near: Person, far: Person]
  readonly figures: Figure[]
}

/** Seconds after the network is there again, or the SFU was killed, in which media must be back. */
const goals = { short: 5, rejoin: 8, sfu: 8 } as const

const trials: Readonly<Record<string, (scene: Scene) => Promise<void>>> = {
  loss: lossOfTen,
  "out-5": (scene) => out(scene, 5, goals.short),
  // The goal is the same for 30 s as for 5, though others may have removed the silent by then (D13) and it comes in anew.
  "out-30": (scene) => out(scene, 30, goals.short),
  move: moves,
  sfu: killsSfu,
  // Others remove whoever is silent for a minute: this is a new way in.
  "out-120": (scene) => out(scene, 120, goals.rejoin),
}

await main(async () => {
  const film = filmOf("grey")
  const server = await startServer({ env: { CONCLAVE_MEDIA_PORT: String(mediaPort) } })
  const relay = await openLossyRelay({ address: hereAddress, port: mediaPort })
  const near = await openBrowser({ kind: "chromium", camera: film })
  const far = await openFar({ port: server.port, camera: film })
  const figures: Figure[] = []
  try {
    const end = await play({ server, relay, near, far, figures }).catch((error: unknown) => error)
    for (const figure of figures) console.log(lineOf(figure))
    if (end instanceof Error) console.log(`BROKEN  ${end.message}`)
    const isProven = end === undefined && figures.every(holds)
    console.log(isProven ? "verdict: holds" : "verdict: BROKEN")
    return isProven ? 0 : 1
  } finally {
    await far.close()
    await near.close()
    relay.close()
    await server.stop()
    rmSync(dirname(film), { recursive: true })
  }
})

async function play(parts: Omit<Scene, "people">): Promise<void> {
  const ben = await startMeeting(parts.near, parts.server.origin, { name: "Ben" })
  const ada = await joinMeeting(parts.far.running, ben.link(), {
    name: "Ada",
    prepare: async (page) => {
      await page.evaluateOnNewDocument(goThrough, { from: mediaPort, to: parts.relay.port })
    },
  })
  const scene: Scene = { ...parts, people: [ben, ada] }
  await agree(scene.people)
  await allSeeAndHear(scene.people)
  const chosen = process.argv.slice(2)
  for (const [name, trial] of Object.entries(trials)) if (chosen.length === 0 || chosen.includes(name)) await trial(scene)
  const all = await Promise.all(scene.people.map((one) => one.facts()))
  const outside = all.reduce((sum, { counts }) => sum + counts.outsideWindow, 0)
  scene.figures.push({ what: "frames that did not open, outside the published window", value: outside, unit: "frames", atMost: 0 })
}

/** What a person sees and hears of the other: pictures decoded, energy of sound. */
async function heardOf(person: Person): Promise<{ pictures: number; sound: number }> {
  const { tiles } = await person.facts()
  const of = (kind: string) => tiles.find((tile) => tile.kind === kind && tile.name !== undefined && tile.name !== person.name)
  return { pictures: of("camera")?.framesDecoded ?? 0, sound: of("microphone")?.audioEnergy ?? 0 }
}

/** Waits until the person sees three new pictures and hears something. A new receiver counts from 0 again. */
async function flowsFor(person: Person): Promise<void> {
  let before = await heardOf(person)
  await until(
    async () => {
      const now = await heardOf(person)
      if (now.pictures < before.pictures) before = { ...before, pictures: now.pictures }
      if (now.sound < before.sound) before = { ...before, sound: now.sound }
      return now.pictures >= before.pictures + 3 && now.sound > before.sound + 1e-6
    },
    { for: `pictures and sound to flow to ${person.name}`, ms: 60_000 },
  )
}

async function noteBack({ people, figures }: Scene, what: string, atMost: number): Promise<void> {
  const at = performance.now()
  await Promise.all(people.map(flowsFor))
  figures.push({ what, value: (performance.now() - at) / 1000, unit: "s", atMost })
  // The next trial begins from a whole call.
  await agree(people)
  await allSeeAndHear(people)
}

async function out(scene: Scene, seconds: number, goal: number): Promise<void> {
  scene.far.unplug()
  await pause(seconds * 1000)
  scene.far.plug()
  await noteBack(scene, `network out for ${seconds} s: media back, both ways, after it is there again`, goal)
}

async function moves(scene: Scene): Promise<void> {
  scene.far.move()
  await noteBack(scene, "address changed: media back, both ways", goals.short)
}

async function killsSfu(scene: Scene): Promise<void> {
  for (const pid of scene.server.sfu()) process.kill(pid, "SIGKILL")
  await noteBack(scene, "SFU killed: media back, both ways", goals.sfu)
}

async function lossOfTen({ relay, people, figures }: Scene): Promise<void> {
  relay.lose(10)
  const seconds = 12
  const before = await Promise.all(people.map(heardOf))
  await pause(seconds * 1000)
  const after = await Promise.all(people.map(heardOf))
  relay.lose(0)
  for (const [index, person] of people.entries()) {
    const pictures = (after[index]?.pictures ?? 0) - (before[index]?.pictures ?? 0)
    const sound = (after[index]?.sound ?? 0) - (before[index]?.sound ?? 0)
    figures.push({ what: `10 % lost: pictures that ${person.name} sees`, value: pictures / seconds, unit: "a second", atLeast: 3 })
    figures.push({ what: `10 % lost: sound that ${person.name} hears`, value: sound > 0 ? 1 : 0, unit: "yes", atLeast: 1 })
  }
}

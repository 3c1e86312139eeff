/**
 * `npm run bench:call`: what sealing a call costs. Chromium pages call each other through the same SFU, plain, with LiveKit's own
 * encryption and with ours: two with full pictures, nine with small ones. The processor time of the whole browser is read over a
 * fixed time, and how long it takes from joining to the first picture.
 * Arguments: --rounds N (3) --seconds N (20) --people N,N (2,9).
 */

import { mkdirSync, rmSync, writeFileSync } from "node:fs"
import { cpus, loadavg } from "node:os"
import { dirname } from "node:path"
import { setTimeout as pause } from "node:timers/promises"
import { parseArgs } from "node:util"
import type { Page } from "puppeteer-core"
import { joinBareCall, serveBareCalls } from "../tests/browser/bare.ts"
import type { Encryption } from "../tests/browser/bare-call/page.ts"
import { openBrowser, type Running } from "../tests/browser/browsers.ts"
import { filmOf, tiny } from "../tests/browser/camera-film.ts"
import { joinMeeting, startMeeting } from "../tests/browser/person.ts"
import type { Pages } from "../tests/browser/pages.ts"
import { processorSeconds } from "../tests/browser/processes.ts"
import { startServer, type Server } from "../tests/browser/server.ts"
import { startSfu, type Sfu } from "../tests/browser/sfu.ts"
import { until } from "../tests/browser/until.ts"
import { mediaOf } from "../tests/browser/witness.ts"

/** One measured stretch of a call. */
interface Sample {
  /** Processor cores the browser kept busy, on average. */
  readonly cores: number
  /** Pictures a second that all pages decoded together. */
  readonly pictures: number
  /** Pictures a second that all pages encoded together, over all layers. */
  readonly encoded: number
  /** Kilobits a second that all pages received together. */
  readonly kbps: number
  /** Seconds from the last one's joining to its first picture of somebody else. */
  readonly firstPicture: number
}

type Kind = Encryption | "conclave"

const kinds: readonly { readonly kind: Kind; readonly title: string }[] = [
  { kind: "none", title: "plain" },
  { kind: "livekit", title: "LiveKit's E2EE" },
  { kind: "ours", title: "ours, on the same bare page" },
  { kind: "conclave", title: "Conclave as people use it" },
]

/** The same on both sides; worth nothing outside this measurement. */
const key = Array.from({ length: 16 }, (_, i) => i)

/** Long enough for the bandwidth estimate to allow every layer. */
const warmUpMs = 12_000

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "3" },
    seconds: { type: "string", default: "20" },
    people: { type: "string", default: "2,9" },
  },
})
const rounds = Number(values.rounds)
const seconds = Number(values.seconds)
const sizes = values.people.split(",").map(Number)

/** The group that the bare page makes up has nine places. */
const nine = 9

const [loadBefore = 0] = loadavg()
const film = filmOf("grey", tiny)
const samples = await measureAll()
rmSync(dirname(film), { recursive: true })
const text = report(samples)
mkdirSync(new URL("results", import.meta.url), { recursive: true })
writeFileSync(new URL("results/call.md", import.meta.url), text)
console.log(text)
process.exit(0)

type Found = ReadonlyMap<string, readonly Sample[]>

const nameOf = (kind: Kind, people: number): string => `${kind} ${people}`

async function measureAll(): Promise<Found> {
  const sfu = await startSfu()
  const server = await startServer()
  const pages = await serveBareCalls()
  const found = new Map<string, Sample[]>()
  try {
    // The kinds take turns, so that whatever else the machine does hits them alike.
    for (let round = 0; round < rounds; round++) {
      for (const people of sizes) {
        for (const { kind, title } of kinds) {
          const bare = { sfu, pages, room: `${kind}-${people}-${round}`, people }
          const sample = await measure(kind === "conclave" ? inProduct(server, people) : onBarePage({ ...bare, encryption: kind }), people)
          console.log(
            `round ${round + 1}, ${people} people, ${title}: ${sample.cores.toFixed(2)} cores, ${sample.pictures.toFixed(1)} pictures/s`,
          )
          found.set(nameOf(kind, people), [...(found.get(nameOf(kind, people)) ?? []), sample])
        }
      }
    }
  } finally {
    sfu.stop()
    pages.stop()
    await server.stop()
  }
  return found
}

/** What came of bringing people together: their pages, and when the last one began to join. */
interface Met {
  readonly pages: readonly Page[]
  readonly lastAt: number
}

type Meet = (running: Running) => Promise<Met>

interface BareMeeting {
  readonly encryption: Encryption
  readonly sfu: Sfu
  readonly pages: Pages
  readonly room: string
  readonly people: number
}

function onBarePage({ encryption, sfu, pages, room, people }: BareMeeting): Meet {
  return async (running) => {
    const met: Page[] = []
    let lastAt = 0
    for (let leaf = 0; leaf < people; leaf++) {
      const token = await sfu.grant({ room, identity: `person-${leaf}`, canPublish: true })
      lastAt = performance.now()
      met.push(await joinBareCall(running, pages, { url: sfu.url, token, isPublishing: true, encryption, leaf, key }))
    }
    return { pages: met, lastAt }
  }
}

/** The whole product: its pages, its server, its group. */
function inProduct(server: Server, people: number): Meet {
  return async (running) => {
    const ada = await startMeeting(running, server.origin, { name: "Ada" })
    const met = [ada.page]
    let lastAt = 0
    for (let guest = 1; guest < people; guest++) {
      lastAt = performance.now()
      met.push((await joinMeeting(running, ada.link(), { name: `Guest ${guest}` })).page)
    }
    return { pages: met, lastAt }
  }
}

async function measure(meet: Meet, people: number): Promise<Sample> {
  const running = await openBrowser({ kind: "chromium", ...(people >= nine ? { camera: film } : {}) })
  try {
    const { pages, lastAt } = await meet(running)
    const last = pages.at(-1)
    if (last === undefined) throw new Error("bug: nobody met")
    await until(async () => (await totals([last])).decoded > 0, { for: "the first picture", ms: 30_000 })
    const firstPicture = (performance.now() - lastAt) / 1000
    for (const page of pages) await until(async () => (await totals([page])).decoded > 0, { for: "the first picture", ms: 30_000 })
    await pause(people >= nine ? warmUpMs / 2 : warmUpMs)
    return { ...(await sample(running, pages)), firstPicture }
  } finally {
    await running.close()
  }
}

async function sample(running: Running, pages: readonly Page[]): Promise<Omit<Sample, "firstPicture">> {
  const before = { ...(await totals(pages)), cpu: processorSeconds(running.pid), at: performance.now() }
  await pause(seconds * 1000)
  const after = { ...(await totals(pages)), cpu: processorSeconds(running.pid), at: performance.now() }
  const elapsed = (after.at - before.at) / 1000
  return {
    cores: (after.cpu - before.cpu) / elapsed,
    pictures: (after.decoded - before.decoded) / elapsed,
    encoded: (after.encoded - before.encoded) / elapsed,
    kbps: ((after.bytes - before.bytes) * 8) / 1000 / elapsed,
  }
}

async function totals(pages: readonly Page[]): Promise<{ decoded: number; encoded: number; bytes: number }> {
  const media = await Promise.all(pages.map((page) => mediaOf(page)))
  const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0)
  return {
    decoded: sum(media.flatMap((one) => one.inbound.map((stream) => stream.framesDecoded))),
    encoded: sum(media.flatMap((one) => one.outbound.map((stream) => stream.framesEncoded))),
    bytes: sum(media.flatMap((one) => one.inbound.map((stream) => stream.bytes))),
  }
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

function report(found: Found): string {
  return [
    "# What sealing a call costs",
    "",
    "Chromium pages in one browser through livekit-server 1.13.5 on the same machine: two with a camera of 1280x720 (VP8, three layers),",
    "nine with one of 160x90 and five pictures a second (one layer), and a microphone each. Processor cores the browser with all its",
    `processes kept busy over ${seconds} s after warming up; medians of ${rounds} rounds in turns. Only the ratios mean anything. The ratio by`,
    "picture (processor time for each picture encoded, over all layers) is the fairer one: a busy machine makes a browser encode fewer.",
    "The last column: seconds from opening the last one's page to its first picture of somebody else; in the last row that is the",
    "product's lobby, the way into the group and its keys too.",
    "",
    ...sizes.flatMap((people) => [`## ${people} people`, "", ...tableOf(found, people), ""]),
    `Command: \`npm run bench:call -- --rounds ${rounds} --seconds ${seconds} --people ${sizes.join(",")}\``,
    "",
    `Machine: ${cpus().length} cores, ${cpus()[0]?.model ?? "unknown"}; Node ${process.version}; load average before the run ${loadBefore.toFixed(1)}.`,
    "",
  ].join("\n")
}

function tableOf(found: Found, people: number): readonly string[] {
  const of = (kind: Kind, read: (sample: Sample) => number) => median((found.get(nameOf(kind, people)) ?? []).map(read))
  const price = (sample: Sample): number => (1000 * sample.cores) / sample.encoded
  const plain = { cores: of("none", (sample) => sample.cores), price: of("none", price) }
  const rows = kinds.map(({ kind, title }) => {
    const cores = of(kind, (sample) => sample.cores)
    const each = (found.get(nameOf(kind, people)) ?? []).map((sample) => sample.cores.toFixed(2)).join(" ")
    const cells = [
      cores.toFixed(2),
      (cores / plain.cores).toFixed(2),
      of(kind, price).toFixed(2),
      (of(kind, price) / plain.price).toFixed(2),
      of(kind, (sample) => sample.encoded).toFixed(0),
      of(kind, (sample) => sample.pictures).toFixed(1),
      of(kind, (sample) => sample.kbps).toFixed(0),
      each,
      of(kind, (sample) => sample.firstPicture).toFixed(1),
    ]
    return `| ${title} | ${cells.join(" | ")} |`
  })
  return [
    "| call | cores | ratio | ms/picture | ratio by picture | encoded/s | decoded/s | kbit/s received | cores in each round | first picture, s |",
    "|---|---|---|---|---|---|---|---|---|---|",
    ...rows,
  ]
}

/**
 * `npm run bench:call`: what sealing a call costs. Two Chromium pages call each other through the same SFU, plain, with
 * LiveKit's own encryption and with ours, and the processor time of the whole browser is read over a fixed time.
 * Arguments: --rounds N (3) --seconds N (20).
 */

import { mkdirSync, writeFileSync } from "node:fs"
import { cpus, loadavg } from "node:os"
import { setTimeout as pause } from "node:timers/promises"
import { parseArgs } from "node:util"
import type { Page } from "puppeteer-core"
import { joinBareCall, serveBareCalls } from "../tests/browser/bare.ts"
import type { Encryption } from "../tests/browser/bare-call/page.ts"
import { openBrowser, type Running } from "../tests/browser/browsers.ts"
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
  /** Pictures a second that both pages decoded together. */
  readonly pictures: number
  /** Pictures a second that both pages encoded together, over all layers. */
  readonly encoded: number
  /** Kilobits a second that both pages received together. */
  readonly kbps: number
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

const { values } = parseArgs({ options: { rounds: { type: "string", default: "3" }, seconds: { type: "string", default: "20" } } })
const rounds = Number(values.rounds)
const seconds = Number(values.seconds)

const [loadBefore = 0] = loadavg()
const samples = await measureAll()
const text = report(samples)
mkdirSync(new URL("results", import.meta.url), { recursive: true })
writeFileSync(new URL("results/call.md", import.meta.url), text)
console.log(text)
process.exit(0)

async function measureAll(): Promise<ReadonlyMap<Kind, readonly Sample[]>> {
  const sfu = await startSfu()
  const server = await startServer()
  const pages = await serveBareCalls()
  const found = new Map<Kind, Sample[]>(kinds.map(({ kind }) => [kind, []]))
  try {
    // The kinds take turns, so that whatever else the machine does hits them alike.
    for (let round = 0; round < rounds; round++) {
      for (const { kind, title } of kinds) {
        const sample = await measure(
          kind === "conclave" ? inProduct(server) : onBarePage({ encryption: kind, sfu, pages, room: `${kind}-${round}` }),
        )
        console.log(`round ${round + 1} ${title}: ${sample.cores.toFixed(2)} cores, ${sample.pictures.toFixed(1)} pictures/s`)
        found.get(kind)?.push(sample)
      }
    }
  } finally {
    sfu.stop()
    pages.stop()
    await server.stop()
  }
  return found
}

/** Brings two people together in a browser and returns their pages. */
type Meet = (running: Running) => Promise<readonly Page[]>

interface BareMeeting {
  readonly encryption: Encryption
  readonly sfu: Sfu
  readonly pages: Pages
  readonly room: string
}

function onBarePage({ encryption, sfu, pages, room }: BareMeeting): Meet {
  return async (running) => {
    const join = async (identity: string, leaf: number) => {
      const token = await sfu.grant({ room, identity, canPublish: true })
      return joinBareCall(running, pages, { url: sfu.url, token, isPublishing: true, encryption, leaf, key })
    }
    return [await join("ada", 0), await join("ben", 1)]
  }
}

/** The whole product: its pages, its server, its group. */
function inProduct(server: Server): Meet {
  return async (running) => {
    const ada = await startMeeting(running, server.origin, { name: "Ada" })
    const ben = await joinMeeting(running, ada.link(), { name: "Ben" })
    return [ada.page, ben.page]
  }
}

async function measure(meet: Meet): Promise<Sample> {
  const running = await openBrowser({ kind: "chromium" })
  try {
    const both = await meet(running)
    for (const page of both) await until(async () => (await totals([page])).decoded > 0, { for: "the first picture", ms: 20_000 })
    await pause(warmUpMs)
    return await sample(running, both)
  } finally {
    await running.close()
  }
}

async function sample(running: Running, pages: readonly Page[]): Promise<Sample> {
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

function report(found: ReadonlyMap<Kind, readonly Sample[]>): string {
  const of = (kind: Kind, read: (sample: Sample) => number) => median((found.get(kind) ?? []).map(read))
  const price = (sample: Sample): number => (1000 * sample.cores) / sample.encoded
  const plain = { cores: of("none", (sample) => sample.cores), price: of("none", price) }
  const rows = kinds.map(({ kind, title }) => {
    const cores = of(kind, (sample) => sample.cores)
    const each = (found.get(kind) ?? []).map((sample) => sample.cores.toFixed(2)).join(" ")
    const cells = [
      cores.toFixed(2),
      (cores / plain.cores).toFixed(2),
      of(kind, price).toFixed(2),
      (of(kind, price) / plain.price).toFixed(2),
      of(kind, (sample) => sample.encoded).toFixed(0),
      of(kind, (sample) => sample.pictures).toFixed(1),
      of(kind, (sample) => sample.kbps).toFixed(0),
      each,
    ]
    return `| ${title} | ${cells.join(" | ")} |`
  })
  return [
    "# What sealing a call costs",
    "",
    "Two Chromium pages in one browser, camera 1280x720 (VP8, three layers) and microphone each, through livekit-server 1.13.5 on the",
    `same machine. Processor cores the browser with all its processes kept busy over ${seconds} s after ${warmUpMs / 1000} s of warming up;`,
    `medians of ${rounds} rounds in turns. Only the ratios mean anything. The ratio by picture (processor time for each picture encoded,`,
    "over all layers) is the fairer one: a busy machine makes a browser encode fewer. The last row also draws the product's pages.",
    "",
    "| call | cores | ratio | ms/picture | ratio by picture | encoded/s | decoded/s | kbit/s received | cores in each round |",
    "|---|---|---|---|---|---|---|---|---|",
    ...rows,
    "",
    `Command: \`npm run bench:call -- --rounds ${rounds} --seconds ${seconds}\``,
    "",
    `Machine: ${cpus().length} cores, ${cpus()[0]?.model ?? "unknown"}; Node ${process.version}; load average before the run ${loadBefore.toFixed(1)}.`,
    "",
  ].join("\n")
}

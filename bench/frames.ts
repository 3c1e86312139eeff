/**
 * `npm run bench:frames`: what a frame costs, in Chromium and in Firefox: one bare WebCrypto call, our sealer and opener,
 * our whole frame path, and livekit-client's own E2EE worker code, in one worker and in turns. Then 100 sound streams.
 * Arguments: --rounds N (5) --seconds N (5) --browsers chromium,firefox
 */

import { mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { cpus } from "node:os"
import { fileURLToPath } from "node:url"
import { parseArgs } from "node:util"
import type { Page } from "puppeteer-core"
import { openBrowser, type Kind, type Running } from "../tests/browser/browsers.ts"
import { servePages, type Pages } from "../tests/browser/pages.ts"
import { processorSeconds } from "../tests/browser/processes.ts"
import type { AskFrames } from "./frames-page/page.ts"
import { makers, sizes, type Cost, type Direction, type Load, type Maker, type Question } from "./frames-page/questions.ts"

const directions = ["encrypt", "decrypt"] as const

/** One run of the hundred streams: processor cores of the whole browser beside it. */
interface LoadRun extends Load {
  readonly maker: Maker
  readonly direction: Direction
  readonly cores: number
}

interface Found {
  readonly version: string
  readonly costs: readonly Cost[]
  readonly loads: readonly LoadRun[]
}

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "5" },
    seconds: { type: "string", default: "5" },
    browsers: { type: "string", default: "chromium,firefox" },
  },
})
const rounds = Number(values.rounds)
const seconds = Number(values.seconds)

const pages = await servePages(fileURLToPath(new URL("frames-page", import.meta.url)))
const found = new Map<Kind, Found>()
for (const kind of values.browsers.split(",") as Kind[]) found.set(kind, await measure(kind))
pages.stop()
const text = report()
mkdirSync(new URL("results", import.meta.url), { recursive: true })
writeFileSync(new URL("results/frames.md", import.meta.url), text)
console.log(text)
process.exit(0)

async function measure(kind: Kind): Promise<Found> {
  const running = await openBrowser({ kind })
  try {
    const page = await openPage(running, pages)
    const costs: Cost[] = []
    // The makers take turns, so that whatever else the machine does hits them alike.
    for (let round = 0; round < rounds; round++) {
      for (const size of sizes) {
        for (const direction of directions) {
          for (const maker of makers)
            costs.push({ size, direction, maker, micros: (await ask(page, { do: "cost", size, direction, maker })) as number })
        }
      }
      console.error(`${kind}: round ${round + 1} of ${rounds}`)
    }
    const loads: LoadRun[] = []
    for (let round = 0; round < 3; round++) {
      for (const direction of directions) {
        for (const maker of ["pass", "ours", "livekit"] as const) loads.push(await load(running, page, { maker, direction }))
      }
    }
    return { version: await running.browser.version(), costs, loads }
  } finally {
    await running.close()
  }
}

async function openPage(running: Running, { origin }: Pages): Promise<Page> {
  const page = await running.browser.newPage()
  page.setDefaultTimeout(120_000)
  page.on("console", (message) => console.error(`page: ${message.text()}`))
  await page.goto(origin)
  return page
}

async function load(running: Running, page: Page, { maker, direction }: { maker: Maker; direction: Direction }): Promise<LoadRun> {
  console.error(`load: ${maker} ${direction}`)
  await ask(page, { do: "prepare", maker, direction, seconds })
  const before = { cpu: processorSeconds(running.pid), at: performance.now() }
  const result = (await ask(page, { do: "load" })) as Load
  const elapsed = (performance.now() - before.at) / 1000
  return { ...result, maker, direction, cores: (processorSeconds(running.pid) - before.cpu) / elapsed }
}

async function ask(page: Page, question: Question): Promise<unknown> {
  const text = await page.evaluate((asked: Question) => (globalThis as unknown as { askFrames: AskFrames }).askFrames(asked), question)
  return JSON.parse(text) as unknown
}

function costTable({ costs }: Found): string[] {
  // The best round is the one that the rest of the machine disturbed least.
  const micros = (size: number, direction: Direction, maker: Maker): number =>
    Math.min(
      ...costs.filter((cost) => cost.size === size && cost.direction === direction && cost.maker === maker).map((cost) => cost.micros),
    )
  const rows = sizes.flatMap((size) =>
    directions.map((direction) => {
      const of = (maker: Maker): number => micros(size, direction, maker)
      const cells = [
        ...makers.map((maker) => of(maker).toFixed(1)),
        (of("ours-bare") / of("raw")).toFixed(2),
        (of("ours") / of("livekit")).toFixed(2),
      ]
      return `| ${size} B | ${direction} | ${cells.join(" | ")} |`
    }),
  )
  return [
    "| frame | | raw WebCrypto | our sealer/opener | a transform that does nothing | our frame path | LiveKit's worker | sealer/raw | path/LiveKit |",
    "|---|---|---|---|---|---|---|---|---|",
    ...rows,
  ]
}

function loadTable({ loads }: Found): string[] {
  const titles: Partial<Record<Maker, string>> = {
    pass: "a transform that does nothing",
    ours: "our frame path",
    livekit: "LiveKit's worker",
  }
  const rows = directions.flatMap((direction) => {
    const of = (maker: Maker, read: (run: LoadRun) => number): number =>
      Math.min(...loads.filter((run) => run.maker === maker && run.direction === direction).map(read))
    const idle = of("pass", (run) => run.cores)
    return (["pass", "ours", "livekit"] as const).map((maker) => {
      const cores = of(maker, (run) => run.cores)
      const lost = of(maker, (run) => run.fed - run.out)
      const cells = [cores.toFixed(2), maker === "pass" ? "-" : `${((cores - idle) * 100).toFixed(0)} %`]
      return `| ${titles[maker] ?? maker} | ${direction} | ${cells.join(" | ")} | ${of(maker, (run) => run.p50).toFixed(1)} | ${of(maker, (run) => run.p99).toFixed(1)} | ${lost} |`
    })
  })
  return [
    "| 100 streams x 50/s | | cores of the browser | of one core, above doing nothing | wait p50 ms | p99 ms | frames not out |",
    "|---|---|---|---|---|---|---|",
    ...rows,
  ]
}

function report(): string {
  const livekit = JSON.parse(readFileSync(new URL("../node_modules/livekit-client/package.json", import.meta.url), "utf8")) as {
    version: string
  }
  const parts = [...found].flatMap(([, one]) => ["", `## ${one.version}`, "", ...costTable(one), "", ...loadTable(one)])
  return [
    "# What a frame costs",
    "",
    `Microseconds per frame, one stream, one frame after another, in one worker; the best of ${rounds} rounds in turns. 100 B is Opus, the rest VP8`,
    'delta frames. "Raw" is one WebCrypto AES-128-GCM call and nothing else; the sealer and opener add header, key id, counter, replay window and',
    `layout; the frame path adds streams, owner binding and counts. LiveKit's is the E2EE worker code of livekit-client ${livekit.version} as published,`,
    "fed by its own messages through the same kind of streams (it keeps no replay window). Below each: 100 sound streams of 100 B at 50 frames a",
    `second in one worker, ${seconds} s, the best of 3; processor time of the whole browser. A receiver of ours holds back its first frame (D23), so 100`,
    "frames are not out when decrypting. Only ratios within one run mean anything.",
    ...parts,
    "",
    `Command: \`npm run bench:frames -- --rounds ${rounds} --seconds ${seconds}\``,
    "",
    `Machine: ${cpus().length} cores, ${cpus()[0]?.model ?? "unknown"}; Node ${process.version}.`,
    "",
  ].join("\n")
}

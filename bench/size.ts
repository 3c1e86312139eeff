/**
 * `npm run bench:size`: what one more join, a removal, a healing and a message cost each member of a call of 10, 100, 500 and 1 000.
 * Arguments: --sizes 10,100,500,1000
 */

import { mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { cpus } from "node:os"
import { parseArgs } from "node:util"
import { holds, lineOf, type Figure } from "../tests/browser/figures.ts"
import { events, measure, type Found } from "./size/measure.ts"

const { values } = parseArgs({ options: { sizes: { type: "string", default: "10,100,500,1000" } } })
const sizes = values.sizes.split(",").map(Number)
/** One more join costs a member at 1 000 at most so many times what it costs at 100. */
const goal = 1.5

const found: Found[] = []
for (const size of sizes) {
  const started = performance.now()
  found.push(await measure(size))
  console.log(`${String(size)} members: ${((performance.now() - started) / 1000).toFixed(0)} s`)
}
const figures = growth()
console.log(tables())
for (const figure of figures) console.log(lineOf(figure))
mkdirSync(new URL("results", import.meta.url), { recursive: true })
writeFileSync(new URL("results/size.md", import.meta.url), report())
console.log(figures.every(holds) ? "verdict: holds" : "verdict: the goal is missed; bench/results/size.md says why")
process.exit(0)

function growth(): Figure[] {
  const at = (size: number): Found | undefined => found.find((one) => one.size === size)
  const [hundred, thousand] = [at(100), at(1000)]
  if (hundred === undefined || thousand === undefined) return []
  const ratio = (of: (one: Found) => number): number => of(thousand) / of(hundred)
  return [
    {
      what: "one more join costs a member at 1 000",
      value: ratio((one) => followers(one, "join")),
      unit: "times what it costs at 100",
      atMost: goal,
    },
    { what: "a removal", value: ratio((one) => followers(one, "remove")), unit: "times" },
    { what: "a healing", value: ratio((one) => followers(one, "heal")), unit: "times" },
    { what: "a message", value: ratio((one) => followers(one, "message")), unit: "times" },
  ]
}

function tables(): string {
  const head = (first: string): string =>
    `| ${first} | ${sizes.map((size) => `${String(size)} members`).join(" | ")} |\n|---|${sizes.map(() => "---").join("|")}|`
  const row = (name: string, of: (one: Found) => string): string => `| ${name} | ${found.map(of).join(" | ")} |`
  return [
    head("milliseconds of processor time"),
    ...events.map((event) => row(`${event}: each member that follows`, (one) => followers(one, event).toFixed(2))),
    ...events.map((event) => row(`${event}: the one who does it`, (one) => median(one.costs.get(event)?.actor ?? []).toFixed(2))),
    row("join: the newcomer, until it knows everybody", (one) => median(one.newcomer).toFixed(1)),
    "",
    head("bytes"),
    ...events.map((event) => row(`${event}: commit or message`, (one) => kilobytes(one.costs.get(event)?.bytes ?? 0))),
    row("join: Welcome", (one) => kilobytes(one.sent.welcome)),
    row("join: tree", (one) => kilobytes(one.sent.tree)),
    "",
  ].join("\n")
}

function report(): string {
  const machine = `${cpus()[0]?.model ?? "unknown processor"}, ${String(cpus().length)} cores; Node ${process.version}`
  const text = readFileSync(new URL("size/explanation.md", import.meta.url), "utf8")
  return [
    "# What a larger call costs each member",
    "",
    `\`npm run bench:size -- --sizes ${values.sizes}\` on ${machine}.`,
    "",
    tables(),
    ...figures.map((figure) => `- ${lineOf(figure).slice(8)}: ${holds(figure) ? "holds" : "missed"}`),
    "",
    text,
  ].join("\n")
}

function followers(one: Found, event: (typeof events)[number]): number {
  return median(one.costs.get(event)?.followers ?? [])
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`
}

/**
 * `npm run bench:group`: what a commit, a join and a message cost at 10 to 1 000 members: our engine, the same wrapper around OpenMLS'
 * own provider and storage (built on demand; needs Rust), and ts-mls 1.6.4. Arguments: --sizes 10,100,500,1000 --without ts-mls,stock
 */

import { loadEngineFromDisk } from "@conclave/mls-engine/node"
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { cpus } from "node:os"
import { fileURLToPath, pathToFileURL } from "node:url"
import { parseArgs } from "node:util"
import { compile } from "../packages/mls-engine/scripts/compile.ts"
import { findToolchain } from "../packages/mls-engine/scripts/toolchain.ts"
import { measure, steps, type Found, type Step } from "./group/measure.ts"
import type { Contender, Warmth } from "./group/peer.ts"
import { tsMlsContender } from "./group/ts-mls-peer.ts"
import { wasmContender, type WasmModule } from "./group/wasm-peer.ts"

const { values } = parseArgs({
  options: { sizes: { type: "string", default: "10,100,500,1000" }, without: { type: "string", default: "" } },
})
const sizes = values.sizes.split(",").map(Number)
const without = new Set(values.without.split(","))

type Row = { readonly size: number; readonly warmth: Warmth; readonly found: readonly (Found | string)[] }

const contenders: (Contender | string)[] = [wasmContender("ours", await loadEngineFromDisk())]
contenders.push(without.has("stock") ? "left out" : ((await stock()) ?? "needs Rust"))
contenders.push(without.has("ts-mls") ? "left out" : await tsMlsContender())
const names = ["ours", "stock OpenMLS", "ts-mls 1.6.4"]

const rows: Row[] = []
for (const size of sizes) {
  for (const warmth of ["cold", "warm"] as const) {
    const found: (Found | string)[] = []
    for (const contender of contenders) found.push(typeof contender === "string" ? contender : await measure(contender, size, warmth))
    rows.push({ size, warmth, found })
    console.log(tableOf({ size, warmth, found }))
  }
}
mkdirSync(new URL("results", import.meta.url), { recursive: true })
writeFileSync(new URL("results/group.md", import.meta.url), report())

/** OpenMLS' provider and storage in our wrapper: built once into a folder that is not in the repository. */
async function stock(): Promise<Contender | undefined> {
  const home = fileURLToPath(new URL("../packages/mls-engine", import.meta.url))
  const out = `${home}/.build/stock-module`
  if (!existsSync(`${out}/engine_bg.wasm`)) {
    const toolchain = findToolchain()
    if (toolchain === undefined) return undefined
    compile({ toolchain, source: home, work: `${home}/.build`, out, features: ["stock"] })
  }
  type Face = WasmModule & { initSync(options: { module: BufferSource }): unknown }
  const face = (await import(pathToFileURL(`${out}/engine.js`).href)) as Face
  face.initSync({ module: readFileSync(`${out}/engine_bg.wasm`) })
  return wasmContender("stock OpenMLS", face)
}

function report(): string {
  const machine = `${cpus()[0]?.model ?? "unknown processor"}, ${cpus().length} cores; Node ${process.version}`
  return [
    "# What the group engine costs",
    "",
    `\`npm run bench:group -- --sizes ${values.sizes}\` on ${machine}.`,
    "",
    "Milliseconds of processor time (user and system, all threads), medians; in brackets how many times our time. Cold: one commit added all,",
    "nobody else has committed. Warm: filled in batches of ten by members of the batch before, as D12 has it. Stock is the same wrapper around",
    "OpenMLS' RustCrypto provider and MemoryStorage. ts-mls runs its X-Wing suite with SHA-512, without PSK, adds without a path and is handed the",
    "tree as objects, all in its favour; from 500 members on it has one round, cold only. Only ratios within one run mean anything.",
    "",
    ...rows.map(tableOf),
    "",
  ].join("\n")
}

function tableOf({ size, warmth, found }: Row): string {
  const head = `## ${size} members, ${warmth}\n\n| | ${names.join(" | ")} |\n|---|${names.map(() => "---").join("|")}|`
  const lines = steps.map((step) => `| ${step} | ${found.map((one) => cell(one, found[0], step)).join(" | ")} |`)
  const sizes = (["addBytes", "removeBytes"] as const).map((kind, index) => {
    const cells = found.map((one) => (typeof one === "string" ? brief(one) : `${kilobytes(one[kind])} kB`))
    return `| commit that ${["adds 10", "removes 1"][index]} | ${cells.join(" | ")} |`
  })
  const failures = found.flatMap((one, index) => (typeof one === "string" && brief(one) !== one ? [`\n${names[index]} ${one}.`] : []))
  return [head, ...lines, ...sizes, ...failures, ""].join("\n")
}

function cell(one: Found | string, ours: Found | string | undefined, step: Step): string {
  if (typeof one === "string") return brief(one)
  const time = median(one.times.get(step) ?? [])
  if (ours === undefined || typeof ours === "string" || one === ours) return time.toFixed(2)
  return `${time.toFixed(2)} (${(time / median(ours.times.get(step) ?? [])).toFixed(1)})`
}

/** Why there is no number, for a cell; the whole of a failure stands below its table. */
function brief(reason: string): string {
  return reason.startsWith("failed: ") ? "fails" : reason
}

function median(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[times.length >> 1] ?? Number.NaN
}

function kilobytes(bytes: number): string {
  return (bytes / 1000).toFixed(1)
}

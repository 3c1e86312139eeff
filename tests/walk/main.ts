/** `npm run walk -- --commits 3000 --seed 7`: the random walk, as long as one likes. Without a seed it takes one, and says it. */

import { loadEngineFromDisk } from "@conclave/mls-engine/node"
import { randomInt } from "node:crypto"
import { parseArgs } from "node:util"
import { walk } from "./walk.ts"

const { values } = parseArgs({ options: { commits: { type: "string", default: "3000" }, seed: { type: "string" } } })
const commits = Number(values.commits)
const seed = Number(values.seed ?? randomInt(0xffffffff))
if (!Number.isSafeInteger(commits) || commits < 1 || !Number.isSafeInteger(seed)) {
  console.error("Usage: npm run walk -- [--commits N] [--seed N]")
  process.exit(2)
}
console.log(`Walking ${commits} commits with seed ${seed} …`)
const started = performance.now()
const { joins, removals, largest, foundings } = walk(await loadEngineFromDisk(), { seed, commits })
const seconds = Math.round((performance.now() - started) / 1000)
console.log(
  `All agreed after each of ${commits} commits: ${joins} joins, ${removals} removals, at most ${largest} present, ${foundings} groups, ${seconds} s.`,
)

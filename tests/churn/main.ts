/**
 * `npm run churn -- --members 100 --minutes 5 --seed 7`: a crowd without media on the real server and its real SFU. Without a seed it
 * takes one, and says it. `--every` is the mean time between two deeds in milliseconds.
 */

import { randomInt } from "node:crypto"
import { parseArgs } from "node:util"
import { holds, lineOf } from "../browser/figures.ts"
import { processorSeconds } from "../browser/processes.ts"
import { startServer } from "../browser/server.ts"
import { churn } from "./churn.ts"

const { values } = parseArgs({
  options: {
    members: { type: "string", default: "100" },
    minutes: { type: "string", default: "5" },
    every: { type: "string", default: "1500" },
    seed: { type: "string" },
  },
})
const members = Number(values.members)
const seconds = Number(values.minutes) * 60
const every = Number(values.every)
const seed = Number(values.seed ?? randomInt(0xffffffff))
if (![members, seconds, every, seed].every((number) => number >= 0) || members < 3) {
  console.error("Usage: npm run churn -- [--members N] [--minutes N] [--every MS] [--seed N]")
  process.exit(2)
}
console.log(`${String(members)} members for ${values.minutes} minutes with seed ${String(seed)} …`)
const server = await startServer()
const started = performance.now()
try {
  const { figures, findings } = await churn({
    origin: server.origin,
    members,
    seconds,
    seed,
    every,
    say: (line) => {
      console.log(line)
    },
  })
  const used = processorSeconds(server.pid) / ((performance.now() - started) / 1000)
  for (const figure of [...figures, { what: "processors used by server and SFU", value: used, unit: "cores" }]) console.log(lineOf(figure))
  for (const finding of findings.slice(0, 20)) console.log(`BROKEN  ${finding}`)
  const isProven = figures.every(holds)
  console.log(isProven ? "verdict: holds" : `verdict: BROKEN (again with --seed ${String(seed)})`)
  process.exitCode = isProven ? 0 : 1
} finally {
  await server.stop()
}

/**
 * `npm run check`: everything that can be judged without running the product. `npm run check -- lint types` runs only the checks
 * whose names begin so. Two at a time, the slow ones first.
 */
import { availableParallelism } from "node:os"
import { dependencies } from "./check/dependencies.ts"
import { languageCheck } from "./check/languages.ts"
import { ruleNumbers } from "./check/rule-numbers.ts"
import { deadCode, format, imports, lint, types, type Findings } from "./check/tools.ts"
import { main } from "./program.ts"
import { writeTally } from "./tally.ts"

interface Check {
  readonly name: string
  readonly run: () => Findings | Promise<Findings>
}

const all: readonly Check[] = [
  { name: "lint", run: lint },
  { name: "types", run: types },
  { name: "format", run: format },
  { name: "dead code", run: deadCode },
  { name: "import rules", run: imports },
  { name: "rule numbers", run: ruleNumbers },
  { name: "dependencies", run: dependencies },
  { name: "languages", run: languageCheck },
]

await main(async () => {
  const wanted = process.argv.slice(2)
  const checks = all.filter(({ name }) => wanted.length === 0 || wanted.some((word) => name.startsWith(word)))
  const queue = [...checks]
  let failed = 0
  const work = async (): Promise<void> => {
    for (let check = queue.shift(); check !== undefined; check = queue.shift()) {
      const isGood = await carryOut(check)
      // In a statement of its own: `failed += await …` would read the sum before the other check has added to it.
      if (!isGood) failed++
    }
  }
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), 4) }, work))
  writeTally("check", { passed: checks.length - failed, failed })
  return failed === 0 && checks.length > 0 ? 0 : 1
})

async function carryOut({ name, run }: Check): Promise<boolean> {
  const startedAt = Date.now()
  const findings = await Promise.resolve(run())
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1)
  console.log(`${findings.length === 0 ? "ok    " : "FAILED"}  ${name} (${seconds} s)`)
  for (const line of findings) console.log(`        ${line}`)
  return findings.length === 0
}

/**
 * `npm run prove:attacks [-- --full]`: every attack of families A1 and A2 on the product as it is, in the reduced counts of
 * `npm test` or in the catalogue's. Prints each row with its count and verdict; exits non-zero when one got through, when a
 * test failed, and when a row was not tried at all.
 */

import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs"
import { dirname, join } from "node:path"
import { parseArgs } from "node:util"
import { allTried, forgetTried, type Tried } from "../../tests/hostile/tried.ts"
import { idsOf } from "../claims/ids.ts"
import { runInForeground } from "../node24.mjs"
import { main, root } from "../program.ts"
import type { VitestReport } from "../tally.ts"

/** Beside the suites' own reports, which `npm run claims` reads. */
const report = join(root, ".reports", "prove", "attacks.json")

const numbered = (family: string, last: number): string[] =>
  Array.from({ length: last }, (_, n) => `${family}.${String(n + 1).padStart(2, "0")}`)

/** Rows that must be tried. A2.06 and A2.16 to A2.18 belong to later work (docs/threat-model.md). */
const rows = [...numbered("A1", 20), ...numbered("A2", 15).filter((row) => row !== "A2.06"), "A2.19"]

await main(async () => {
  const { values } = parseArgs({ options: { full: { type: "boolean", default: false } } })
  forgetTried()
  rmSync(report, { force: true })
  mkdirSync(dirname(report), { recursive: true })
  const env = { ...process.env, ...(values.full ? { CONCLAVE_ATTACKS: "full" } : {}) }
  const program = join(root, "node_modules/vitest/vitest.mjs")
  const args = [program, "run", "--project", "hostile", "--reporter=default", "--reporter=json", `--outputFile.json=${report}`]
  const code = await runInForeground(process.execPath, args, { cwd: root, env })
  const tests = testsOf(report)
  const tried = allTried()
  console.log("")
  const others = [...new Set(tried.map(({ row }) => row))].filter((row) => !rows.includes(row)).sort()
  const verdicts = [...rows, ...others].map((row) => tell(row, { tests, tried }))
  const held = verdicts.filter(Boolean).length
  const isProven = code === 0 && held === verdicts.length
  console.log(`\n${String(held)} of ${String(verdicts.length)} rows hold, ${values.full ? "full" : "reduced"} counts`)
  console.log(isProven ? "verdict: holds" : "verdict: BROKEN")
  return isProven ? 0 : 1
})

interface Ran {
  readonly ids: readonly string[]
  readonly hasPassed: boolean
}

function testsOf(path: string): readonly Ran[] {
  if (!existsSync(path)) return []
  const { testResults } = JSON.parse(readFileSync(path, "utf8")) as VitestReport
  return testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .map(({ title, status }) => ({ ids: idsOf(title), hasPassed: status === "passed" }))
}

/** Prints one row; true when it holds. */
function tell(row: string, { tests, tried }: { readonly tests: readonly Ran[]; readonly tried: readonly Tried[] }): boolean {
  const ran = tests.filter(({ ids }) => ids.includes(row))
  const parts = tried.filter((each) => each.row === row)
  const isHeld =
    ran.length > 0 && ran.every(({ hasPassed }) => hasPassed) && parts.every(({ tries, through }) => tries > 0 && through === 0)
  const verdict = ran.length === 0 ? "UNTRIED" : isHeld ? "holds" : "BROKEN"
  const count = parts.reduce((sum, { tries }) => sum + tries, 0)
  const through = parts.reduce((sum, each) => sum + each.through, 0)
  const figures = parts.length === 0 ? "in the browser" : `${String(count)} tries, ${String(through)} through`
  const what = [...new Set(parts.map((each) => each.what))].join("; ")
  console.log(`${verdict.padEnd(8)} ${row.padEnd(6)} ${figures}, ${String(ran.length)} tests${what === "" ? "" : `: ${what}`}`)
  return isHeld
}

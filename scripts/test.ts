/**
 * `npm test`: every suite on a clean clone, in the order cheap to dear.
 * `npm test -- unit sim` runs only those named. Last line: `N passed, N failed`. Exits non-zero when anything failed and when a suite
 * ran nothing.
 */
import { join } from "node:path"
import { buildClient } from "./client.ts"
import { ensureBrowsers, ensurePostgres } from "./debian.ts"
import { installDependencies } from "./dependencies.ts"
import { runInNamespace } from "./in-namespace.ts"
import { Refusal, runInForeground } from "./node24.mjs"
import { main, root } from "./program.ts"
import { sfuBinary } from "./sfu.ts"
import { forgetReport, readOwnTally, readTally, reportOf, type Tally } from "./tally.ts"

interface Suite {
  readonly name: string
  /** A vitest project, or a script of ours that leaves its own tally. */
  readonly by: "vitest" | "script"
  /** `sfu`: the media server; `house`: it, the built client, browsers, sound and the private network. */
  readonly needs?: "sfu" | "house"
  /** More words for the script. */
  readonly args?: readonly string[]
  /** Starts a PostgreSQL of its own. */
  readonly isOnPostgres?: true
}

const suites: readonly Suite[] = [
  { name: "check", by: "script" },
  { name: "unit", by: "vitest", needs: "sfu", isOnPostgres: true },
  { name: "sim", by: "vitest" },
  { name: "identity", by: "vitest" },
  { name: "walk", by: "vitest" },
  // A quarter of them, another one with each commit: all take three minutes, and `npm run defences` does that.
  { name: "defences", by: "script", args: ["--part", "4"], isOnPostgres: true },
  { name: "hostile", by: "vitest", needs: "house" },
  { name: "leaks", by: "vitest", needs: "house" },
  { name: "e2e", by: "vitest", needs: "house" },
  { name: "claims", by: "script" },
]

await main(async () => {
  const chosen = choose(process.argv.slice(2))
  await installDependencies()
  const env: NodeJS.ProcessEnv = { ...process.env }
  const isHouseNeeded = chosen.some(({ needs }) => needs === "house")
  if (isHouseNeeded) await ensureBrowsers()
  if (chosen.some(({ isOnPostgres }) => isOnPostgres)) await ensurePostgres()
  if (chosen.some(({ needs }) => needs !== undefined)) env["CONCLAVE_SFU_BIN"] = await sfuBinary()
  if (isHouseNeeded) await buildClient()
  const tallies = new Map<string, Tally>()
  for (const suite of chosen) tallies.set(suite.name, await runSuite(suite, env))
  return conclude(chosen.map(({ name }) => [name, tallies.get(name) ?? { passed: 0, failed: 1 }]))
})

function choose(names: readonly string[]): readonly Suite[] {
  const unknown = names.filter((name) => !suites.some((suite) => suite.name === name))
  if (unknown.length > 0)
    throw new Refusal(`There is no suite called ${unknown.join(", ")}; there are: ${suites.map((suite) => suite.name).join(", ")}.`)
  return names.length === 0 ? suites : suites.filter((suite) => names.includes(suite.name))
}

async function runSuite(suite: Suite, env: NodeJS.ProcessEnv): Promise<Tally> {
  const startedAt = Date.now()
  console.log(`\n── ${suite.name} ${"─".repeat(Math.max(0, 60 - suite.name.length))}`)
  forgetReport(suite.name)
  const command = suite.by === "script" ? [join(root, "scripts", `${suite.name}.ts`), ...(suite.args ?? [])] : vitest(suite.name)
  const code = await (suite.needs === "house"
    ? runInNamespace(command, env)
    : runInForeground(process.execPath, command, { cwd: root, env }))
  const tally = fairTally(code, suite.by === "script" ? readOwnTally(suite.name) : readTally(suite.name))
  console.log(`${suite.name}: ${sentence(tally)} (${String(Math.round((Date.now() - startedAt) / 1000))} s)`)
  return tally
}

function vitest(project: string): string[] {
  const report = `--outputFile.json=${reportOf(project)}`
  const program = join(root, "node_modules/vitest/vitest.mjs")
  return [program, "run", "--project", project, "--passWithNoTests", "--reporter=default", "--reporter=json", report]
}

/** A suite that ran nothing, left no report, or ended badly without naming a failure has failed once. */
function fairTally(code: number, tally: Tally | undefined): Tally {
  if (tally === undefined) return { passed: 0, failed: 1 }
  const isHollow = tally.passed + tally.failed === 0 || (code !== 0 && tally.failed === 0)
  return isHollow ? { ...tally, failed: tally.failed + 1 } : tally
}

function sentence({ passed, failed }: Tally): string {
  return `${String(passed)} passed, ${String(failed)} failed`
}

function conclude(tallies: readonly [string, Tally][]): number {
  console.log("")
  for (const [name, tally] of tallies) console.log(`${name.padEnd(10)} ${sentence(tally)}`)
  const sum = tallies.reduce((all, [, tally]) => ({ passed: all.passed + tally.passed, failed: all.failed + tally.failed }), {
    passed: 0,
    failed: 0,
  })
  console.log(sentence(sum))
  return sum.failed === 0 ? 0 : 1
}

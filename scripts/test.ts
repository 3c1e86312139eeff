/**
 * `npm test`: every suite on a clean clone, in two lanes: calls in real browsers wait a third of their time, and what needs nothing but
 * the processor gets that.
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
import { runBehind } from "./run-behind.ts"
import { sfuBinary } from "./sfu.ts"
import { forgetReport, readOwnTally, readTally, reportOf, type Tally } from "./tally.ts"

interface Suite {
  readonly name: string
  /** A vitest project, or a script of ours that leaves its own tally. */
  readonly by: "vitest" | "script"
  /** `sfu`: the media server; `house`: it, the built client, browsers, sound and the private network. */
  readonly needs?: "sfu" | "house"
  /** Runs beside the others with what they leave of the processor, and says all it has to say when it is done. */
  readonly isBeside?: true
  /** Reads what all others left. */
  readonly isLast?: true
  /** Starts a PostgreSQL of its own. */
  readonly isOnPostgres?: true
}

const suites: readonly Suite[] = [
  { name: "check", by: "script", isBeside: true },
  { name: "sim", by: "vitest", isBeside: true },
  { name: "walk", by: "vitest", isBeside: true },
  { name: "defences", by: "script", isBeside: true, isOnPostgres: true },
  { name: "unit", by: "vitest", needs: "sfu", isOnPostgres: true },
  { name: "identity", by: "vitest" },
  { name: "leaks", by: "vitest", needs: "house" },
  { name: "hostile", by: "vitest", needs: "house" },
  { name: "e2e", by: "vitest", needs: "house" },
  { name: "claims", by: "script", isLast: true },
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
  let isInterrupted = false
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => (isInterrupted = true))
  const run = async (lane: readonly Suite[], way: Way): Promise<void> => {
    for (const suite of lane) {
      if (isInterrupted) return
      tallies.set(suite.name, await runSuite(suite, env, way))
    }
  }
  const last = chosen.filter(({ isLast }) => isLast)
  const beside = chosen.filter(({ isBeside }) => isBeside)
  const others = chosen.filter((suite) => !last.includes(suite) && !beside.includes(suite))
  await Promise.all([run(others, inFront), run(beside, others.length === 0 ? inFront : behind)])
  await run(last, inFront)
  return conclude(chosen.map(({ name }) => [name, tallies.get(name) ?? { passed: 0, failed: 1 }]))
})

function choose(names: readonly string[]): readonly Suite[] {
  const unknown = names.filter((name) => !suites.some((suite) => suite.name === name))
  if (unknown.length > 0)
    throw new Refusal(`There is no suite called ${unknown.join(", ")}; there are: ${suites.map((suite) => suite.name).join(", ")}.`)
  return names.length === 0 ? suites : suites.filter((suite) => names.includes(suite.name))
}

/** Runs a program to its end; gives its exit code, and what it printed where that was kept back. */
type Way = (suite: Suite, command: readonly string[], env: NodeJS.ProcessEnv) => Promise<readonly [code: number, printed: string]>

async function inFront(...[{ name, needs }, command, env]: Parameters<Way>): ReturnType<Way> {
  console.log(headline(name))
  const code = await (needs === "house" ? runInNamespace(command, env) : runInForeground(process.execPath, command, { cwd: root, env }))
  return [code, ""]
}

async function behind(...[{ name }, command, env]: Parameters<Way>): ReturnType<Way> {
  const { code, printed } = await runBehind([process.execPath, ...command], { cwd: root, env })
  return [code, `${headline(name)}\n${printed}`]
}

function headline(name: string): string {
  return `\n── ${name} ${"─".repeat(Math.max(0, 60 - name.length))}`
}

async function runSuite(suite: Suite, env: NodeJS.ProcessEnv, way: Way): Promise<Tally> {
  const startedAt = Date.now()
  forgetReport(suite.name)
  const command = suite.by === "script" ? [join(root, "scripts", `${suite.name}.ts`)] : vitest(suite.name)
  const [code, printed] = await way(suite, command, env)
  const tally = fairTally(code, suite.by === "script" ? readOwnTally(suite.name) : readTally(suite.name))
  console.log(`${printed}${suite.name}: ${sentence(tally)} (${String(Math.round((Date.now() - startedAt) / 1000))} s)`)
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

/**
 * `npm run defences`: takes each defence out in turn in a scratch copy, runs the test that must notice, and restores. Exits non-zero
 * when a defence can be taken out unnoticed, is not found, or its test does not pass while it is in place. `-- --only WORD` runs
 * those whose name contains the word.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { parseArgs } from "node:util"
import { without, type Defence } from "./defences/defence.ts"
import { defences } from "./defences/list.ts"
import { scratchCopy } from "./defences/scratch.ts"
import { Refusal } from "./node24.mjs"
import { main, runProgram } from "./program.ts"
import { writeTally, type VitestReport } from "./tally.ts"

/** What the named test did: nothing of that name ran, it passed, it failed, or its file could not even be loaded. */
type Colour = "none" | "green" | "red" | "broken"

await main(async () => {
  const { values } = parseArgs({ options: { only: { type: "string" } } })
  const chosen = defences.filter(({ name }) => name.includes(values.only ?? ""))
  if (chosen.length === 0) throw new Refusal(`There is no defence whose name contains ${values.only ?? ""}.`)
  const scratch = await scratchCopy()
  try {
    let unnoticed = 0
    for (const defence of chosen) unnoticed += (await report(defence, scratch.folder)) ? 0 : 1
    console.log(`${String(chosen.length - unnoticed)} defences hold, ${String(unnoticed)} can be removed unnoticed`)
    writeTally("defences", { passed: chosen.length - unnoticed, failed: unnoticed })
    return unnoticed === 0 ? 0 : 1
  } finally {
    scratch.remove()
  }
})

async function report(defence: Defence, folder: string): Promise<boolean> {
  const problem = await takeOut(defence, folder)
  console.log(
    `${problem === undefined ? "ok    " : "FAILED"}  ${defence.rule.padEnd(6)} ${defence.name}${problem === undefined ? "" : `: ${problem}`}`,
  )
  return problem === undefined
}

/** Why this defence proves nothing, or undefined when its test notices that it is gone. */
async function takeOut(defence: Defence, folder: string): Promise<string | undefined> {
  const path = join(folder, defence.file)
  const source = existsSync(path) ? readFileSync(path, "utf8") : ""
  const weakened = without(source, defence)
  if (weakened === undefined) return `its text does not stand exactly once in ${defence.file}`
  const before = await colourOf(defence, folder)
  if (before !== "green") return `its test ${defence.test.name} in ${defence.test.file} is ${before} while the defence is in place`
  writeFileSync(path, weakened)
  try {
    const after = await colourOf(defence, folder)
    return after === "red" ? undefined : `without it the test ${defence.test.name} in ${defence.test.file} is ${after}`
  } finally {
    writeFileSync(path, source)
  }
}

async function colourOf({ test }: Defence, folder: string): Promise<Colour> {
  const output = join(folder, ".reports", "defence.json")
  const name = `(^| )${test.name.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&")}`
  const args = ["run", "--project", "unit", test.file, "-t", name, "--reporter=json", `--outputFile=${output}`]
  mkdirSync(dirname(output), { recursive: true })
  writeFileSync(output, "")
  await runProgram(process.execPath, [join(folder, "node_modules/vitest/vitest.mjs"), ...args], { cwd: folder })
  const written = readFileSync(output, "utf8")
  return written === "" ? "broken" : colourIn(JSON.parse(written) as VitestReport)
}

function colourIn(report: VitestReport): Colour {
  const tests = report.testResults
    .flatMap((file) => file.assertionResults)
    .filter(({ status }) => status === "passed" || status === "failed")
  if (tests.some(({ status }) => status === "failed")) return "red"
  if (report.testResults.some(({ status }) => status === "failed")) return "broken"
  return tests.length === 0 ? "none" : "green"
}

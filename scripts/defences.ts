/**
 * `npm run defences`: takes each defence out in turn in a scratch copy, runs the test that must notice, and restores. Exits non-zero
 * when a defence can be taken out unnoticed, is not found, or its test does not pass while it is in place. `-- --only WORD` runs
 * those whose name contains the word.
 */
import { availableParallelism } from "node:os"
import { parseArgs } from "node:util"
import { idsOf } from "./claims/ids.ts"
import { without, type Defence } from "./defences/defence.ts"
import { defences } from "./defences/list.ts"
import { openWorkshop, type Workshop } from "./defences/workshop.ts"
import { Refusal } from "./node24.mjs"
import { main } from "./program.ts"
import { writeTally, type VitestReport } from "./tally.ts"

/**
 * What the named test did: nothing of that name, with the id of a rule before it, ran; it passed, it failed, its time was up (which proves
 * nothing on a machine that has other things to do), or its file could not even be loaded.
 */
type Colour = "none" | "green" | "red" | "late" | "broken"

await main(async () => {
  const { values } = parseArgs({ options: { only: { type: "string" } } })
  const chosen = defences.filter(({ name }) => name.includes(values.only ?? ""))
  if (chosen.length === 0) throw new Refusal(`There is no defence whose name contains ${values.only ?? ""}.`)
  // One copy of the tree for each core.
  const workshops = await Promise.all(Array.from({ length: Math.min(availableParallelism(), 4) }, openWorkshop))
  try {
    const [first] = workshops
    if (first === undefined) throw new Error("bug: no core to run on")
    const untouched = await first.run([...new Set(chosen.map(({ test }) => test.file))])
    const queue = [...chosen]
    const unnoticed = (await Promise.all(workshops.map((workshop) => workOff(queue, workshop, untouched)))).reduce(
      (sum, one) => sum + one,
      0,
    )
    console.log(`${chosen.length - unnoticed} defences hold, ${unnoticed} can be removed unnoticed`)
    writeTally("defences", { passed: chosen.length - unnoticed, failed: unnoticed })
    return unnoticed === 0 ? 0 : 1
  } finally {
    for (const workshop of workshops) workshop.close()
  }
})

/** Takes defences from the queue until it is empty. How many were not noticed. */
async function workOff(queue: Defence[], workshop: Workshop, untouched: VitestReport): Promise<number> {
  let unnoticed = 0
  for (let defence = queue.shift(); defence !== undefined; defence = queue.shift()) {
    const isNoticed = await carryOut(defence, workshop, untouched)
    if (!isNoticed) unnoticed++
  }
  return unnoticed
}

async function carryOut(defence: Defence, workshop: Workshop, untouched: VitestReport): Promise<boolean> {
  const problem = await takeOut(defence, workshop, untouched)
  console.log(
    `${problem === undefined ? "ok    " : "FAILED"}  ${defence.rule.padEnd(6)} ${defence.name}${problem === undefined ? "" : `: ${problem}`}`,
  )
  return problem === undefined
}

/** Why this defence proves nothing, or undefined when its test notices that it is gone. */
async function takeOut(defence: Defence, workshop: Workshop, untouched: VitestReport): Promise<string | undefined> {
  const { file, test } = defence
  const source = workshop.read(file)
  const weakened = without(source, defence)
  if (weakened === undefined) return `its text does not stand exactly once in ${file}`
  const before = colourOf(test, untouched)
  if (before !== "green") return `its test "${test.name}" in ${test.file} is ${before} while the defence is in place`
  workshop.write(file, weakened)
  try {
    const after = colourOf(test, await workshop.run([test.file], test.name))
    return after === "red" ? undefined : `without it the test "${test.name}" in ${test.file} is ${after}`
  } finally {
    workshop.write(file, source)
  }
}

function colourOf({ file, name }: Defence["test"], report: VitestReport): Colour {
  const ran = report.testResults.filter((each) => each.name.endsWith(file))
  const tests = ran
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ title }) => idsOf(title).length > 0 && title.includes(name))
  const failures = tests.filter(({ status }) => status === "failed")
  if (failures.some(({ failureMessages }) => !failureMessages?.every((message) => / timed out in \d+ms/.test(message)))) return "red"
  if (failures.length > 0) return "late"
  if (ran.some(({ status, assertionResults }) => status === "failed" && assertionResults.length === 0)) return "broken"
  return tests.some(({ status }) => status === "passed") ? "green" : "none"
}

/** Judges claims by the last reports: each needs a test that passed, and none that failed or was skipped. */
import type { VitestReport } from "../tally.ts"
import type { Claim } from "./documents.ts"
import { idsOf, isPartOf } from "./ids.ts"

/** One test of a report. */
export interface TestRun {
  readonly name: string
  readonly status: string
  readonly ids: readonly string[]
}

export interface Verdict {
  readonly claim: Claim
  readonly result: "passed" | "failed" | "skipped" | "missing" | "stated limit" | "later"
  /** The name of a test that decided, and how many there were. */
  readonly test?: string
  readonly tests: number
}

/** The tests of some reports that begin with an id. */
export function testsOf(reports: readonly VitestReport[]): TestRun[] {
  return reports.flatMap((report) =>
    report.testResults.flatMap((file) =>
      file.assertionResults.flatMap((test) => {
        const ids = [...new Set([...idsOf(test.title), ...idsOf(test.fullName)])]
        return ids.length === 0 ? [] : [{ name: test.title, status: test.status, ids }]
      }),
    ),
  )
}

/** The verdict on one claim. Every id that it is proven by needs tests of its own; the worst result among them is the claim's. */
export function verdictOn(claim: Claim, tests: readonly TestRun[]): Verdict {
  const sets = claim.provenBy.map((id) => tests.filter((test) => test.ids.some((each) => isPartOf(each, id))))
  const all = [...new Set(sets.flat())]
  const say = (result: Verdict["result"], test = all[0]?.name): Verdict => ({
    claim,
    result,
    tests: all.length,
    ...(test === undefined ? {} : { test }),
  })
  const bad = all.find((test) => test.status === "failed")
  if (bad !== undefined) return say("failed", bad.name)
  if (claim.exempt !== undefined) return say(claim.exempt)
  if (sets.some((set) => set.length === 0)) return say("missing")
  const skipped = all.find((test) => test.status !== "passed")
  return skipped === undefined ? say("passed") : say("skipped", skipped.name)
}

/** Whether a claim stands: proven, or honestly out of a test's reach. */
export const stands = ({ result }: Verdict): boolean => result === "passed" || result === "stated limit" || result === "later"

/** One line for people: id, result, claim, test. */
export function lineOf({ claim, result, test, tests }: Verdict): string {
  const more = tests > 1 ? ` (and ${String(tests - 1)} more)` : ""
  return `${claim.id.padEnd(7)} ${result.padEnd(12)} ${short(claim.text, 90)} · ${test === undefined ? "no test" : short(test, 100) + more}`
}

const short = (text: string, length: number): string => {
  const plain = text.replaceAll(/[*`]/g, "")
  return plain.length <= length ? plain : `${plain.slice(0, length - 1)}…`
}

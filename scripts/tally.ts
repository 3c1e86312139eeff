/** Counting: what a suite did, read from its report. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { root } from "./program.ts"

export interface Tally {
  readonly passed: number
  readonly failed: number
}

/** Where a suite leaves its report; `claims` reads these. */
export const reportOf = (suite: string, folder = root): string => join(folder, ".reports", `${suite}.json`)

/** The parts we use of the report that vitest writes in Jest's JSON form. */
export interface VitestReport {
  readonly testResults: readonly {
    readonly name: string
    readonly status: string
    readonly message?: string
    readonly assertionResults: readonly {
      readonly fullName: string
      readonly title: string
      readonly status: string
      readonly failureMessages?: readonly string[]
    }[]
  }[]
}

/** A file that could not be loaded has no failed test in it and still counts as one failure; a skipped test counts as nothing. */
export function tallyOf(report: VitestReport): Tally {
  let passed = 0
  let failed = 0
  for (const file of report.testResults) {
    const failedHere = file.assertionResults.filter((test) => test.status === "failed").length
    passed += file.assertionResults.filter((test) => test.status === "passed").length
    failed += failedHere === 0 && file.status === "failed" ? 1 : failedHere
  }
  return { passed, failed }
}

/** The tally of a vitest run, or undefined when it left no report. */
export function readTally(suite: string): Tally | undefined {
  const path = reportOf(suite)
  return existsSync(path) ? tallyOf(JSON.parse(readFileSync(path, "utf8")) as VitestReport) : undefined
}

/** Removes a suite's last report, so that an old one is never taken for a new one. */
export function forgetReport(suite: string): void {
  rmSync(reportOf(suite), { force: true })
}

/** Leaves the tally of a suite that is not run by vitest. */
export function writeTally(suite: string, tally: Tally): void {
  const path = reportOf(suite)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, JSON.stringify({ ...tally, testResults: [] }, undefined, 2))
}

/** The tally that `writeTally` left. */
export function readOwnTally(suite: string): Tally | undefined {
  const path = reportOf(suite)
  if (!existsSync(path)) return undefined
  const { passed, failed } = JSON.parse(readFileSync(path, "utf8")) as Tally
  return { passed, failed }
}

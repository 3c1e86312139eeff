/** Numbers that a run has found, kept for the command that prints them with their limits. */

import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync } from "node:fs"
import { fileURLToPath } from "node:url"

const folder = fileURLToPath(new URL("../../.reports/", import.meta.url))
const file = `${folder}figures.jsonl`

export interface Figure {
  readonly what: string
  readonly value: number
  readonly unit: string
  /** The figure may not be above this. Absent: printed only. */
  readonly atMost?: number
  /** The figure may not be below this. */
  readonly atLeast?: number
}

/** Notes a figure; the command that runs the test prints it. */
export function note(figure: Figure): void {
  mkdirSync(folder, { recursive: true })
  appendFileSync(file, `${JSON.stringify(figure)}\n`)
}

export function forgetFigures(): void {
  rmSync(file, { force: true })
}

/** What was noted since `forgetFigures`. */
export function figures(): Figure[] {
  if (!existsSync(file)) return []
  return readFileSync(file, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Figure)
}

/** Whether a figure keeps within its limits. */
export const holds = ({ value, atMost, atLeast }: Figure): boolean =>
  (atMost === undefined || value <= atMost) && (atLeast === undefined || value >= atLeast)

/** One line: what, figure, limit, verdict. */
export function lineOf(figure: Figure): string {
  const { what, value, unit, atMost, atLeast } = figure
  const limit = [...(atMost === undefined ? [] : [`at most ${atMost}`]), ...(atLeast === undefined ? [] : [`at least ${atLeast}`])].join(
    ", ",
  )
  const verdict = limit === "" ? "noted" : holds(figure) ? "holds" : "BROKEN"
  const shown = Number.isInteger(value) ? String(value) : value.toFixed(2)
  return `${verdict.padEnd(6)}  ${what}: ${shown} ${unit}${limit === "" ? "" : ` (${limit})`}`
}

/** What each attack came to, kept for `npm run prove:attacks`, which prints it. */

import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync } from "node:fs"
import { fileURLToPath } from "node:url"

const folder = fileURLToPath(new URL("../../.reports/", import.meta.url))
const file = `${folder}attacks.jsonl`

/** One attack, so many times. */
export interface Tried {
  /** The row of the catalogue, or the rule. */
  readonly row: string
  /** What was done, in a few words. */
  readonly what: string
  readonly tries: number
  /** How many of them reached what they were after. None may. */
  readonly through: number
}

export function noteTried(tried: Tried): void {
  mkdirSync(folder, { recursive: true })
  appendFileSync(file, `${JSON.stringify(tried)}\n`)
}

export function forgetTried(): void {
  rmSync(file, { force: true })
}

/** Everything noted since `forgetTried`. */
export function allTried(): readonly Tried[] {
  if (!existsSync(file)) return []
  return readFileSync(file, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Tried)
}

/** What every attack is held to. */

import { expect } from "vitest"
import { noteTried, type Tried } from "./tried.ts"

/** Notes an attack: it was tried, and never got through. */
export function blocked(tried: Tried): void {
  noteTried(tried)
  expect(tried.tries, `${tried.row}: ${tried.what} was never tried`).toBeGreaterThan(0)
  expect(tried.through, `${tried.row}: ${tried.what}`).toBe(0)
}

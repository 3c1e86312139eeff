/** Waiting for a state instead of for a time. */

import { setTimeout as pause } from "node:timers/promises"

export interface Patience {
  /** Milliseconds until the wait is given up. */
  readonly ms?: number
  /** What is waited for; the first words of the error. */
  readonly for: string
}

/**
 * Asks `look` again and again until it gives something other than undefined or false, and returns that.
 * @throws Error with the last answer or the last error when patience ends.
 */
export async function until<T>(look: () => T | undefined | false | Promise<T | undefined | false>, patience: Patience): Promise<T> {
  const end = performance.now() + (patience.ms ?? 30_000)
  let last: unknown
  for (;;) {
    try {
      const seen = await look()
      if (seen !== undefined && seen !== false) return seen
      last = seen
    } catch (error) {
      last = error instanceof Error ? error.message : error
    }
    if (performance.now() > end) throw new Error(`waited in vain for ${patience.for} (last: ${String(last)})`)
    await pause(100)
  }
}

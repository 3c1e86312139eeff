/** What follows from an attempt (D40.11, D40.13). Pure: time and chance are given. */

import type { DeliveryProblem } from "@conclave/api"
import type { Attempted, Standing } from "./ports.ts"

export const pace = {
  attempts: 12,
  firstMs: 5_000,
  factor: 4,
  longestMs: 12 * 3600 * 1000,
  disabledAfterMs: 5 * 24 * 3600 * 1000,
} as const

/** What came of one request. `status` undefined: nothing answered. */
export interface Outcome {
  /** Undefined: it arrived. */
  readonly problem: DeliveryProblem | undefined
  readonly status: number | undefined
}

interface Attempt {
  readonly outcome: Outcome
  /** Attempts before this one. */
  readonly attempts: number
  readonly failingSince: number | undefined
  readonly at: number
  readonly tookMs: number
  /** 0 to less than 1. */
  readonly chance: number
}

export function afterAttempt({ outcome, attempts, failingSince, at, tookMs, chance }: Attempt): {
  readonly attempted: Attempted
  readonly standing: Standing
} {
  const facts = { at, tookMs, ...outcome }
  if (outcome.problem === undefined)
    return {
      attempted: { ...facts, state: "delivered", nextAt: undefined },
      standing: { failingSince: undefined, disabledBecause: undefined },
    }
  const isLast = attempts + 1 >= pace.attempts
  const since = failingSince ?? at
  return {
    attempted: { ...facts, state: isLast ? "given-up" : "waiting", nextAt: isLast ? undefined : at + delayAfter(attempts + 1, chance) },
    standing: { failingSince: since, disabledBecause: at - since >= pace.disabledAfterMs ? "failing" : undefined },
  }
}

/** Shortened by chance, so that what failed together does not come back together. `failures` from 1. */
export function delayAfter(failures: number, chance: number): number {
  const whole = Math.min(pace.longestMs, pace.firstMs * pace.factor ** (failures - 1))
  return Math.round(whole * (0.5 + chance / 2))
}

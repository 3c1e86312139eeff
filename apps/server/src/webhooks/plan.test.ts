import fc from "fast-check"
import { expect, test } from "vitest"
import { afterAttempt, delayAfter, pace, type Outcome } from "./plan.ts"

const failure: Outcome = { problem: "status", status: 500 }
const success: Outcome = { problem: undefined, status: 204 }
const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })

test("D40.11: the time until the next attempt grows to 12 hours, and chance takes away half of it at most", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100 }), chance, (failures, by) => {
      const whole = Math.min(12 * 3600_000, 5000 * 4 ** (failures - 1))
      const delay = delayAfter(failures, by)
      expect(delay).toBeGreaterThanOrEqual(whole / 2)
      expect(delay).toBeLessThanOrEqual(whole)
      expect(delayAfter(failures + 1, by)).toBeGreaterThanOrEqual(delay)
    }),
  )
})

test("D40.11: whatever fails how often, a delivery ends: by the first success, or after 12 attempts", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.boolean(), chance), { minLength: 12, maxLength: 30 }), (tries) => {
      let [at, attempts, failingSince] = [1_000, 0, undefined as number | undefined]
      for (const [isSuccess, by] of tries) {
        const { attempted, standing } = afterAttempt({
          outcome: isSuccess ? success : failure,
          attempts: attempts++,
          failingSince,
          at,
          tookMs: 5,
          chance: by,
        })
        failingSince = standing.failingSince
        expect(attempted.nextAt === undefined).toBe(attempted.state !== "waiting")
        if (attempted.state !== "waiting") {
          expect(attempted.state).toBe(isSuccess ? "delivered" : "given-up")
          expect(attempts).toBe(isSuccess ? attempts : pace.attempts)
          return
        }
        expect(attempted.nextAt).toBeGreaterThan(at)
        at = attempted.nextAt!
      }
      throw new Error("it never ended")
    }),
  )
})

test("D40.13: a webhook is disabled by a failure 5 days after the first one, and a success in between begins anew", () => {
  const day = 24 * 3600_000
  const after = (outcome: Outcome, failingSince: number | undefined, at: number) =>
    afterAttempt({ outcome, attempts: 0, failingSince, at, tookMs: 1, chance: 0 }).standing
  expect(after(failure, undefined, 7)).toEqual({ failingSince: 7, disabledBecause: undefined })
  expect(after(failure, 7, 7 + 5 * day - 1)).toEqual({ failingSince: 7, disabledBecause: undefined })
  expect(after(failure, 7, 7 + 5 * day)).toEqual({ failingSince: 7, disabledBecause: "failing" })
  expect(after(success, 7, 7 + 5 * day)).toEqual({ failingSince: undefined, disabledBecause: undefined })
})

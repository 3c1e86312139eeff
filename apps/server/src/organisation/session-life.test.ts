import fc from "fast-check"
import { expect, test } from "vitest"
import { endsAt, freshMs, idleMs, isAlive, isFresh, isWorthNoting, longestMs, noticeMs } from "./session-life.ts"

const at = (madeAt: number, seenAt = madeAt, provenAt = madeAt) => ({ madeAt, seenAt, provenAt })

test("D36.7: a session ends 12 hours after its last request", () => {
  expect(isAlive(at(0, 1000), 1000 + idleMs - 1)).toBe(true)
  expect(isAlive(at(0, 1000), 1000 + idleMs)).toBe(false)
})

test("D36.7: a session ends after 30 days, however busy it is", () => {
  expect(isAlive(at(0, longestMs - 1), longestMs - 1)).toBe(true)
  expect(isAlive(at(0, longestMs), longestMs)).toBe(false)
})

test("D36.9: a proof of who one is counts for 15 minutes", () => {
  expect(isFresh(at(0), freshMs - 1)).toBe(true)
  expect(isFresh(at(0), freshMs)).toBe(false)
  expect(isFresh(at(0, 0, freshMs), freshMs)).toBe(true)
})

test("D36.7: the end that is shown is the end that is kept", () => {
  const moment = fc.nat({ max: 2 * longestMs })
  fc.assert(
    fc.property(moment, moment, moment, (madeAt, since, now) => {
      const times = at(madeAt, madeAt + since)
      expect(isAlive(times, now)).toBe(now < endsAt(times))
    }),
  )
})

test("D36.7: requests are noted at most once a minute", () => {
  expect(isWorthNoting(at(0), noticeMs - 1)).toBe(false)
  expect(isWorthNoting(at(0), noticeMs)).toBe(true)
})

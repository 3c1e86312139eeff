import fc from "fast-check"
import { expect, test } from "vitest"
import type { TeamId } from "@conclave/api"
import { dayBefore, dayOf, daysBetween, splitByDay } from "./days.ts"
import { newMeter } from "./meter.ts"

const [one, two] = ["one" as TeamId, "two" as TeamId]
const noon = Date.parse("2026-11-21T12:00:00Z")
const minute = 60_000

test("D40.15: time of participants, calls and the most at once are counted by team", () => {
  const meter = newMeter()
  const count = (room: string, participants: number, at: number, began = 0) => meter.count({ team: one, room, participants, began, at })
  count("a", 1, noon, 1)
  count("a", 3, noon + 10 * minute)
  count("b", 2, noon + 20 * minute, 1)
  meter.count({ team: two, room: "c", participants: 7, began: 1, at: noon + 20 * minute })
  count("a", 0, noon + 30 * minute)
  const used = meter.take(noon + 40 * minute)
  // 1 for 10 minutes, 3 for 20, and 2 in the other room for 20.
  expect(used.find(({ team }) => team === one)).toEqual({ team: one, day: "2026-11-21", calls: 2, participantMs: 110 * minute, peak: 5 })
  expect(used.find(({ team }) => team === two)).toEqual({ team: two, day: "2026-11-21", calls: 1, participantMs: 140 * minute, peak: 7 })
  expect(meter.take(noon + 41 * minute).find(({ team }) => team === one)).toMatchObject({ calls: 0, participantMs: 2 * minute, peak: 2 })
})

test("D40.15: a call over midnight is each day's part, and who was in it counts for both days' most at once", () => {
  const meter = newMeter()
  meter.count({ team: one, room: "a", participants: 2, began: 1, at: Date.parse("2026-12-31T23:50:00Z") })
  expect(meter.take(Date.parse("2027-01-01T00:05:00Z"))).toEqual([
    { team: one, day: "2026-12-31", calls: 1, participantMs: 20 * minute, peak: 2 },
    { team: one, day: "2027-01-01", calls: 0, participantMs: 10 * minute, peak: 2 },
  ])
})

test("D40.15: however often it is taken, and given back when it could not be kept, nothing is lost or counted twice", () => {
  const steps = fc.array(
    fc.record({
      room: fc.constantFrom("a", "b"),
      people: fc.nat(5),
      after: fc.nat(40 * 3600_000),
      take: fc.boolean(),
      fails: fc.boolean(),
    }),
  )
  fc.assert(
    fc.property(steps, (list) => {
      const meter = newMeter()
      const inside = { a: 0, b: 0 } as Record<string, number>
      let [at, ought, kept] = [noon, 0, 0]
      const take = (fails: boolean) => {
        const used = meter.take(at)
        if (fails) meter.giveBack(used)
        else kept += used.reduce((sum, { participantMs }) => sum + participantMs, 0)
      }
      for (const { room, people, after, take: takes, fails } of list) {
        at += after
        ought += after * (inside["a"]! + inside["b"]!)
        meter.count({ team: one, room, participants: people, began: 0, at })
        inside[room] = people
        if (takes) take(fails)
      }
      take(false)
      expect(kept).toBe(ought)
    }),
  )
})

test("D40.15: days are counted in UTC, over months and leap years", () => {
  expect([dayOf(0), dayBefore("2026-03-01", 1), dayBefore("2028-03-01", 1)]).toEqual(["1970-01-01", "2026-02-28", "2028-02-29"])
  expect([
    daysBetween("2026-11-21", "2026-11-21"),
    daysBetween("2026-01-01", "2027-01-01"),
    daysBetween("2026-02-02", "2026-02-01"),
  ]).toEqual([1, 366, 0])
  const times = fc.tuple(fc.integer({ min: 0, max: 4e12 }), fc.integer({ min: 0, max: 10 * 24 * 3600_000 }))
  fc.assert(
    fc.property(times, ([from, length]) => {
      const parts = splitByDay(from, from + length)
      expect(parts.reduce((sum, { ms }) => sum + ms, 0)).toBe(length)
      expect(new Set(parts.map(({ day }) => day)).size).toBe(parts.length)
    }),
  )
})

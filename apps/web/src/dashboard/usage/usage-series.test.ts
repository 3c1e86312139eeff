import { expect, test } from "vitest"
import { teamFixtures } from "../dashboard.fixtures.ts"
import { seriesOf, topOf } from "./usage-series.ts"

const now = Date.parse("2026-11-21T23:30:00Z")
const of = (team: keyof typeof teamFixtures, day: string, [calls, minutes, peak]: [number, number, number]) => ({
  ...{ team_id: teamFixtures[team].id, day, calls },
  ...{ participant_minutes: minutes, peak_participants: peak },
})

test("D41.40: every day has a place, teams are added up, and the most at once is not", () => {
  const rows = [of("press", "2026-11-21", [2, 60, 5]), of("council", "2026-11-21", [1, 10, 3]), of("press", "2026-11-19", [1, 5, 2])]
  expect(seriesOf(rows, { now, days: 3 })).toEqual([
    { day: "2026-11-19", calls: 1, minutes: 5, peak: 2 },
    { day: "2026-11-20", calls: 0, minutes: 0, peak: 0 },
    { day: "2026-11-21", calls: 3, minutes: 70, peak: 5 },
  ])
})

test("D41.40: a plot ends at a round number that holds all of it, and never at nothing", () => {
  expect(topOf([])).toBe(1)
  expect([0, 1, 2, 3, 7, 10, 11, 999, 1000, 1001].map((most) => topOf([most]))).toEqual([1, 1, 2, 5, 10, 10, 20, 1000, 1000, 2000])
})

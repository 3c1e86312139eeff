/** What the server counted by team and day, as one row for every day. */

import type { UsageOfDay } from "../shapes.ts"

export interface DayOfUse {
  /** As in 2026-11-21, UTC. */
  readonly day: string
  readonly calls: number
  readonly minutes: number
  /** The most at once in calls of one team: those of several teams need not have been at the same time. */
  readonly peak: number
}

const dayLength = 24 * 3600 * 1000

export const dayOf = (time: number): string => new Date(time).toISOString().slice(0, 10)

/** Every day from the first to the last, those without calls too. `days`: how many, up to the day of `now`. */
export function seriesOf(rows: readonly UsageOfDay[], { now, days }: { readonly now: number; readonly days: number }): readonly DayOfUse[] {
  const byDay = Map.groupBy(rows, ({ day }) => day)
  return Array.from({ length: days }, (_, at) => {
    const day = dayOf(now - (days - 1 - at) * dayLength)
    const found = byDay.get(day) ?? []
    return {
      day,
      calls: found.reduce((sum, { calls }) => sum + calls, 0),
      minutes: found.reduce((sum, { participant_minutes }) => sum + participant_minutes, 0),
      peak: Math.max(0, ...found.map(({ peak_participants }) => peak_participants)),
    }
  })
}

/** The next round number above the largest: where the plot ends. */
export function topOf(values: readonly number[]): number {
  const most = Math.max(1, ...values)
  const step = 10 ** Math.floor(Math.log10(most))
  const rounded = [1, 2, 5, 10].map((times) => times * step).find((top) => top >= most)
  return rounded ?? most
}

/** Numbers over time, ready to be drawn. Pure. */

import type { PersonStatistics, StatisticsView } from "../view/statistics.ts"

/** What a plot shows, in seconds. */
export const windowSeconds = 120

/** Frames in each second, by person: the view tells totals. Kept for as long as the panel is open. */
export type FrameHistory = ReadonlyMap<string, readonly FramePoint[]>

interface FramePoint {
  /** Milliseconds of `performance.now()`. */
  readonly at: number
  /** Totals at that moment. */
  readonly frames: number
  readonly refused: number
}

export const noFrames: FrameHistory = new Map()

/** Who has gone is forgotten, and so is what no plot shows any more. */
export function framesHeard(history: FrameHistory, { people }: StatisticsView): FrameHistory {
  return new Map(
    people.map(({ id, samples, frames, refused }) => {
      const at = samples.at(-1)?.at
      const before = history.get(id) ?? []
      if (at === undefined || before.at(-1)?.at === at) return [id, before]
      // One point more than the plot has: rates need a point before the first one shown.
      return [id, [...before.filter((point) => at - point.at <= (windowSeconds + 2) * 1000), { at, frames, refused }]]
    }),
  )
}

/** One line of a plot: seconds before now (never above 0), and the value there; null: not known. */
export interface Line {
  readonly seconds: readonly number[]
  readonly values: readonly (number | null)[]
}

/** A number of each sample. */
export function lineOf({ samples }: PersonStatistics, value: "kbps" | "loss" | "roundTrip"): Line {
  const now = samples.at(-1)?.at ?? 0
  return { seconds: samples.map(({ at }) => (at - now) / 1000), values: samples.map((sample) => sample[value] ?? null) }
}

/** Frames a second between each point and the one before it. A count that falls began anew (somebody came in again). */
export function frameLine(points: readonly FramePoint[], what: "frames" | "refused"): Line {
  const now = points.at(-1)?.at ?? 0
  const later = points.slice(1)
  return {
    seconds: later.map(({ at }) => (at - now) / 1000),
    values: later.map((point, index) => {
      const before = points[index]
      if (before === undefined || point.at <= before.at || point[what] < before[what]) return null
      return ((point[what] - before[what]) * 1000) / (point.at - before.at)
    }),
  }
}

/** The newest value, and between what the others lay; undefined when nothing is known. */
export function spanOf({ values }: Line): { readonly now: number | undefined; readonly low: number; readonly high: number } | undefined {
  const known = values.filter((value) => value !== null)
  if (known.length === 0) return undefined
  return { now: values.at(-1) ?? undefined, low: Math.min(...known), high: Math.max(...known) }
}

/** Days in UTC, as in 2026-11-21. */

const dayLength = 24 * 3600 * 1000

/** Of milliseconds since 1970. */
export const dayOf = (time: number): string => new Date(time).toISOString().slice(0, 10)

/** So many days before; 31 February is 3 March. */
export const dayBefore = (day: string, days: number): string => dayOf(startOf(day) - days * dayLength)

/** How many days there are from one to another, both counted; 0 or less when they are the wrong way round. */
export const daysBetween = (from: string, to: string): number => Math.round((startOf(to) - startOf(from)) / dayLength) + 1

/** Date.parse takes 31 February for none; day numbers beyond the month go on into the next. */
function startOf(day: string): number {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number)
  return Date.UTC(year, month - 1, date)
}

/** The time between two moments, split by day. */
export function splitByDay(from: number, to: number): readonly { readonly day: string; readonly ms: number }[] {
  const parts: { day: string; ms: number }[] = []
  for (let at = from; at < to;) {
    const day = dayOf(at)
    const end = Math.min(to, startOf(day) + dayLength)
    parts.push({ day, ms: end - at })
    at = end
  }
  return parts
}

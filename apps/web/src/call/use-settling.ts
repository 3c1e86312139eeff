import { useEffect, useState } from "react"

/** For so long a place that has another occupant answers no press: one meant for the last never lets in the next. Milliseconds. */
export const settlingMs = 700

/** Whether somebody stands where another stood. Who comes to an empty place takes nobody's (L16). */
export const hasShifted = (before: readonly string[], now: readonly string[]): boolean =>
  now.some((id, place) => before[place] !== undefined && before[place] !== id)

/** True for a moment after the occupants of these places have shifted. */
export function useIsSettling(ids: readonly string[]): boolean {
  const key = ids.join(" ")
  const [settled, settle] = useState(key)
  const isSettling = hasShifted(placesIn(settled), ids)
  useEffect(() => {
    const timer = setTimeout(() => settle(key), isSettling ? settlingMs : 0)
    return () => clearTimeout(timer)
  }, [key, isSettling])
  return isSettling
}

const placesIn = (key: string): readonly string[] => (key === "" ? [] : key.split(" "))

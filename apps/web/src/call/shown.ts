/** What of whom is on the screen, and how large: what is not looked at is not fetched. Rule L24 of docs/protocol.md. Pure. */

import type { Shown } from "../view/call.ts"

/** A picture's place on the screen. Pixels; zero until measured. */
export interface Place {
  readonly id: string
  readonly what: Shown["what"]
  readonly isFloating: boolean
  readonly isVisible: boolean
  readonly width: number
  readonly height: number
}

/** Sizes are told in steps, so that a window being resized does not ask for another picture at every pixel. */
const step = 16
const stepped = (pixels: number): number => Math.ceil(pixels / step) * step

/** One entry for each picture that can be seen: who stands in two places is asked for once, at the larger. In a fixed order. */
export function shownOf(places: Iterable<Place>): readonly Shown[] {
  const all = new Map<string, Shown>()
  for (const place of places) {
    if (!place.isVisible || place.width === 0 || place.height === 0) continue
    const { id, what, isFloating } = place
    const key = `${id} ${what}`
    const before = all.get(key)
    all.set(key, {
      id,
      what,
      width: Math.max(stepped(place.width), before?.width ?? 0),
      height: Math.max(stepped(place.height), before?.height ?? 0),
      ...((isFloating || before?.isFloating === true) && { isFloating: true }),
    })
  }
  return [...all].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, shown]) => shown)
}

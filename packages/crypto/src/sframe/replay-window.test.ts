import { expect, test } from "vitest"
import fc from "fast-check"
import { ReplayWindow, windowSize } from "./replay-window.ts"

/** The same in the plainest way: a set of all counters ever marked. */
class PlainWindow {
  readonly #seen = new Set<number>()
  #highest = -1
  mark(counter: number): boolean {
    if (this.#seen.has(counter) || this.#highest - counter >= windowSize) return false
    this.#seen.add(counter)
    this.#highest = Math.max(this.#highest, counter)
    return true
  }
}

test("A2.03: the window agrees with remembering everything", () => {
  const step = fc.oneof(fc.integer({ min: -40, max: 40 }), fc.integer({ min: -3000, max: 3000 }), fc.integer({ min: 0, max: 10_000_000 }))
  fc.assert(
    fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
      const window = new ReplayWindow()
      const plain = new PlainWindow()
      let at = 0
      for (const by of steps) {
        at = Math.min(Math.max(0, at + by), 2 ** 32 - 1)
        const isFresh = window.isFresh(at)
        expect(window.mark(at)).toBe(plain.mark(at))
        expect(isFresh).toBe(isFresh && !window.isFresh(at))
      }
    }),
  )
})

test("A2.03: counters in any order within 2 048 pass once; older ones never", () => {
  const window = new ReplayWindow()
  for (let counter = windowSize - 1; counter >= 0; counter--) expect(window.mark(counter)).toBe(true)
  for (let counter = 0; counter < windowSize; counter++) expect(window.mark(counter)).toBe(false)
  expect(window.mark(windowSize)).toBe(true)
  expect(window.isFresh(0)).toBe(false)
  expect(window.mark(2 ** 32 - 1)).toBe(true)
  expect(window.isFresh(windowSize)).toBe(false)
})

test("A2.03: asking changes nothing", () => {
  const window = new ReplayWindow()
  for (let i = 0; i < 3; i++) expect(window.isFresh(1_000_000)).toBe(true)
  expect(window.mark(1)).toBe(true)
})

import fc from "fast-check"
import { expect, test } from "vitest"
import { shownOf, type Place } from "./shown.ts"

const place = (part: Partial<Place>): Place => ({
  id: "ada",
  what: "camera",
  isFloating: false,
  isVisible: true,
  width: 320,
  height: 180,
  ...part,
})

test("L24: what is scrolled away or not yet measured is not asked for", () => {
  expect(shownOf([place({ isVisible: false }), place({ id: "ben", width: 0 }), place({ id: "cleo" })])).toEqual([
    { id: "cleo", what: "camera", width: 320, height: 192 },
  ])
})

test("L24: somebody in two places is asked for once, at the larger", () => {
  const [one, ...more] = shownOf([place({ width: 160, height: 96 }), place({ width: 960, height: 544, isFloating: true })])
  expect(more).toEqual([])
  expect(one).toEqual({ id: "ada", what: "camera", width: 960, height: 544, isFloating: true })
})

test("L24: a camera and a screen of one person are two things", () => {
  expect(shownOf([place({}), place({ what: "screen" })]).map(({ what }) => what)).toEqual(["camera", "screen"])
})

test("L24: sizes go in steps of 16 pixels and never below what is shown; the order of places says nothing", () => {
  const pixels = fc.integer({ min: 0, max: 16_000 }).map((quarters) => quarters / 4)
  const places = fc.array(
    fc.record({
      id: fc.constantFrom("ada", "ben", "cleo"),
      what: fc.constantFrom("camera" as const, "screen" as const),
      isFloating: fc.boolean(),
      isVisible: fc.boolean(),
      width: pixels,
      height: pixels,
    }),
  )
  fc.assert(
    fc.property(places, (all) => {
      const shown = shownOf(all)
      expect(shownOf(all.toReversed())).toEqual(shown)
      for (const { id, what, width, height } of shown) {
        expect([width % 16, height % 16]).toEqual([0, 0])
        for (const one of all)
          if (one.id === id && one.what === what && one.isVisible && one.width > 0 && one.height > 0) {
            expect(width).toBeGreaterThanOrEqual(one.width)
            expect(height).toBeGreaterThanOrEqual(one.height)
          }
      }
    }),
  )
})

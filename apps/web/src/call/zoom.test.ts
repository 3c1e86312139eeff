import fc from "fast-check"
import { expect, test } from "vitest"
import { closest, panBy, whole, zoomBy, zoomByKey, zoomByWheel, type Zoom } from "./zoom.ts"

const point = fc.record({ x: fc.double({ min: 0, max: 1, noNaN: true }), y: fc.double({ min: 0, max: 1, noNaN: true }) })
const act = fc.oneof(
  fc.record({ at: point, turn: fc.double({ min: -2000, max: 2000, noNaN: true }) }).map(
    ({ at, turn }) =>
      (zoom: Zoom) =>
        zoomByWheel(zoom, turn, at),
  ),
  fc
    .record({ x: fc.double({ min: -3, max: 3, noNaN: true }), y: fc.double({ min: -3, max: 3, noNaN: true }) })
    .map((by) => (zoom: Zoom) => panBy(zoom, by)),
  fc
    .constantFrom("+", "-", "=", "0", "ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown")
    .map((key) => (zoom: Zoom) => zoomByKey(zoom, key) ?? zoom),
)

test("L25: however it is turned and pulled, the picture fills its frame and is at most eight times as large", () => {
  fc.assert(
    fc.property(fc.array(act), (acts) => {
      const { scale, x, y } = acts.reduce((zoom, act) => act(zoom), whole)
      expect(scale).toBeGreaterThanOrEqual(1)
      expect(scale).toBeLessThanOrEqual(closest)
      for (const corner of [x, y]) {
        expect(corner).toBeLessThanOrEqual(0)
        expect(corner).toBeGreaterThanOrEqual(1 - scale)
      }
    }),
  )
})

test("L25: what is under the pointer stays under it while it comes closer", () => {
  fc.assert(
    fc.property(point, fc.double({ min: 1, max: closest, noNaN: true }), (at, factor) => {
      const { scale, x, y } = zoomBy(whole, factor, at)
      expect((at.x - x) / scale).toBeCloseTo(at.x)
      expect((at.y - y) / scale).toBeCloseTo(at.y)
    }),
  )
})

test("L25: keys: plus and minus undo each other, arrows move the eye, zero shows all of it, others are somebody else's", () => {
  const close = zoomByKey(zoomByKey(whole, "+") ?? whole, "+") ?? whole
  expect(close.scale).toBeCloseTo(1.5625)
  expect(zoomByKey(close, "ArrowRight")?.x).toBeLessThan(close.x)
  expect(zoomByKey(close, "ArrowUp")?.y).toBeGreaterThan(close.y)
  expect(zoomByKey(zoomByKey(close, "-") ?? close, "-")?.scale).toBeCloseTo(1)
  expect(zoomByKey(close, "0")).toEqual(whole)
  expect(zoomByKey(close, "m")).toBeUndefined()
})

import { expect, test } from "vitest"
import fc from "fast-check"
import { blur, cover, intoMask } from "./mask.ts"

const alphas = (mask: Uint8ClampedArray): number[] => [...mask].filter((_, at) => at % 4 === 3)

test("L70: what the model is not sure of counts as background, and so does what is no number", () => {
  const mask = new Uint8ClampedArray(5 * 4)
  intoMask(mask, [0, 0.3, 1, Number.NaN, -3], true)
  expect(alphas(mask)).toEqual([0, 0, 255, 0, 0])
})

test("L70: a first mask stands alone, later ones keep a part of the one before", () => {
  const mask = new Uint8ClampedArray(4).fill(255)
  intoMask(mask, [0], true)
  expect(alphas(mask)).toEqual([0])
  intoMask(mask, [1], false)
  expect(alphas(mask)[0]).toBeGreaterThan(127)
  for (let at = 0; at < 12; at++) intoMask(mask, [0], false)
  expect(alphas(mask)).toEqual([0])
})

test("L70: a mask of another size is a bug and no picture", () => {
  expect(() => intoMask(new Uint8ClampedArray(8), [1, 1, 1], true)).toThrow("bug:")
})

test("L70: blurring keeps what is even, stays within what was there, and leaves no sharp edge", () => {
  const even = { data: new Uint8ClampedArray(32 * 20 * 4).fill(90), width: 32, height: 20 }
  blur(even, 4)
  expect(new Set(even.data)).toEqual(new Set([90]))
  const edge = { data: new Uint8ClampedArray(32 * 20 * 4), width: 32, height: 20 }
  for (let at = 0; at < edge.data.length; at += 4) edge.data.fill((at / 4) % 32 < 16 ? 0 : 255, at, at + 4)
  blur(edge, 4)
  const row = Array.from({ length: 32 }, (_, x) => edge.data[x * 4] ?? 0)
  expect(Math.max(...row.slice(1).map((value, at) => Math.abs(value - (row[at] ?? 0))))).toBeLessThan(40)
})

test("L70: a background picture fills the frame and is not stretched", () => {
  const side = fc.integer({ min: 1, max: 4000 })
  fc.assert(
    fc.property(side, side, side, side, (a, b, width, height) => {
      const part = cover({ width: a, height: b }, { width, height })
      expect(part.width / part.height).toBeCloseTo(width / height, 6)
      expect(part.x).toBeGreaterThanOrEqual(-1e-6)
      expect(part.y).toBeGreaterThanOrEqual(-1e-6)
      expect(part.x + part.width).toBeLessThanOrEqual(a + 1e-6)
      expect(part.y + part.height).toBeLessThanOrEqual(b + 1e-6)
    }),
  )
})

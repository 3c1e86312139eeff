import { expect, test } from "vitest"
import { measuredWay, unmeasuredWay } from "./narrow-way.ts"

const after = (...readings: readonly (readonly [at: number, allowed: number | undefined])[]): boolean =>
  readings.reduce((way, [at, allowed]) => measuredWay(way, { at, allowed }), unmeasuredWay).isNarrow

test("D22.11: a way counts as narrow when VP9 had too little for eight seconds without a break, and from then on for good", () => {
  expect(after([0, 500_000], [7_999, 500_000])).toBe(false)
  expect(after([0, 500_000], [8_000, 500_000])).toBe(true)
  expect(after([0, 500_000], [4_000, 2_000_000], [8_000, 500_000])).toBe(false)
  expect(after([0, 500_000], [4_000, undefined], [8_000, 500_000])).toBe(false)
  expect(after([0, 800_000], [60_000, 800_000])).toBe(false)
  expect(after([0, 500_000], [8_000, 500_000], [9_000, 2_500_000], [10_000, undefined])).toBe(true)
})

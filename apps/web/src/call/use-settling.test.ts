import { expect, test } from "vitest"
import { hasShifted } from "./use-settling.ts"

test("L16: somebody in a place that was another's is a shift; a newcomer at the end, or a place left empty, is none", () => {
  expect(hasShifted(["mira"], ["ola"])).toBe(true)
  expect(hasShifted(["mira", "ola"], ["ola"])).toBe(true)
  expect(hasShifted(["mira"], ["mira", "ola"])).toBe(false)
  expect(hasShifted([], ["mira"])).toBe(false)
  expect(hasShifted(["mira", "ola"], ["mira"])).toBe(false)
})

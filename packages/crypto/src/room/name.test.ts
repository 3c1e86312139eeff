import { test, expect } from "vitest"
import fc from "fast-check"
import { isName, parseName } from "./name.ts"

test("D17.10: a name of 10 000 characters is a typed refusal", () => {
  expect(parseName("a".repeat(10_000))).toEqual({ refused: "name-too-long" })
  expect(parseName("a".repeat(81))).toEqual({ refused: "name-too-long" })
  expect(parseName("\u{1F600}".repeat(80))).toBe("\u{1F600}".repeat(80))
})

test("D17.10: a name is trimmed and brought to NFC", () => {
  expect(parseName("  Zo\u0065\u0308 ")).toBe("Zo\u00eb")
  expect(isName("Zo\u0065\u0308")).toBe(false)
  expect(isName(" Ada")).toBe(false)
})

test("D17.10: a name that draws nothing is refused", () => {
  for (const text of ["", "   ", "\u200b", "\u3164", "\u200d\u200d", "\u00ad"]) expect(parseName(text)).toEqual({ refused: "name-empty" })
})

test("D17.10: a name cannot turn the text around it or break its line", () => {
  for (const mark of ["\u0000", "\n", "\u001b", "\u007f", "\u0085", "\u2028", "\u202e", "\u2066", "\u200f", "\u061c", "\ufeffx", "\ud800"])
    expect(parseName(`Ada${mark}Eve`)).toEqual({ refused: "name-not-plain" })
})

test("D17.10: what is accepted once is accepted again unchanged", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 100 }), (text) => {
      const name = parseName(text)
      if (typeof name === "string") expect(parseName(name)).toBe(name)
    }),
  )
})

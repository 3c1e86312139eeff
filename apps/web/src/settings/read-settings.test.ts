import fc from "fast-check"
import { expect, test } from "vitest"
import { usualSettings, type Settings } from "../view/settings.ts"
import { readSettings } from "./read-settings.ts"

test("L50: what was written is read back", () => {
  const chosen: Settings = {
    ...usualSettings,
    theme: "contrast",
    language: "ar",
    layout: "sidebar",
    background: { kind: "picture", name: "own" },
    noise: "strong",
    isPushToTalk: true,
    sounds: { comings: false, door: true, ends: false, hands: true },
    keys: { microphone: "Ctrl+Alt+m", camera: "", help: "?" },
  }
  expect(readSettings(JSON.stringify(chosen))).toEqual(chosen)
})

test("L50: an odd value takes its usual one, and the others stay", () => {
  const text = JSON.stringify({
    theme: "neon",
    language: "<b>",
    layout: "speaker",
    background: { kind: "picture", name: "../x" },
    keys: { camera: "a b" },
  })
  expect(readSettings(text)).toEqual({ ...usualSettings, layout: "speaker" })
})

test("L50: nothing that is kept can break the page", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      expect(Object.keys(readSettings(text))).toEqual(Object.keys(usualSettings))
    }),
  )
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...Object.keys(usualSettings), "__proto__"), fc.jsonValue()), (kept) => {
      const read = readSettings(JSON.stringify(kept))
      expect(readSettings(JSON.stringify(read))).toEqual(read)
    }),
  )
  expect(readSettings(JSON.stringify({ theme: "dark", more: "x".repeat(9000) }))).toEqual(usualSettings)
  expect(readSettings(null)).toEqual(usualSettings)
})

import { expect, test } from "vitest"
import { shortcutNames } from "../view/settings.ts"
import { catalogue, choose, keyOf, placeFor, shortcutFor, troubleWith } from "./catalogue.ts"
import { isKeyCombination } from "./keys.ts"

test("L53: every shortcut is in the catalogue once, and no two share a key", () => {
  expect(catalogue.map(({ name }) => name).toSorted()).toEqual([...shortcutNames].toSorted())
  const keys = catalogue.flatMap(({ usual, also }) => [usual, ...also])
  expect(new Set(keys).size).toBe(keys.length)
  for (const key of keys) expect(isKeyCombination(key), key).toBe(true)
})

test("L53: no usual key is one that the choice of keys would refuse", () => {
  for (const { name, usual } of catalogue) expect(troubleWith(name, usual, {}), name).toBeUndefined()
})

test("L53: a chosen key does what was chosen, and the usual one is free again", () => {
  const keys = choose({}, "microphone", "k")
  expect(shortcutFor("k", keys)).toBe("microphone")
  expect(shortcutFor("m", keys)).toBeUndefined()
  expect(shortcutFor("Ctrl+d", keys)).toBe("microphone")
  expect(shortcutFor("m", choose(keys, "camera", "m"))).toBe("camera")
})

test("L53: a chosen key comes before one that people bring along", () => {
  expect(shortcutFor("Ctrl+d", { share: "Ctrl+d" })).toBe("share")
})

test("L53: a key is refused while another shortcut has it, or the browser does", () => {
  expect(troubleWith("camera", "m", {})).toEqual({ kind: "taken", by: "microphone" })
  expect(troubleWith("camera", "m", { microphone: "k" })).toBeUndefined()
  for (const key of ["Ctrl+w", "Ctrl+t", "Enter", "F5", "Space"]) expect(troubleWith("camera", key, {}), key).toEqual({ kind: "kept" })
  expect(troubleWith("push-to-talk", "Space", { "push-to-talk": "b" })).toBeUndefined()
})

test("L53: a shortcut without a key answers to none, and only what differs from the usual is kept", () => {
  const none = choose({}, "microphone", "")
  expect(shortcutFor("m", none)).toBeUndefined()
  expect(shortcutFor("Ctrl+d", none)).toBeUndefined()
  expect(choose(none, "microphone", "m")).toEqual({})
  expect(choose({ microphone: "k" }, "microphone", undefined)).toEqual({})
  const microphone = catalogue.find(({ name }) => name === "microphone")
  expect(microphone && keyOf(microphone, none)).toBe("")
})

test("L53: the digits from 1 stand for people's places, but for one that was chosen for something else", () => {
  expect(["1", "9"].map((key) => placeFor(key, {}))).toEqual([1, 9])
  for (const key of ["0", "Ctrl+1", "Shift+1", "Alt+1", "m", "10"]) expect(placeFor(key, {}), key).toBeUndefined()
  expect(placeFor("5", choose({}, "microphone", "5"))).toBeUndefined()
})

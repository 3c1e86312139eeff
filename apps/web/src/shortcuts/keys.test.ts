import fc from "fast-check"
import { expect, test } from "vitest"
import { capsOf, combinationOf, isKeyCombination, type KeyPress } from "./keys.ts"

const press = (key: string, code = "", held: Partial<KeyPress> = {}): KeyPress => ({
  key,
  code,
  ctrlKey: false,
  altKey: false,
  shiftKey: false,
  metaKey: false,
  ...held,
})

test("L52: a key is named the same on every layout", () => {
  expect(combinationOf(press("m", "KeyM"))).toBe("m")
  expect(combinationOf(press("M", "KeyM", { shiftKey: true }))).toBe("Shift+m")
  expect(combinationOf(press("ة", "KeyM"))).toBe("m")
  expect(combinationOf(press("†", "KeyT", { altKey: true }))).toBe("Alt+t")
  expect(combinationOf(press("Dead", "KeyE", { altKey: true }))).toBe("Alt+e")
  expect(combinationOf(press("?", "Slash", { shiftKey: true }))).toBe("?")
  expect(combinationOf(press("?", "Minus", { shiftKey: true }))).toBe("?")
  expect(combinationOf(press("d", "KeyD", { metaKey: true }))).toBe("Ctrl+d")
  expect(combinationOf(press("P", "KeyP", { ctrlKey: true, shiftKey: true }))).toBe("Ctrl+Shift+p")
  expect(combinationOf(press(" ", "Space"))).toBe("Space")
  expect(combinationOf(press("F2", "F2"))).toBe("F2")
})

test("L52: keys that move, leave or only hold others are no shortcut", () => {
  for (const key of ["Shift", "Control", "Alt", "Meta", "Tab", "Escape", "ArrowLeft", "AltGraph", "Process"])
    expect(combinationOf(press(key, key)), key).toBeUndefined()
})

test("L52: whatever is pressed is written in a way that is read", () => {
  const held = fc.record({ ctrlKey: fc.boolean(), altKey: fc.boolean(), shiftKey: fc.boolean(), metaKey: fc.boolean() })
  const keys = fc.oneof(fc.string({ minLength: 1, maxLength: 1 }), fc.constantFrom("F1", "F12", "F13", "Enter", " ", "Dead"))
  fc.assert(
    fc.property(keys, fc.constantFrom("KeyA", "Digit1", "Slash", ""), held, (key, code, modifiers) => {
      const combination = combinationOf(press(key, code, modifiers))
      if (combination !== undefined) expect(isKeyCombination(combination), combination).toBe(true)
    }),
  )
  for (const text of ["", "M", "Alt+", "Shift+Ctrl+a", "ab", "F13", " "]) expect(isKeyCombination(text), text).toBe(false)
})

test("L52: a combination is drawn as key caps", () => {
  expect(capsOf("Ctrl+Shift+p", false)).toEqual(["Ctrl", "Shift", "P"])
  expect(capsOf("Ctrl+Shift+p", true)).toEqual(["⌘", "⇧", "P"])
  expect(capsOf("Ctrl++", false)).toEqual(["Ctrl", "+"])
  expect(capsOf("F2", false)).toEqual(["F2"])
})

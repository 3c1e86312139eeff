import { afterEach, beforeEach, expect, test, vi } from "vitest"
import { leavesKeyAlone } from "./leaves-key-alone.ts"

/** As much of an element as is asked: what it stands in, by a word of the selector. */
class Inside {
  readonly #word: string
  constructor(word: string) {
    this.#word = word
  }
  closest(selector: string): Inside | null {
    return selector.includes(this.#word) ? this : null
  }
}

const on = (word: string): EventTarget => new Inside(word) as unknown as EventTarget

beforeEach(() => {
  vi.stubGlobal("Element", Inside)
})
afterEach(() => {
  vi.unstubAllGlobals()
})

test("L54: no shortcut works in a menu or a dialog, no letter in a field, and Space is left to what it presses", () => {
  for (const key of ["M", "Ctrl+D", "F2", "Space"]) expect(leavesKeyAlone(on('[role="menu"]'), key)).toBe(true)
  expect([leavesKeyAlone(on("textarea"), "M"), leavesKeyAlone(on("textarea"), "Ctrl+D")]).toEqual([true, false])
  expect([leavesKeyAlone(on("button,"), "Space"), leavesKeyAlone(on("button,"), "M")]).toEqual([true, false])
  expect(leavesKeyAlone(null, "M")).toBe(false)
})

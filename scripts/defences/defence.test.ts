import { expect, test } from "vitest"
import { without } from "./defence.ts"
import { defences } from "./list.ts"

test("a defence is taken out only where its text stands exactly once", () => {
  expect(without("a if (bad) return b", { text: "if (bad) return ", replacement: "" })).toBe("a b")
  expect(without("twice twice", { text: "twice", replacement: "" })).toBeUndefined()
  expect(without("nothing", { text: "gone", replacement: "" })).toBeUndefined()
  expect(without("same", { text: "same", replacement: "same" })).toBeUndefined()
})

test("every defence has a name of its own", () => {
  expect(new Set(defences.map(({ name }) => name)).size).toBe(defences.length)
})

import { expect, test } from "vitest"
import { troublesOf } from "./languages.ts"

const english = { "a.one": "One {name}", "a.two": { one: "{count} thing", other: "{count} things" } }

test("L56: a missing key is named with what English says, and a strange slot with its key", () => {
  expect(troublesOf("xx", english, { "a.one": "Ein {nme}" })).toEqual([
    "xx: a.two is missing. English says: {count} things",
    "xx: a.one has no {nme}",
  ])
  expect(troublesOf("xx", english, { ...english, "a.three": "Drei" })).toEqual(["xx: a.three is not in English"])
})

test("L56: a language that says what English says was not translated", () => {
  const many = Object.fromEntries(Array.from({ length: 40 }, (_, place) => [`b.${String(place)}`, "words"]))
  expect(troublesOf("xx", many, many)).toHaveLength(1)
})

import fc from "fast-check"
import { expect, test } from "vitest"
import { sameParts } from "./same-parts.ts"

const trees = fc.letrec((tie) => ({
  part: fc.oneof({ maxDepth: 4 }, fc.string(), fc.double(), fc.boolean(), fc.constant(undefined), tie("list"), tie("object")),
  list: fc.array(tie("part"), { maxLength: 4 }),
  object: fc.dictionary(
    fc.string({ minLength: 1, maxLength: 3 }).filter((name) => name !== "__proto__"),
    tie("part"),
    { maxKeys: 4, noNullPrototype: true },
  ),
})).part

test("L76: what is kept of a view says the same as the new one", () => {
  fc.assert(
    fc.property(trees, trees, (before, after) => {
      expect(sameParts(before, after)).toStrictEqual(after)
    }),
  )
})

test("L76: a view that says the same is the same object, so that nothing is drawn", () => {
  fc.assert(
    fc.property(trees, (view) => {
      const kept = sameParts(view, structuredClone(view))
      expect(kept).toBe(typeof view === "object" ? view : kept)
    }),
  )
})

test("L76: of a view that changed in one place everything beside that place stays", () => {
  const [ada, ben] = [
    { id: "a", picture: { kind: "live" } },
    { id: "b", picture: { kind: "live" } },
  ]
  const before = { tiles: [ada, ben], self: { name: "Cleo" } }
  const after = sameParts(before, { tiles: [structuredClone(ada), { id: "b", picture: { kind: "off" } }], self: { name: "Cleo" } })
  expect(after.tiles[0]).toBe(ada)
  expect(after.tiles[1]).not.toBe(ben)
  expect(after.self).toBe(before.self)
})

test("L76: things that do something count as changed unless they are the same thing", () => {
  const [source, other] = [{ subscribe: () => undefined }, { subscribe: () => undefined }]
  expect(sameParts({ source }, { source: { ...source } }).source).toBe(source)
  expect(sameParts({ source }, { source: other }).source.subscribe).toBe(other.subscribe)
})

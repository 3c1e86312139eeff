import { expect, test } from "vitest"
import { chanceFrom, inputFrom } from "./inputs.ts"
import { findTargets } from "./targets.ts"

const draw = (seed: number): string[] => {
  const chance = chanceFrom(seed)
  return Array.from({ length: 50 }, () => inputFrom([Uint8Array.of(1, 2, 3)], chance).join())
}

test("a seed makes the same inputs again, and another seed others", () => {
  expect(draw(7)).toEqual(draw(7))
  expect(draw(7)).not.toEqual(draw(8))
})

test("every part of the tree that offers targets is found, each under a name of its own", async () => {
  const names = (await findTargets()).map((target) => target.name)
  expect(names).toContain("wire/member-envelope")
  expect(new Set(names).size).toBe(names.length)
})

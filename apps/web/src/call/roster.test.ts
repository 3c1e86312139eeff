import { expect, test } from "vitest"
import { inOrderOfDoubt } from "./roster.ts"
import { securityFixtures } from "./security.fixtures.ts"

test("L15: the roster shows everyone, in order of doubt, this device last", () => {
  const ordered = inOrderOfDoubt(securityFixtures.levels.roster)
  expect(ordered.map(({ id }) => id)).toEqual(["jonas", "new", "mei", "ravi", "amal", "ines", "self"])
})

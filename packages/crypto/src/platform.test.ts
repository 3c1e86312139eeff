import { test, expect } from "vitest"
import { readFileSync } from "node:fs"

test("T7: the package needs nothing at run time that it does not declare: the engine, and nothing from npm", () => {
  const described = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as { dependencies: object }
  expect(Object.keys(described.dependencies)).toEqual(["@conclave/mls-engine"])
})

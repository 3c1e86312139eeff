import { test, expect } from "vitest"
import { globSync, readFileSync } from "node:fs"

const source = new URL(".", import.meta.url)
const foreign = (text: string): string[] => [...text.matchAll(/from "(@[^/"]+\/[^/"]+)/g)].flatMap(([, name]) => name ?? [])

test("T7: the package needs nothing at run time that it does not declare: the engine, and two of npm's for passwords alone", () => {
  const described = JSON.parse(readFileSync(new URL("../package.json", source), "utf8")) as { dependencies: object }
  expect(Object.keys(described.dependencies)).toEqual(["@conclave/mls-engine", "@noble/curves", "@noble/hashes"])
  for (const file of globSync("**/*.ts", { cwd: source, exclude: ["**/*.{test,fixture}.ts"] })) {
    const allowed = file.startsWith("password/") ? ["@noble/curves", "@noble/hashes"] : ["@conclave/mls-engine"]
    for (const name of foreign(readFileSync(new URL(file, source), "utf8"))) expect(allowed, file).toContain(name)
  }
})

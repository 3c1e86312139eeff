import { expect, test } from "vitest"
import { dependencyFindings } from "./dependencies.ts"
import { missingFiles, unknownIds } from "./rule-numbers.ts"

const document = `
| workspace | package | why |
|---|---|---|
| \`apps/web\` | \`react\` | views |
| \`.\` | \`vite\` | builds |
`

test("a package that nobody explained, and an explanation nobody needs, are found", () => {
  expect(dependencyFindings(document, { "apps/web": ["react"], ".": ["vite"] })).toEqual([])
  expect(dependencyFindings(document, { "apps/web": ["react", "left-pad"], ".": [] })).toEqual([
    "docs/dependencies.md does not say why apps/web uses left-pad",
    "docs/dependencies.md explains . using vite, which it does not",
  ])
})

test("a test that begins with an id no document knows is found", () => {
  const source = 'test("D9.2: known", () => {})\ntest.each([1])(`D9.3: unknown`, () => {})\ndescribe("A1.06 and D9: one of each", () => {})'
  expect(unknownIds(source, new Set(["D9.2", "D9"]))).toEqual(["D9.3", "A1.06"])
})

test("a file that a document names and that is gone is found", () => {
  const exists = (path: string): boolean => path === "packages/wire/src/ids.ts"
  expect(missingFiles("see `packages/wire/src/ids.ts`, `scripts/gone.ts` and `ids.ts`", exists)).toEqual(["scripts/gone.ts"])
})

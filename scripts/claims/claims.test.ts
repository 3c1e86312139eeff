import { expect, test } from "vitest"
import { claimsOf, doubledRules, rowsIn, rulesIn } from "./documents.ts"
import { idsOf } from "./ids.ts"
import { lineOf, stands, testsOf, verdictOn } from "./verdict.ts"

const protocol = `
Words about **D1** in a sentence are no rule.

**D1** A link says its kind.

**D3** (stated limit) The fragment stays in the history.

**D5** (later: issue 7) Nobody inherits by absence.

**D9** The first commit wins.

**D9.2** A void commit reopens the epoch.
`

const threatModel = `
| id | claim | against whom | mechanism | file | test |
|---|---|---|---|---|---|
| A1.06 | a commit is not replayed | server | epochs | \`x.ts\` | |
| C1 | no server has a key | server | imports | \`y.mjs\` | D9.2, A1.06 |
| A2.06 | members could impersonate each other | members | none | | stated limit |
`

type Run = readonly [title: string, status: string]

const report = (...tests: readonly Run[]) => ({
  testResults: [
    {
      name: "a.test.ts",
      status: "passed",
      assertionResults: tests.map(([title, status]) => ({ title, fullName: `outer ${title}`, status })),
    },
  ],
})

const verdicts = (...tests: readonly Run[]) =>
  Object.fromEntries(claimsOf({ protocol, threatModel }).map((claim) => [claim.id, verdictOn(claim, testsOf([report(...tests)]))]))

const resultOf = (id: string, ...tests: readonly Run[]): string | undefined => verdicts(...tests)[id]?.result

test("a test's name begins with one id or several, and then a colon", () => {
  expect(idsOf("D9.2: the epoch reopens")).toEqual(["D9.2"])
  expect(idsOf("D7, A1.13: a reinit is refused")).toEqual(["D7", "A1.13"])
  expect(idsOf("T5 and A1.14: dropped")).toEqual(["T5", "A1.14"])
  expect(idsOf("frames: D9 is only mentioned")).toEqual([])
  expect(idsOf("H264 is not offered")).toEqual([])
})

test("rules and rows are read from the documents, and nothing else is", () => {
  expect(rulesIn(protocol).map(({ id }) => id)).toEqual(["D1", "D3", "D5", "D9", "D9.2"])
  expect(rowsIn(threatModel).map(({ id, provenBy }) => [id, ...provenBy])).toEqual([
    ["A1.06", "A1.06"],
    ["C1", "D9.2", "A1.06"],
    ["A2.06", "A2.06"],
  ])
})

test("a claim with a passed test stands, one without a test does not", () => {
  expect(resultOf("D1", ["D1: a kind", "passed"])).toBe("passed")
  expect(resultOf("D1", ["D11: another rule", "passed"])).toBe("missing")
})

test("one failed or skipped test among many brings its claim down", () => {
  expect(resultOf("D1", ["D1: a kind", "passed"], ["D1: a form", "failed"])).toBe("failed")
  expect(resultOf("D1", ["D1: a kind", "passed"], ["D1: a form", "pending"])).toBe("skipped")
})

test("a rule is proven by the tests of the rules that make it precise, and not the other way round", () => {
  expect(resultOf("D9", ["D9.2: reopened", "passed"])).toBe("passed")
  expect(resultOf("D9.2", ["D9: ordered", "passed"])).toBe("missing")
})

test("a claim that names other ids needs every one of them", () => {
  expect(resultOf("C1", ["D9.2: reopened", "passed"])).toBe("missing")
  expect(resultOf("C1", ["D9.2: reopened", "passed"], ["A1.06: refused", "passed"])).toBe("passed")
})

test("stated limits and later parts need no test, and still fall with a failed one", () => {
  expect(resultOf("D3")).toBe("stated limit")
  expect(resultOf("D5")).toBe("later")
  expect(resultOf("A2.06")).toBe("stated limit")
  expect(resultOf("D3", ["D3: said on the page", "failed"])).toBe("failed")
})

test("a line tells id, result, claim and test", () => {
  const verdict = verdicts(["D1: a kind", "passed"], ["D1: a form", "passed"])["D1"]
  expect(verdict === undefined ? "" : lineOf(verdict)).toBe("D1      passed       A link says its kind. · D1: a kind (and 1 more)")
  expect(verdict !== undefined && stands(verdict)).toBe(true)
})

test("an id that stands for two rules is found", () => {
  expect(doubledRules(protocol)).toEqual([])
  expect(doubledRules(`${protocol}\n**D9.2** Something else.`)).toEqual(["D9.2"])
})

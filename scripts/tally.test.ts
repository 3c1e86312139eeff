import { expect, test } from "vitest"
import { tallyOf } from "./tally.ts"

const file = (status: string, ...tests: string[]) => ({
  name: "a.test.ts",
  status,
  assertionResults: tests.map((each) => ({ fullName: "x", title: "x", status: each })),
})

test("tests are counted one by one, and a file that could not be loaded is one failure", () => {
  expect(tallyOf({ testResults: [file("passed", "passed", "passed"), file("failed", "passed", "failed")] })).toEqual({
    passed: 3,
    failed: 1,
  })
  expect(tallyOf({ testResults: [file("failed")] })).toEqual({ passed: 0, failed: 1 })
})

test("a skipped test counts as nothing", () => {
  expect(tallyOf({ testResults: [file("passed", "skipped", "todo", "pending")] })).toEqual({ passed: 0, failed: 0 })
})

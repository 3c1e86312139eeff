import { expect, test } from "vitest"
import { policyOf } from "./policy.fixture.ts"
import { ruleChanges } from "./rule-news.ts"

const names: Readonly<Record<string, string>> = { ada: "Ada", ben: "Ben", cleo: "Cleo" }
const nameOf = (device: string) => names[device]
const before = policyOf({ version: 4, hosts: ["ada"] })
const after = (some: Parameters<typeof policyOf>[0]) => policyOf({ version: 5, hosts: ["ada"], ...some })

test("L19: every field of the policy that people notice has a line of its own", () => {
  const changed = {
    isLocked: [{ rule: "isLocked", to: true }],
    waitingRoom: [{ rule: "waitingRoom", to: true }],
    isSingleUse: [{ rule: "isSingleUse", to: true }],
  } as const
  for (const [field, line] of Object.entries(changed)) expect(ruleChanges(before, after({ [field]: true }), nameOf)).toEqual(line)
  expect(ruleChanges(before, after({ joinBeforeHost: false }), nameOf)).toEqual([{ rule: "joinBeforeHost", to: false }])
  expect(ruleChanges(before, after({ share: "hosts" }), nameOf)).toEqual([{ rule: "share", to: "hosts" }])
  expect(ruleChanges(before, after({ joinAs: "listener" }), nameOf)).toEqual([{ rule: "joinAs", to: "listener" }])
  expect(ruleChanges(before, after({ minimumLevel: "organisation" }), nameOf)).toEqual([{ rule: "minimumLevel", to: "organisation" }])
  expect(ruleChanges(before, after({ expiry: 1000 }), nameOf)).toEqual([{ rule: "expiry", to: true }])
  expect(ruleChanges(before, after({ topic: "Budget" }), nameOf)).toEqual([{ rule: "topic", to: "Budget" }])
  expect(ruleChanges(before, after({ secretVersion: 2 }), nameOf)).toEqual([{ rule: "link" }])
})

test("L19: a change of a field that nobody sees is still told", () => {
  expect(ruleChanges(before, after({ record: "everyone" }), nameOf)).toEqual([{ rule: "other" }])
})

test("D4.13: a role is told with its name, and one taken away as what everyone is", () => {
  expect(ruleChanges(before, after({ coHosts: ["ben"] }), nameOf)).toEqual([{ rule: "role", name: "Ben", to: "co-host" }])
  const withBen = policyOf({ version: 4, hosts: ["ada"], listeners: ["ben"], joinAs: "listener" })
  expect(ruleChanges(withBen, after({ joinAs: "listener" }), nameOf)).toEqual([{ rule: "role", name: "Ben", to: "listener" }])
  expect(ruleChanges(before, after({ hosts: ["ada", "dan"] }), nameOf)).toEqual([{ rule: "role", name: undefined, to: "host" }])
})

test("D5.1: a successor who takes over is told as that and nothing else", () => {
  const waiting = policyOf({ version: 4, hosts: ["ada"], successors: ["ben"] })
  expect(ruleChanges(waiting, after({ hosts: ["ada", "ben"] }), nameOf)).toEqual([{ rule: "take-over" }])
  expect(ruleChanges(waiting, after({}), nameOf)).toEqual([{ rule: "successor", name: "Ben", to: false }])
  expect(ruleChanges(before, after({ successors: ["cleo"] }), nameOf)).toEqual([{ rule: "successor", name: "Cleo", to: true }])
})

test("L19: the same version is no news", () => {
  expect(ruleChanges(before, before, nameOf)).toEqual([])
})

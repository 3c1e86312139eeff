import { test, expect } from "vitest"
import fc from "fast-check"
import { toBase64url } from "../base64url.ts"
import { randomBytes } from "../platform.ts"
import { firstPolicy, isPolicy, parsePolicy, policyBody, type Policy } from "./policy.ts"
import { edited, roleOf, type KeyEdit } from "./policy-edit.ts"

const name = (): string => toBase64url(randomBytes(32))
const id = (): string => toBase64url(randomBytes(16))
const [ada, ben, cleo] = [name(), name(), name()]
const start = firstPolicy({ kind: "link", room: id(), hosts: [ada], secretHash: id() })

/** The policy after these edits, one after the other. */
const after = (...edits: readonly KeyEdit[]): Policy | undefined =>
  edits.reduce<Policy | undefined>((policy, edit) => (policy === undefined ? undefined : edited(policy, edit)), start)

test("D4.13: a device has one role, the last that it was given", () => {
  const policy = after({ role: "co-host", of: ben }, { role: "listener", of: ben }, { role: "host", of: ben })
  expect(policy).toMatchObject({ version: 4, hosts: [ada, ben], coHosts: [], listeners: [] })
  expect(["host", "host", "member"]).toEqual([ada, ben, cleo].map((one) => roleOf(policy ?? start, one)))
})

test("D4.13: whom no list names is what the policy says", () => {
  expect(roleOf(start, cleo)).toBe("member")
  expect(roleOf(after({ set: "joinAs", to: "listener" }) ?? start, cleo)).toBe("listener")
})

test("D4.13: the last host cannot step down, and can when there is another", () => {
  for (const role of ["member", "co-host", "listener"] as const) expect(after({ role, of: ada })).toBeUndefined()
  expect(after({ role: "host", of: ben }, { role: "member", of: ada })).toMatchObject({ hosts: [ben] })
})

test("D5.1: a successor is no host and no listener, and a new host is no successor any more", () => {
  expect(after({ successor: true, of: ada })).toBeUndefined()
  expect(after({ role: "listener", of: ben }, { successor: true, of: ben })).toBeUndefined()
  expect(after({ successor: true, of: ben }, { role: "host", of: ben })).toMatchObject({ successors: [], hosts: [ada, ben] })
  expect(after({ successor: true, of: ben }, { successor: false, of: ben })).toMatchObject({ successors: [] })
})

test("D5.1: only a successor takes over", () => {
  expect(after({ takeOver: true, of: ben })).toBeUndefined()
  expect(after({ successor: true, of: ben }, { takeOver: true, of: ben })).toMatchObject({ hosts: [ada, ben], successors: [] })
})

test("D4.15: a new secret raises its version by one", () => {
  const secretHash = id()
  expect(after({ secretHash })).toEqual({ ...start, version: 2, secretVersion: 2, secretHash })
})

test("D4.2: a setting is set, and taken back where it may be missing", () => {
  expect(after({ set: "topic", to: "Board" }, { set: "expiry", to: 5 })).toMatchObject({ topic: "Board", expiry: 5 })
  const bare = after({ set: "topic", to: "Board" }, { set: "topic", to: undefined })
  expect(bare).toEqual({ ...start, version: 3 })
  expect(Object.keys(bare ?? {})).not.toContain("topic")
  expect(after({ set: "topic", to: "a\nb" })).toBeUndefined()
  expect(after({ set: "issuers", to: [{ issuer: "http://a.example", clientId: "c" }] })).toBeUndefined()
})

test("D4.2, D4.13: whatever is edited, what comes of it is a policy that is read back, or nothing", () => {
  const devices = [ada, ben, cleo, name()]
  const of = fc.constantFrom(...devices)
  const edit: fc.Arbitrary<KeyEdit> = fc.oneof(
    fc.record({ role: fc.constantFrom("host", "co-host", "listener", "member"), of }),
    fc.record({ successor: fc.boolean(), of }),
    fc.record({ takeOver: fc.constant(true), of }),
    fc.record({ set: fc.constantFrom("waitingRoom", "isLocked", "joinBeforeHost", "isSingleUse"), to: fc.boolean() }),
    fc.record({ set: fc.constant("topic"), to: fc.option(fc.string(), { nil: undefined }) }),
    fc.record({ set: fc.constant("expiry"), to: fc.option(fc.integer(), { nil: undefined }) }),
  )
  fc.assert(
    fc.property(fc.array(edit, { maxLength: 30 }), (edits) => {
      let policy: Policy = start
      for (const one of edits) {
        const next = edited(policy, one)
        if (next === undefined) continue
        expect(isPolicy(next)).toBe(true)
        expect(parsePolicy(policyBody(next))).toEqual(next)
        expect(next.version).toBe(policy.version + 1)
        policy = next
      }
    }),
    { numRuns: 200 },
  )
})

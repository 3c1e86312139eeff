import fc from "fast-check"
import { expect, test } from "vitest"
import type { Leaf, Role } from "@conclave/call"
import { actsFor, editOfAct, editOfRule, hostOf, rulesViewOf, wishFor, type Pair } from "./room-rules.ts"
import { policyOf } from "./policy.fixture.ts"

const roles: readonly Role[] = ["host", "co-host", "member", "listener"]
const leaf = 3 as Leaf
const pair = (some: Partial<Pair>): Pair => ({
  me: "host",
  canSign: true,
  them: "member",
  isSelf: false,
  isSuccessor: false,
  hostCount: 1,
  joinAs: "member",
  ...some,
})

test("D4.13: a member and a listener are offered nothing, about anybody", () => {
  for (const me of ["member", "listener"] as const)
    for (const them of roles) expect(actsFor(pair({ me, canSign: false, them }))).toEqual([])
})

test("D4.13: a co-host may remove whoever is no host, and changes no role", () => {
  for (const them of roles) expect(actsFor(pair({ me: "co-host", canSign: false, them }))).toEqual(them === "host" ? [] : ["remove"])
})

test("D4.13: a host may give every role but the one somebody has", () => {
  for (const them of roles) {
    const acts = actsFor(pair({ them }))
    expect(acts).toHaveLength(them === "host" ? 4 : 5)
    expect(acts).not.toContain(`make-${them}`)
    expect(acts.at(-1)).toBe("remove")
  }
})

test("D4.13: nobody is offered to remove, demote or name oneself, but a host steps down where another is", () => {
  fc.assert(
    fc.property(fc.constantFrom(...roles), fc.boolean(), fc.integer({ min: 1, max: 3 }), (me, canSign, hostCount) => {
      const acts = actsFor(pair({ me, them: me, canSign, isSelf: true, hostCount }))
      expect(acts).toEqual(me === "host" && canSign && hostCount > 1 ? ["step-down"] : [])
    }),
  )
})

test("D4.13: where everyone listens, nothing offers to make somebody a member, for that would change nothing", () => {
  expect(actsFor(pair({ them: "listener", joinAs: "listener" }))).toEqual(["make-host", "make-co-host", "name-successor", "remove"])
})

test("D5.1: who is named to take over can be unnamed, and a host is not named at all", () => {
  expect(actsFor(pair({ isSuccessor: true }))).toContain("unname-successor")
  expect(actsFor(pair({ isSuccessor: true }))).not.toContain("name-successor")
  expect(actsFor(pair({ them: "host" })).some((act) => act.endsWith("successor"))).toBe(false)
})

test("D4.13: an act asks for the role it says", () => {
  expect(editOfAct("make-co-host", leaf)).toEqual({ role: "co-host", of: leaf })
  expect(editOfAct("step-down", leaf)).toEqual({ role: "member", of: leaf })
  expect(editOfAct("unname-successor", leaf)).toEqual({ successor: false, of: leaf })
})

test("D3: an end of the link is chosen as a span and signed as a time", () => {
  const parts = { now: 1000, policy: policyOf(), offered: [] }
  expect(editOfRule({ set: "expiry", to: 3_600_000 }, parts)).toEqual({ set: "expiry", to: 3_601_000 })
  expect(editOfRule({ set: "expiry", to: undefined }, parts)).toEqual({ set: "expiry", to: undefined })
  expect(editOfRule({ set: "isLocked", to: true }, parts)).toEqual({ set: "isLocked", to: true })
})

test("D4.11: only who can sign is shown switches", () => {
  expect(rulesViewOf(policyOf({ canSign: false }), { hosts: ["Ada"], offered: [] })).toMatchObject({ canEdit: false, hosts: ["Ada"] })
  expect(rulesViewOf(policyOf({ canSign: true, isLocked: true }), { hosts: [], offered: [] })).toMatchObject({
    canEdit: true,
    rules: { isLocked: true },
  })
})

test("D19: an organisation of the server counts for nothing until a host says so, and only hosts are offered it", () => {
  const northlight = { issuer: "https://id.northlight.example", clientId: "conclave" }
  const offered = [northlight]
  const one = { id: northlight.issuer, name: "id.northlight.example" }
  expect(rulesViewOf(policyOf({ canSign: true }), { hosts: [], offered }).organisations).toEqual([{ ...one, doesCount: false }])
  expect(rulesViewOf(policyOf(), { hosts: [], offered }).organisations).toEqual([])
  const counted = editOfRule({ set: "organisation", id: northlight.issuer, to: true }, { now: 0, policy: policyOf(), offered })
  expect(counted).toEqual({ set: "issuers", to: [northlight] })
  const policy = policyOf({ issuers: [northlight] })
  expect(rulesViewOf(policy, { hosts: [], offered: [] }).organisations).toEqual([{ ...one, doesCount: true }])
  expect(editOfRule({ set: "organisation", id: northlight.issuer, to: false }, { now: 0, policy, offered })).toEqual({
    set: "issuers",
    to: [],
  })
})

test("D19: an organisation is named by its host", () => {
  expect(hostOf("https://id.northlight.example/realms/all")).toBe("id.northlight.example")
  expect(hostOf("not an address")).toBe("not an address")
})

test("D31, D39.44: the press that a wish asks for is offered to who may make it, while it is not so", () => {
  const asHost = (them: Role) => actsFor(pair({ them }))
  expect(wishFor("moderator", "member", asHost("member"))).toBe("make-co-host")
  expect(wishFor("moderator", "listener", asHost("listener"))).toBe("make-co-host")
  expect(wishFor("speaker", "listener", asHost("listener"))).toBe("make-member")
  expect(wishFor("attendee", "member", asHost("member"))).toBe("make-listener")
  // As wished, or nothing wished.
  for (const [wish, is] of [
    ["moderator", "co-host"],
    ["speaker", "member"],
    ["attendee", "listener"],
    [undefined, "member"],
  ] as const)
    expect(wishFor(wish, is, asHost(is))).toBeUndefined()
})

test("D39.44: nobody is unmade a host or co-host by a wish, and who cannot sign is offered nothing", () => {
  for (const wish of ["moderator", "speaker", "attendee"] as const) {
    for (const them of ["host", "co-host"] as const) expect(wishFor(wish, them, actsFor(pair({ them })))).toBeUndefined()
    for (const me of ["co-host", "member", "listener"] as const)
      for (const them of roles) expect(wishFor(wish, them, actsFor(pair({ me, canSign: false, them })))).toBeUndefined()
  }
})

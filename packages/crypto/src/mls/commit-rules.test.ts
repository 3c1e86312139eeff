import { test, expect } from "vitest"
import { randomBytes } from "../platform.ts"
import { heal, leafOf } from "./careless.fixture.ts"
import { judgeCommit, maxAdds, maxMembers, usedNames, type GroupBefore } from "./commit-rules.ts"
import { judgeJoin } from "./join-rules.ts"
import type { Joiner, StagedCommit, StagedJoin } from "./raw-engine.ts"

const pskId = randomBytes(32)
const roster = [0, 1, 2].map(leafOf)
const joiner = (): Joiner => ({ identity: randomBytes(16), signatureKey: randomBytes(32), reference: randomBytes(48) })
const at = (leaf: number) => roster[leaf] ?? leafOf(leaf)

const group = (over: Partial<GroupBefore> = {}): GroupBefore => ({ roster, own: 0, pskId, used: usedNames(roster), ...over })
const judge = (commit: Partial<StagedCommit>, before = group()): string | undefined => judgeCommit(before, { ...heal, ...commit })?.refused

test("D8: adds with our PSK, removes, both together and an empty commit are what there is", () => {
  for (const good of [
    {},
    { removes: [2] },
    { adds: [joiner()], psks: [pskId] },
    { adds: [joiner(), joiner()], removes: [2], psks: [pskId] },
  ])
    expect(judge(good)).toBeUndefined()
  expect(judge({ policy: randomBytes(10) })).toBeUndefined()
})

test("D8.1: exactly one PSK, and ours, goes with every Add and with nothing else", () => {
  for (const psks of [[], [randomBytes(32)], [pskId, pskId], [pskId, randomBytes(32)], [pskId.subarray(1)]])
    expect(judge({ adds: [joiner()], psks })).toBe("psk-missing")
  expect(judge({ psks: [pskId] })).toBe("psk-without-add")
  expect(judge({ removes: [2], psks: [pskId] })).toBe("psk-without-add")
})

test("D8.2: a policy change stands alone", () => {
  const policy = randomBytes(10)
  for (const more of [{ removes: [2] }, { adds: [joiner()], psks: [pskId] }, { psks: [pskId] }])
    expect(judge({ policy, ...more })).toBe("policy-not-alone")
})

test("A1.13: any other proposal is refused, whatever comes with it", () => {
  for (const good of [{}, { removes: [2] }, { adds: [joiner()], psks: [pskId] }])
    expect(judge({ ...good, other: 1 })).toBe("forbidden-proposal")
})

test("D12: no commit goes without a path", () => {
  expect(judge({ hasPath: false })).toBe("no-path")
  expect(judge({ hasPath: false, adds: [joiner()], psks: [pskId] })).toBe("no-path")
})

test("D34.1: the sender is a leaf of the roster and not ourselves", () => {
  expect(judge({ sender: 3 })).toBe("unknown-sender")
  expect(judge({ sender: 0 })).toBe("own-echo")
})

test("D8.3: only leaves that are there are removed, once each, and nobody removes itself", () => {
  for (const removes of [[3], [2, 2], [1]]) expect(judge({ removes })).toBe("unknown-leaf")
})

test("D10.4, A1.02: no pseudonym and no leaf key is there twice, nor comes back, nor comes twice at once", () => {
  const one = joiner()
  const psks = [pskId]
  expect(judge({ psks, adds: [{ ...joiner(), identity: at(2).identity }] })).toBe("identity-taken")
  expect(judge({ psks, adds: [{ ...joiner(), signatureKey: at(2).signatureKey }] })).toBe("key-taken")
  expect(judge({ psks, removes: [2], adds: [{ ...joiner(), identity: at(2).identity }] })).toBe("identity-taken")
  expect(judge({ psks, adds: [one, { ...joiner(), identity: one.identity }] })).toBe("identity-taken")
  expect(judge({ psks, adds: [one, { ...joiner(), signatureKey: one.signatureKey }] })).toBe("key-taken")
})

test("D10.4, A1.04: no key package is used twice", () => {
  const one = joiner()
  const used = usedNames(roster)
  used.add(one)
  expect(judge({ psks: [pskId], adds: [{ ...joiner(), reference: one.reference }] }, group({ used }))).toBe("key-package-reused")
  expect(judge({ psks: [pskId], adds: [one, { ...joiner(), reference: one.reference }] })).toBe("key-package-reused")
})

test("D8.4: a commit adds fifty at most, and a call has a thousand members at most", () => {
  const adds = Array.from({ length: maxAdds + 1 }, joiner)
  expect(judge({ psks: [pskId], adds })).toBe("too-many")
  const full = Array.from({ length: maxMembers }, (_, leaf) => leafOf(leaf))
  expect(judge({ psks: [pskId], adds: [joiner()] }, group({ roster: full }))).toBe("too-many")
  expect(judge({ psks: [pskId], adds: [joiner()], removes: [2] }, group({ roster: full }))).toBeUndefined()
})

const expected = { groupId: randomBytes(16), identity: at(2).identity, signatureKey: at(2).signatureKey }
const joinOf = (over: Partial<StagedJoin> = {}): StagedJoin => ({
  groupId: expected.groupId,
  epoch: 4,
  policy: randomBytes(9),
  roster,
  ownLeaf: 2,
  adder: 0,
  ...over,
})
const enter = (over: Partial<StagedJoin> = {}): string | undefined => judgeJoin(expected, joinOf(over))?.refused

test("D10.5: we enter the group we knocked at, as the leaf we made, added by a member", () => {
  expect(enter()).toBeUndefined()
  expect(enter({ groupId: randomBytes(16) })).toBe("other-group")
  expect(enter({ ownLeaf: 1 })).toBe("not-us")
  expect(enter({ ownLeaf: 7 })).toBe("not-us")
  expect(enter({ adder: 2 })).toBe("unknown-adder")
  expect(enter({ adder: 7 })).toBe("unknown-adder")
})

test("D10.5, A1.02: a group in which an identity or a leaf key is there twice is not entered", () => {
  expect(enter({ roster: [...roster, { ...leafOf(3), identity: at(1).identity }] })).toBe("roster-not-unique")
  expect(enter({ roster: [...roster, { ...leafOf(3), signatureKey: at(1).signatureKey }] })).toBe("roster-not-unique")
})

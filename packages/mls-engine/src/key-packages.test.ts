import { expect, test, vi } from "vitest"
import type { Member } from "./index.ts"
import { firstLeafKeyOf, forged, keysOf, type Forgery } from "./forge.fixture.ts"
import {
  admit,
  apply,
  codeOf,
  engine,
  groupId,
  hour,
  identity,
  meeting,
  must,
  nothing,
  nowSeconds,
  person,
  policy,
  pskId,
} from "./people.fixture.ts"

/** A forgery that is right in all but what a test changes. */
async function honest(change: Partial<Forgery> = {}): Promise<Uint8Array> {
  const keys = keysOf((await person(90)).keyPackage())
  return forged({ ...keys, identity: identity(91), notBefore: nowSeconds - 60, notAfter: nowSeconds + hour, ...change })
}

/** Does something while every clock of this process is some hours ahead; the engine reads the same clock. */
function atHour(hours: number, act: () => void): void {
  vi.useFakeTimers({ toFake: ["Date"], now: (nowSeconds + hours * hour) * 1000 })
  try {
    act()
  } finally {
    vi.useRealTimers()
  }
}

test("D10: a key package says who it is for, and two members never share a key", async () => {
  const [reader, first, second] = [await person(1), await person(2), await person(2)]
  const read = reader.readKeyPackage(first.keyPackage(), nowSeconds)
  expect(read.identity).toEqual(identity(2))
  expect(read.signatureKey).toEqual(first.signatureKey())
  expect(read.reference).toHaveLength(48)
  expect(first.signatureKey()).not.toEqual(second.signatureKey())
})

test("A1.03: a package written by hand passes only because all of it is right", async () => {
  const reader = await person(1)
  expect(reader.readKeyPackage(await honest(), nowSeconds).identity).toEqual(identity(91))
})

test.each<[string, Partial<Forgery>]>([
  ["a leaf signed under another label", { leafLabel: "KeyPackageTBS" }],
  ["a package signed under another label", { packageLabel: "LeafNodeTBS" }],
  ["an identity of 15 bytes", { identity: new Uint8Array(15) }],
  ["an identity of 17 bytes", { identity: new Uint8Array(17) }],
  ["no identity", { identity: nothing }],
  ["an X.509 credential", { credentialType: 2 }],
  ["no word of our extension", { extensionTypes: [] }],
  ["a last-resort extension", { extensions: Uint8Array.of(0, 10, 0), extensionTypes: [0xf0c1, 10] }],
  ["a life of more than a day", { notBefore: nowSeconds - hour, notAfter: nowSeconds + 24 * hour }],
  ["a life that is over", { notBefore: nowSeconds - 2 * hour, notAfter: nowSeconds - 1 }],
  ["a life to come", { notBefore: nowSeconds + hour, notAfter: nowSeconds + 2 * hour }],
  ["a life that ends before it begins", { notBefore: nowSeconds + hour, notAfter: nowSeconds - hour }],
])("A1.03: a package with %s is refused", async (_, change) => {
  const [founder] = await meeting(1)
  const bytes = await honest(change)
  expect(["key-package-invalid", "malformed"]).toContain(codeOf(() => founder?.readKeyPackage(bytes, nowSeconds)))
  expect(["key-package-invalid", "malformed"]).toContain(codeOf(() => founder?.commit({ adds: [bytes], psk: pskId })))
  expect(founder?.hasPending()).toBe(false)
})

test("D32.41: a package of another suite is refused, and so is one that names an unknown suite", async () => {
  const reader = await person(1)
  for (const suite of [0x0001, 0x004d, 0xf00d]) {
    const bytes = await honest({ suite, suites: [suite] })
    expect(["key-package-invalid", "malformed"]).toContain(codeOf(() => reader.readKeyPackage(bytes, nowSeconds)))
  }
})

test("E7: a joiner with someone's encryption key, or with one key for both purposes, is refused", async () => {
  const [founder] = await meeting(2)
  const copied = await honest({ encryptionKey: firstLeafKeyOf(must(founder).tree()) })
  expect(codeOf(() => founder?.commit({ adds: [copied], psk: pskId }))).toBe("validation")
  const { initKey } = keysOf((await person(92)).keyPackage())
  const twice = await honest({ initKey, encryptionKey: initKey })
  expect(codeOf(() => founder?.readKeyPackage(twice, nowSeconds))).toBe("key-package-invalid")
})

test("T3, D10.42: a lifetime is checked at the reader's clock, at both of its ends", async () => {
  const [reader, other] = [await person(1), await person(2, { seconds: hour })]
  const bytes = other.keyPackage()
  expect(codeOf(() => reader.readKeyPackage(bytes, nowSeconds + hour))).toBe("key-package-invalid")
  expect(codeOf(() => reader.readKeyPackage(bytes, nowSeconds + hour - 1))).toBe("done")
  expect(codeOf(() => reader.readKeyPackage(bytes, nowSeconds - hour))).toBe("done")
  expect(codeOf(() => reader.readKeyPackage(bytes, nowSeconds - hour - 1))).toBe("key-package-invalid")
})

test("T3, D10.42: a package that expires on the way is not added, by whoever commits it", async () => {
  const [founder, second] = await meeting(2)
  const late = await person(3, { seconds: hour })
  const made = must(founder).commit({ adds: [late.keyPackage()], psk: pskId })
  atHour(2, () => {
    expect(codeOf(() => must(second).process(made.commit))).toBe("key-package-invalid")
    expect(codeOf(() => must(second).commit({ adds: [late.keyPackage()], psk: pskId }))).toBe("key-package-invalid")
  })
  expect(codeOf(() => must(second).process(made.commit))).toBe("done")
})

test("T3, D10.42: a tree with a leaf that expired is not joined; a leaf that committed has no lifetime any more", async () => {
  const founder = await person(1)
  founder.create(groupId, policy)
  const silent = await person(2, { seconds: hour })
  admit(founder, [silent])
  const [early, late] = await Promise.all([person(3, { from: nowSeconds + 2 * hour }), person(4, { from: nowSeconds + 2 * hour })])
  atHour(2, () => {
    const { commit, welcomes, tree } = founder.commit({ adds: [early.keyPackage()], psk: pskId })
    expect(codeOf(() => early.join(must(welcomes[0]), must(tree)))).toBe("key-package-spent")
    founder.clearCommit()
    expect(commit.length).toBeGreaterThan(0)
    const heal = silent.commit({})
    silent.mergeCommit()
    apply(founder, heal.commit)
    admit(founder, [late])
    expect(late.epoch()).toBe(3)
  })
})

test("T3, D10.42: lifetimes are hours: a member that would live a day or not at all is not made", async () => {
  const { Member } = await engine()
  for (const seconds of [0, -1, 0.5, Number.NaN, 23 * hour + 1, 24 * hour, Number.POSITIVE_INFINITY]) {
    expect(codeOf(() => new Member(identity(1), nowSeconds, seconds))).toBe("invalid-argument")
  }
  expect(codeOf(() => new Member(identity(1), nowSeconds, 23 * hour))).toBe("done")
  expect(codeOf(() => new Member(new Uint8Array(15), nowSeconds, hour))).toBe("invalid-argument")
})

test("T6: a package with a byte more or a byte less is refused", async () => {
  const [reader, other] = [await person(1), await person(2)]
  const bytes = other.keyPackage()
  expect(codeOf(() => reader.readKeyPackage(Uint8Array.of(...bytes, 0), nowSeconds))).toBe("malformed")
  for (let length = 0; length < bytes.length; length += 7) {
    expect(codeOf(() => reader.readKeyPackage(bytes.subarray(0, length), nowSeconds))).toBe("malformed")
  }
})

test("A1.04: a package that was added once is not added again", async () => {
  const [founder, second] = (await meeting(2)) as [Member, Member]
  const keyPackage = (await person(5)).keyPackage()
  const made = founder.commit({ adds: [keyPackage], psk: pskId })
  founder.mergeCommit()
  apply(second, made.commit)
  expect(codeOf(() => second.commit({ adds: [keyPackage], psk: pskId }))).toBe("validation")
  expect(codeOf(() => second.commit({ adds: [keyPackage, keyPackage], psk: pskId }))).toBe("validation")
  admit(second, [await person(6)])
})

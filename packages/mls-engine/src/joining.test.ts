import { expect, test } from "vitest"
import type { Member } from "./index.ts"
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
  secretOf,
} from "./people.fixture.ts"

/** A founder's commit that adds these, not yet seen by anyone. */
function welcomed(founder: Member, joiners: readonly Member[]) {
  const made = founder.commit({ adds: joiners.map((joiner) => joiner.keyPackage()), psk: pskId })
  founder.mergeCommit()
  return { welcomes: made.welcomes, tree: must(made.tree) }
}

test("D10: a join shows group, epoch, policy, roster and adder before it is accepted", async () => {
  const [founder] = (await meeting(1)) as [Member]
  const joiner = await person(2)
  const { welcomes, tree } = welcomed(founder, [joiner])
  const joined = joiner.join(must(welcomes[0]), tree)
  expect(joined).toMatchObject({ groupId, epoch: 1, policy, ownLeaf: 1, adder: 0 })
  expect(joined.roster.map(({ leaf, identity: who }) => [leaf, who])).toEqual([
    [0, identity(1)],
    [1, identity(2)],
  ])
  expect(codeOf(() => joiner.epoch())).toBe("no-group")
  joiner.acceptJoin()
  expect(secretOf(joiner)).toBe(secretOf(founder))
})

test("D7.42: each Welcome is cut to its recipient, in the order of the adds", async () => {
  const [founder] = (await meeting(1)) as [Member]
  const [first, second] = [await person(2), await person(3)]
  const { welcomes, tree } = welcomed(founder, [first, second])
  expect(welcomes).toHaveLength(2)
  expect(must(welcomes[0]).length).toBeLessThan(1_800)
  expect(codeOf(() => first.join(must(welcomes[1]), tree))).toBe("no-key-package")
  expect(codeOf(() => second.join(must(welcomes[0]), tree))).toBe("no-key-package")
  expect(codeOf(() => first.join(must(welcomes[0]), tree))).toBe("done")
  expect(codeOf(() => second.join(must(welcomes[1]), tree))).toBe("done")
})

test("E1, D7.43: a Welcome or tree that cannot be read, or is not ours, costs no key package", async () => {
  const [founder] = (await meeting(1)) as [Member]
  const [joiner, stranger] = [await person(2), await person(3)]
  const { welcomes, tree } = welcomed(founder, [joiner])
  const welcome = must(welcomes[0])
  expect(codeOf(() => joiner.join(nothing, tree))).toBe("malformed")
  expect(codeOf(() => joiner.join(welcome.subarray(0, -1), tree))).toBe("malformed")
  expect(codeOf(() => joiner.join(Uint8Array.of(...welcome, 0), tree))).toBe("malformed")
  expect(codeOf(() => joiner.join(welcome, tree.subarray(0, -1)))).toBe("malformed")
  expect(codeOf(() => joiner.join(welcome, Uint8Array.of(...tree, 0)))).toBe("malformed")
  expect(codeOf(() => joiner.join(joiner.keyPackage(), tree))).toBe("malformed")
  expect(codeOf(() => stranger.join(welcome, tree))).toBe("no-key-package")
  joiner.join(welcome, tree)
  joiner.acceptJoin()
})

test("E1, D10.43: a Welcome that fails inside spends its key package and says so; a new one works", async () => {
  const [founder, second] = (await meeting(2)) as [Member, Member]
  const joiner = await person(3)
  const { welcomes, tree } = welcomed(founder, [joiner])
  const welcome = must(welcomes[0])
  expect(codeOf(() => joiner.join(welcome, second.tree()))).toBe("key-package-spent")
  expect(codeOf(() => joiner.join(welcome, tree))).toBe("key-package-spent")
  const again = founder.commit({ removes: [2] })
  founder.mergeCommit()
  expect(again.tree).toBeUndefined()
  admit(founder, [joiner])
  expect(secretOf(joiner)).toBe(secretOf(founder))
})

test("E1, D10.43: a join that is refused spends its key package too", async () => {
  const [founder] = (await meeting(1)) as [Member]
  const joiner = await person(2)
  const { welcomes, tree } = welcomed(founder, [joiner])
  joiner.join(must(welcomes[0]), tree)
  expect(codeOf(() => joiner.join(must(welcomes[0]), tree))).toBe("already-staged")
  joiner.refuseJoin()
  expect(codeOf(() => joiner.acceptJoin())).toBe("nothing-staged")
  expect(codeOf(() => joiner.refuseJoin())).toBe("nothing-staged")
  expect(codeOf(() => joiner.join(must(welcomes[0]), tree))).toBe("key-package-spent")
})

test("D8: without the PSK, or with another one, a Welcome does not open", async () => {
  const { Member } = await engine()
  const [founder] = (await meeting(1)) as [Member]
  const [ignorant, wrong] = [new Member(identity(2), nowSeconds, hour), new Member(identity(3), nowSeconds, hour)]
  wrong.storePsk(pskId, new Uint8Array(32).fill(8))
  const { welcomes, tree } = welcomed(founder, [ignorant, wrong])
  expect(codeOf(() => ignorant.join(must(welcomes[0]), tree))).toBe("key-package-spent")
  expect(codeOf(() => wrong.join(must(welcomes[1]), tree))).toBe("key-package-spent")
})

test("A1.16: a member is in one group, once", async () => {
  const [founder, second] = (await meeting(2)) as [Member, Member]
  expect(codeOf(() => founder.create(groupId, policy))).toBe("already-in-group")
  const { welcomes, tree } = welcomed(founder, [await person(3)])
  expect(codeOf(() => second.join(must(welcomes[0]), tree))).toBe("already-in-group")
  const apart = await person(4)
  expect(codeOf(() => apart.create(new Uint8Array(15), policy))).toBe("invalid-argument")
})

test("A1.02: the engine reports a second leaf of one identity, for its caller to refuse", async () => {
  const [founder, second] = (await meeting(2)) as [Member, Member]
  const twin = await person(2)
  const made = founder.commit({ adds: [twin.keyPackage()], psk: pskId })
  const staged = apply(second, made.commit)
  expect(staged.adds.map((joiner) => joiner.identity)).toEqual([identity(2)])
  expect(second.roster().map((leaf) => leaf.identity)).toEqual([identity(1), identity(2), identity(2)])
})

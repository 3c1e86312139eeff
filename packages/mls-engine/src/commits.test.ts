import { expect, test } from "vitest"
import type { Member } from "./index.ts"
import {
  admit,
  apply,
  codeOf,
  identity,
  meeting,
  must,
  nothing,
  openedBy,
  person,
  policy,
  pskId,
  secretOf,
  stagedBy,
} from "./people.fixture.ts"

test("E2, D9.51: a second commit while one is pending is refused, and the first is not harmed", async () => {
  const [first, second] = (await meeting(2)) as [Member, Member]
  const { commit } = first.commit({})
  expect(codeOf(() => first.commit({}))).toBe("pending-commit")
  expect(codeOf(() => first.commit({ removes: [1] }))).toBe("pending-commit")
  expect(first.epoch()).toBe(1)
  first.mergeCommit()
  apply(second, commit)
  expect(secretOf(first)).toBe(secretOf(second))
})

test("E2, D9.51: merging and clearing want something pending", async () => {
  const [only] = (await meeting(1)) as [Member]
  expect(codeOf(() => only.mergeCommit())).toBe("no-pending-commit")
  expect(codeOf(() => only.clearCommit())).toBe("no-pending-commit")
  only.commit({})
  only.clearCommit()
  expect(only.hasPending()).toBe(false)
  expect(only.epoch()).toBe(0)
})

test("D9.51: the loser of a race keeps its own until the order is known, then drops it and follows (mls.md 4.3)", async () => {
  const [first, second, third] = (await meeting(3)) as [Member, Member, Member]
  const winner = first.commit({})
  second.commit({ removes: [2] })
  expect(stagedBy(second, winner.commit).sender).toBe(0)
  expect(codeOf(() => second.accept())).toBe("pending-commit")
  expect(codeOf(() => second.mergeCommit())).toBe("already-staged")
  second.clearCommit()
  second.accept()
  first.mergeCommit()
  apply(third, winner.commit)
  expect(new Set([first, second, third].map(secretOf)).size).toBe(1)
  expect(second.roster()).toHaveLength(3)
})

test("D9: a commit that was cleared can be built again on the next epoch", async () => {
  const [first, second, third] = (await meeting(3)) as [Member, Member, Member]
  second.commit({ removes: [2] })
  second.clearCommit()
  const heal = first.commit({})
  first.mergeCommit()
  for (const member of [second, third]) apply(member, heal.commit)
  const again = second.commit({ removes: [2] })
  second.mergeCommit()
  expect(apply(first, again.commit).removes).toEqual([2])
  expect(first.roster()).toHaveLength(2)
})

test("D9.52: own, stale and future commits are told apart (mls.md 4.4)", async () => {
  const [first, second] = (await meeting(2)) as [Member, Member]
  const one = first.commit({})
  expect(codeOf(() => first.process(one.commit))).toBe("own-message")
  first.mergeCommit()
  expect(codeOf(() => first.process(one.commit))).toBe("wrong-epoch")
  const two = first.commit({})
  expect(codeOf(() => second.process(two.commit))).toBe("wrong-epoch")
  apply(second, one.commit)
  apply(second, two.commit)
  expect(codeOf(() => second.process(two.commit))).toBe("wrong-epoch")
})

test("D9.52: one commit is staged at a time, and a refused one does not open again", async () => {
  const [first, second] = (await meeting(2)) as [Member, Member]
  const { commit } = first.commit({})
  expect(codeOf(() => second.accept())).toBe("nothing-staged")
  expect(codeOf(() => second.refuse())).toBe("nothing-staged")
  second.process(commit)
  expect(codeOf(() => second.process(commit))).toBe("already-staged")
  expect(codeOf(() => second.commit({}))).toBe("already-staged")
  second.refuse()
  expect(second.epoch()).toBe(1)
  expect(["duplicate", "too-old"]).toContain(codeOf(() => second.process(commit)))
})

test("D12.41: every commit carries a path, whatever it does", async () => {
  const [first, second] = (await meeting(3)) as [Member, Member, Member]
  const requests = [
    {},
    { adds: [(await person(9)).keyPackage()], psk: pskId },
    { removes: [2] },
    { policy: new TextEncoder().encode("policy 2") },
    { psk: pskId },
  ]
  for (const request of requests) {
    const { commit } = first.commit(request)
    first.mergeCommit()
    expect(apply(second, commit).hasPath).toBe(true)
  }
})

test("D12: after a path by each member a removal is small", async () => {
  const people = await meeting(8)
  const first = must(people[0])
  const cold = first.commit({ removes: [7] }).commit.length
  first.clearCommit()
  for (const member of people) {
    const { commit } = member.commit({})
    member.mergeCommit()
    for (const other of people) if (other !== member) apply(other, commit)
  }
  expect(must(people[6]).commit({ removes: [7] }).commit.length).toBeLessThan(cold)
})

test("D8: what a commit does is reported in full: adds, removes, PSK, sender, what it authenticates", async () => {
  const [first, second] = (await meeting(3)) as [Member, Member, Member]
  const joiner = await person(7)
  const request = { adds: [joiner.keyPackage()], removes: [2], psk: pskId, authenticatedData: identity(5) }
  const { commit } = first.commit(request)
  expect(stagedBy(second, commit)).toMatchObject({
    sender: 0,
    epoch: 1,
    authenticatedData: identity(5),
    adds: [{ identity: identity(7), signatureKey: joiner.signatureKey() }],
    removes: [2],
    psks: [pskId],
    policy: undefined,
    other: 0,
    selfRemoved: false,
  })
})

test("D8: an add without the PSK is reported without one, for the caller to refuse", async () => {
  const [first, second] = (await meeting(2)) as [Member, Member]
  const { commit } = first.commit({ adds: [(await person(7)).keyPackage()] })
  expect(stagedBy(second, commit).psks).toEqual([])
})

test("E5, D8.42: a change of policy stands alone, reaches everybody and keeps the group open to joiners", async () => {
  const [first, second] = (await meeting(2)) as [Member, Member]
  const changed = new TextEncoder().encode("policy 2")
  expect(codeOf(() => first.commit({ policy: changed, removes: [1] }))).toBe("invalid-argument")
  expect(codeOf(() => first.commit({ policy: changed, psk: pskId }))).toBe("invalid-argument")
  const { commit } = first.commit({ policy: changed })
  first.mergeCommit()
  expect(apply(second, commit)).toMatchObject({ policy: changed, other: 0 })
  expect(second.policy()).toEqual(changed)
  admit(first, [await person(3)])
})

test("D8: a PSK that is not known is refused, on both sides", async () => {
  const [first, second] = (await meeting(2)) as [Member, Member]
  const other = new TextEncoder().encode("psk 2")
  expect(codeOf(() => first.commit({ psk: other }))).toBe("psk-missing")
  expect(first.hasPending()).toBe(false)
  first.storePsk(other, new Uint8Array(32).fill(9))
  const { commit } = first.commit({ psk: other })
  expect(codeOf(() => second.process(commit))).toBe("psk-missing")
  second.storePsk(other, new Uint8Array(32).fill(9))
  expect(codeOf(() => second.process(commit))).toBe("done")
})

test("D8: with another secret under the same PSK id, commits are refused", async () => {
  const [first, second] = (await meeting(2)) as [Member, Member]
  const other = new TextEncoder().encode("psk 2")
  first.storePsk(other, new Uint8Array(32).fill(9))
  second.storePsk(other, new Uint8Array(32).fill(10))
  const { commit } = first.commit({ psk: other })
  expect(codeOf(() => second.process(commit))).toBe("validation")
})

test("A1.17: a removed member knows it, can do nothing more, and its exporter is not the group's", async () => {
  const [first, second, third] = (await meeting(3)) as [Member, Member, Member]
  const { commit } = first.commit({ removes: [2] })
  first.mergeCommit()
  apply(second, commit)
  expect(secretOf(third)).not.toBe(secretOf(first))
  expect(stagedBy(third, commit).selfRemoved).toBe(true)
  third.accept()
  for (const call of [
    () => third.epoch(),
    () => secretOf(third),
    () => third.encrypt(nothing, nothing),
    () => third.commit({}),
    () => third.tree(),
  ]) {
    expect(codeOf(call)).toBe("removed")
  }
})

test("D33: a member removed from a pair cannot follow who stays, and a new group shares nothing with the old", async () => {
  const [first, second] = (await meeting(2)) as [Member, Member]
  const old = secretOf(first)
  const { commit } = first.commit({ removes: [1] })
  first.mergeCommit()
  expect(stagedBy(second, commit)).toMatchObject({ selfRemoved: true, hasPath: true })
  second.refuse()
  const next = first.commit({})
  first.mergeCommit()
  expect(codeOf(() => second.process(next.commit))).toBe("wrong-epoch")
  expect(new Set([old, secretOf(second)]).size).toBe(1)
  expect(secretOf(first)).not.toBe(old)

  const founder = await person(1)
  founder.create(new Uint8Array(16).fill(0xbb), policy)
  expect(codeOf(() => founder.process(next.commit))).toBe("wrong-group")
  expect(secretOf(founder)).not.toBe(secretOf(first))
})

test("D11: out and in again in one commit, under the same pseudonym", async () => {
  const [first, second, third] = (await meeting(3)) as [Member, Member, Member]
  const again = await person(3)
  const made = first.commit({ removes: [2], adds: [again.keyPackage()], psk: pskId })
  first.mergeCommit()
  apply(second, made.commit)
  expect(stagedBy(third, made.commit).selfRemoved).toBe(true)
  again.join(must(made.welcomes[0]), must(made.tree))
  again.acceptJoin()
  expect(secretOf(again)).toBe(secretOf(second))
  expect(openedBy(again, first.encrypt(identity(1), nothing)).sender).toBe(0)
})

test("D8: nobody commits its own removal or that of a leaf that is not there", async () => {
  const [first] = (await meeting(2)) as [Member, Member]
  expect(codeOf(() => first.commit({ removes: [0] }))).toBe("self-remove")
  for (const leaf of [2, 7, 0xffff_ffff]) expect(codeOf(() => first.commit({ removes: [leaf] }))).toBe("unknown-leaf")
  expect(codeOf(() => first.commit({ removes: [1, 1] }))).toBe("done")
  expect(first.hasPending()).toBe(true)
})

test("A1.06: each of 50 commits, replayed in every later epoch, is refused", async () => {
  const [first, second] = (await meeting(2)) as [Member, Member]
  const commits: Uint8Array[] = []
  let accepted = 0
  for (let epoch = 0; epoch < 50; epoch++) {
    const { commit } = first.commit({})
    first.mergeCommit()
    apply(second, commit)
    commits.push(commit)
    accepted += commits.filter((past) => codeOf(() => second.process(past)) !== "wrong-epoch").length
  }
  expect(accepted).toBe(0)
})

test("D13: epoch authenticator, transcript and tree hash agree among members and change with every commit", async () => {
  const [first, second] = (await meeting(2)) as [Member, Member]
  const seen = new Set<string>()
  for (let epoch = 0; epoch < 5; epoch++) {
    const { commit } = first.commit({})
    first.mergeCommit()
    apply(second, commit)
    const facts = [first, second].map((member) => [member.epochAuthenticator(), member.transcript(), member.treeHash()].join())
    expect(facts[0]).toBe(facts[1])
    seen.add(must(facts[0]))
  }
  expect(seen.size).toBe(5)
})

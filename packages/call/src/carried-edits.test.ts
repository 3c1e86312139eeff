import { expect, test } from "vitest"
import type { Epoch, Seq } from "@conclave/wire"
import type { CommitBundle, GroupView, PolicyEdit, PolicyView } from "./engine-port.ts"
import {
  bytesOf,
  commitEntry,
  effectOf,
  groupOf,
  leafOf,
  memberOf,
  ordersOf,
  personOf,
  policyOf,
  seated,
  theCall,
  type Bench,
} from "./session.fixture.ts"

const lock: PolicyEdit = { set: "isLocked", to: true }
const bundle: CommitBundle = { epoch: 5 as Epoch, commit: bytesOf(42, 40), welcomes: [], removes: [] }
const under = (group: GroupView, rules: Partial<PolicyView>): GroupView => ({ ...group, policy: policyOf(rules) })
const builtOf = (bench: Bench) => ordersOf(bench.take()).flatMap((order) => (order.do === "build-commit" ? [order.change.policy] : []))
const lost = (bench: Bench) => bench.session.notices.filter(({ kind }) => kind === "edit-lost").length

/** Member 1 asks for a change, its commit is the epoch, and nobody else can apply it. */
function voided(bench: Bench, edit: PolicyEdit, rules: Partial<PolicyView>): void {
  bench.feed({ type: "policy-asked", edit })
  isVoid(bench, rules)
}

function isVoid(bench: Bench, rules: Partial<PolicyView>): void {
  const { epoch } = bench.in.group
  bench.answer({ type: "commit-built", bundle: { ...bundle, epoch } })
  const request = bench.in.requests
  bench.entries(commitEntry(bench.in.nextSeq, epoch, 42))
  bench.answer({
    type: "commit-merged",
    ...effectOf(under(groupOf(epoch + 1, 1, 0, 1, 2), { version: 2, ...rules }), { policyChanged: true }),
  })
  bench.hear({ type: "refused", request, code: "commit-void" })
  expect(bench.session.stage.phase).toBe("arriving")
  bench.take()
}

/** Back in the same call under a new name, with those who were there, under these rules. */
function back(bench: Bench, rules: Partial<PolicyView> = {}): void {
  bench.pass(5_000)
  if (bench.session.engine.doing?.order === "wipe-group") bench.answer({ type: "group-wiped" })
  bench.open()
  bench.hear({ type: "room", shelf: bytesOf(5), call: theCall })
  const self = { ...personOf(1), member: memberOf(11) }
  bench.answer({ type: "knock-made", member: self.member, keyPackage: bytesOf(3), sealed: bytesOf(4), self })
  bench.hear({ type: "knocking", call: theCall, session: bytesOf(77, 32) })
  bench.hear({ type: "welcome", call: theCall, seq: 20 as Seq, epoch: 5 as Epoch, welcome: bytesOf(6), tree: bytesOf(7) })
  const group = groupOf(5, 1, 0, 1, 2)
  const members = group.members.map((each) => (each.leaf === leafOf(1) ? { ...each, member: self.member } : each))
  bench.answer({ type: "group-joined", group: under({ ...group, members }, rules), by: leafOf(0) })
  bench.sealAll()
}

const meet = (bench: Bench, ...others: readonly number[]): void => {
  for (const n of others) bench.speak(n, { kind: "introduce", people: [personOf(n)] })
  bench.sealAll()
  bench.pass(2_000)
}

test("D8.26: a change that became void is made again from the next place", () => {
  const bench = seated(0, 2)
  voided(bench, lock, { isLocked: true })
  back(bench)
  bench.pass(2_000)
  expect(builtOf(bench)).toContainEqual(lock)
  expect(lost(bench)).toBe(0)
})

test("D8.26: a change that others made meanwhile is not made again", () => {
  const bench = seated(0, 2)
  voided(bench, lock, { isLocked: true })
  back(bench, { isLocked: true })
  bench.pass(60_000)
  expect(builtOf(bench)).toEqual([])
  expect(lost(bench)).toBe(0)
})

test("D8.26: after the third void the person is told, and nothing is tried again", () => {
  const bench = seated(0, 2)
  voided(bench, lock, { isLocked: true })
  for (const time of [1, 2]) {
    back(bench)
    bench.pass(2_000)
    expect(builtOf(bench), String(time)).toContainEqual(lock)
    isVoid(bench, { isLocked: true })
  }
  expect(lost(bench)).toBe(1)
  expect(bench.session.wanted).toEqual([])
})

test("D8.26: whom a change is about is found again by device, or the person is told", () => {
  const bench = seated(0, 2)
  voided(bench, { role: "co-host", of: leafOf(2) }, { coHosts: ["device 2"] })
  back(bench)
  bench.pass(2_000)
  expect(builtOf(bench)).toEqual([])
  meet(bench, 0, 2)
  expect(builtOf(bench)).toContainEqual({ role: "co-host", of: leafOf(2) })
  const other = seated(0, 2)
  voided(other, { role: "co-host", of: leafOf(2) }, { coHosts: ["device 2"] })
  back(other)
  meet(other, 0)
  for (let i = 0; i < 4; i++) {
    other.pass(9_000)
    for (const n of [0, 2]) other.beat(n)
    other.sealAll()
  }
  expect(lost(other)).toBe(1)
  expect(other.session.wanted).toEqual([])
})

test("D8.26: what waits for its turn is not lost with the place, and a new link or password is not made twice", () => {
  const bench = seated(0, 2)
  bench.feed({ type: "policy-asked", edit: { newSecret: true } })
  bench.feed({ type: "policy-asked", edit: lock })
  isVoid(bench, { secretVersion: 2 })
  expect(bench.session.wanted).toEqual([{ edit: lock, device: undefined, tries: 0 }])
  expect(lost(bench)).toBe(1)
  const waiting = seated(0, 2)
  waiting.feed({ type: "policy-asked", edit: lock })
  waiting.feed({ type: "engine-broken" })
  expect(waiting.session.wanted).toMatchObject([{ edit: lock, tries: 0 }])
  waiting.feed({ type: "leave-asked" })
  waiting.feed({ type: "join-asked", room: "x" as never, access: bytesOf(1, 32), media: waiting.session.media })
  expect(waiting.session.wanted).toEqual([])
})

test("D8.25: a change that the engine would not make is told to the person", () => {
  const bench = seated(0, 2)
  bench.feed({ type: "policy-asked", edit: { role: "member", of: leafOf(1) } })
  bench.answer({ type: "order-failed", order: "build-commit", failure: "refused" })
  expect(lost(bench)).toBe(1)
  expect(bench.in.edits).toEqual([])
})

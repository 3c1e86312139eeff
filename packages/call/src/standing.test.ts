import { expect, test } from "vitest"
import type { Epoch } from "@conclave/wire"
import {
  type Bench,
  bytesOf,
  commitEntry,
  deedsOf,
  groupOf,
  leafOf,
  memberOf,
  ordersOf,
  personOf,
  policyOf,
  seated,
  unintroduced,
} from "./session.fixture.ts"
import { timings } from "./timings.ts"

const toldOf = (bench: Bench) => ordersOf(bench.take()).flatMap((order) => (order.do === "set-standing" ? [order] : []))
const standing = { kind: "standing", former: ["device 8", "device 9"], blocked: ["device 7"], isUsed: true } as const

test("D17.24: the standing is believed from the leaf that added us, and once", () => {
  const bench = unintroduced(0, 2)
  bench.speak(2, standing)
  expect(bench.in.standing.isKnown).toBe(false)
  bench.speak(0, standing)
  bench.sealAll()
  expect(bench.in.standing).toMatchObject({ isKnown: true, isUsed: true, blocked: [{ device: "device 7" }] })
  expect(bench.in.standing.former).toEqual(["device 8", "device 9", "device 1"])
  bench.speak(0, { ...standing, former: ["device 66"] })
  expect(bench.in.standing.former).not.toContain("device 66")
})

test("D17.24: the engine's rules are told of the standing as soon as we know it, and before the next commit is judged", () => {
  const bench = unintroduced(0)
  expect(toldOf(bench)).toEqual([])
  bench.speak(0, standing)
  expect(toldOf(bench)).toEqual([{ do: "set-standing", former: ["device 8", "device 9", "device 1"], blocked: ["device 7"], isUsed: true }])
  bench.answer({ type: "standing-set" })
  bench.follow(groupOf(6, 1, 0, 1, 3), { people: [personOf(3)] })
  bench.entries(commitEntry(12, 6, 98))
  expect(deedsOf(bench.take()).filter((deed) => deed !== "send verdict")).toEqual(["engine process-commit", "engine set-standing"])
})

test("D17.24: who is not told within thirty seconds takes what it saw for all", () => {
  const bench = unintroduced(0)
  bench.pass(timings.standing + 100)
  expect(bench.in.standing.isKnown).toBe(true)
})

test("D17.24: blocks are believed from hosts and co-hosts, and from nobody else", () => {
  const bench = seated(0, 2)
  bench.speak(2, { kind: "block", devices: ["device 9"], isBlocked: true })
  expect(bench.in.standing.blocked).toEqual([])
  bench.speak(0, { kind: "block", devices: ["device 9"], isBlocked: true })
  expect(bench.in.standing.blocked).toMatchObject([{ device: "device 9" }])
})

test("D8.23: a block told by message counts against commits from the next epoch on, an unblock at once", () => {
  const bench = seated(0)
  bench.take()
  bench.speak(0, { kind: "block", devices: ["device 9"], isBlocked: true })
  expect(toldOf(bench)).toEqual([])
  bench.follow(groupOf(6, 1, 0, 1))
  expect(toldOf(bench)).toMatchObject([{ blocked: ["device 9"] }])
  bench.sealAll()
  bench.speak(0, { kind: "block", devices: ["device 9"], isBlocked: false })
  expect(toldOf(bench)).toMatchObject([{ blocked: [] }])
})

test("D17.28: a newcomer uses the link up, who comes back does not, and a new secret is fresh", () => {
  const bench = seated(0, 2)
  const step = (...change: Parameters<Bench["follow"]>) => {
    bench.follow(...change)
    bench.sealAll()
    return bench.in.standing.isUsed
  }
  const removes = [{ leaf: leafOf(2), member: memberOf(2), why: "returned" }] as const
  const back = { ...personOf(7), device: "device 2" }
  expect(step({ ...groupOf(6, 1, 0, 1), members: [0, 1, 7].map(at) }, { people: [back], removes })).toBe(false)
  expect(step({ ...groupOf(7, 1), members: [0, 1, 7, 8].map(at) }, { people: [personOf(8)] })).toBe(true)
  const policy = policyOf({ version: 2, secretVersion: 2 })
  expect(step({ ...groupOf(8, 1), members: [0, 1, 7, 8].map(at), policy }, { policyChanged: true })).toBe(false)

  function at(n: number) {
    return { leaf: leafOf(n === 7 ? 2 : n === 8 ? 3 : n), member: memberOf(n) }
  }
})

test("D8.20: a call founded anew knows who was in the old one and who is kept out", () => {
  const bench = seated(0, 2)
  bench.speak(0, { kind: "block", devices: ["device 9"], isBlocked: true })
  bench.hear({ type: "ended", call: bench.in.call, reason: "split" })
  bench.answer({ type: "group-wiped" })
  bench.open()
  bench.hear({ type: "room", shelf: bytesOf(5) })
  bench.answer({ type: "group-founded", group: { ...groupOf(0, 1, 1), epoch: 0 as Epoch }, self: personOf(1) })
  const call = "call" in bench.session.stage ? bench.session.stage.call : undefined
  if (call === undefined) throw new Error("not founding")
  bench.hear({ type: "founded", call, session: bytesOf(77, 32), seq: 0 as never })
  expect(bench.in.standing.former).toEqual(expect.arrayContaining(["device 0", "device 2", "device 1"]))
  expect(bench.in.standing.blocked).toMatchObject([{ device: "device 9" }])
  expect(bench.in.standing.isKnown).toBe(true)
})

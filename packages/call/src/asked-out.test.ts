import { expect, test } from "vitest"
import type { Epoch, Seq } from "@conclave/wire"
import {
  arriving,
  type Bench,
  bytesOf,
  commitEntry,
  groupOf,
  leafOf,
  memberOf,
  ordersOf,
  personOf,
  seated,
  seatedUnder,
  theCall,
} from "./session.fixture.ts"
import { callViewOf } from "./view.ts"

const ask = (bench: Bench, n: number) => bench.hear({ type: "removal-asked", member: memberOf(n) })

const removalsOf = (bench: Bench) => {
  bench.sealAll()
  return ordersOf(bench.take()).flatMap((order) => (order.do === "build-commit" ? order.change.removes : []))
}

/** Everybody keeps talking for so long that this member has heard all there is. */
function listened(bench: Bench, ...others: readonly number[]): Bench {
  for (let n = 0; n < 8; n++) {
    bench.pass(5_000)
    for (const each of others) bench.beat(each)
    bench.sealAll()
  }
  bench.take()
  return bench
}

test("D14.7: the nearest member commits what the organisation asked for, and says so; one further away waits its turn", () => {
  const near = seated(0, 2)
  ask(near, 2)
  expect(removalsOf(near)).toEqual([{ leaf: leafOf(2), why: "organisation" }])
  const far = seated(2, 3)
  ask(far, 3)
  far.pass(1_000)
  expect(removalsOf(far)).toEqual([])
  far.pass(1_000)
  expect(removalsOf(far)).toEqual([{ leaf: leafOf(3), why: "organisation" }])
})

test("D14.7: it takes no role, for it is nobody's here; a person's own removal still does", () => {
  const bench = seatedUnder({ hosts: ["device 0"] }, 0, 2)
  bench.feed({ type: "remove-asked", leaf: leafOf(2) })
  bench.pass(3_000)
  expect(removalsOf(bench)).toEqual([])
  ask(bench, 2)
  bench.pass(3_000)
  expect(removalsOf(bench)).toEqual([{ leaf: leafOf(2), why: "organisation" }])
})

test("D14.8: a reader believes the reason of whom it heard named, and of anybody only while it has not listened long enough", () => {
  const bench = listened(seated(0, 2), 0, 2)
  const askedOf = (seq: number) => {
    bench.entries(commitEntry(seq, 5, seq))
    bench.sealAll()
    const [order] = ordersOf(bench.take()).flatMap((one) => (one.do === "process-commit" ? [one.asked] : []))
    return order
  }
  expect(askedOf(bench.in.nextSeq)).toEqual([])
  // Another is nearer to leaf 3, and goes first.
  const other = listened(seated(2, 3), 2, 3)
  ask(other, 3)
  other.entries(commitEntry(other.in.nextSeq, 5, 50))
  expect(ordersOf(other.take())).toContainEqual(expect.objectContaining({ do: "process-commit", asked: [leafOf(3)] }))
  const fresh = seated(0, 2)
  fresh.entries(commitEntry(fresh.in.nextSeq, 5, 50))
  expect(ordersOf(fresh.take())).toContainEqual(expect.objectContaining({ do: "process-commit", asked: [leafOf(0), leafOf(2)] }))
})

test("D14.9: who was removed by the organisation is shown that; without a request it was a member's lie, and it comes back", () => {
  const removedBy = (isAsked: boolean) => {
    const bench = listened(seated(0, 2), 0, 2)
    if (isAsked) ask(bench, 1)
    bench.entries(commitEntry(bench.in.nextSeq, 5, 50))
    bench.sealAll()
    bench.answer({ type: "removed-by-commit", seq: bench.in.nextSeq - 1, by: leafOf(0), why: "organisation" })
    return bench
  }
  expect(callViewOf(removedBy(true).session)).toMatchObject({ phase: "removed", why: "organisation" })
  expect(removedBy(false).session.stage.phase).toBe("arriving")
})

test("D14.9: the others are told under that name, and the device stays out until a host lets it", () => {
  const bench = seated(0, 2, 3)
  ask(bench, 2)
  bench.follow(groupOf(6, 1, 0, 1, 3), { removes: [{ leaf: leafOf(2), member: memberOf(2), why: "organisation" }] })
  expect(bench.session.notices).toContainEqual(expect.objectContaining({ kind: "removed-by-organisation", member: memberOf(2) }))
  expect(bench.in.standing.blocked).toContainEqual(expect.objectContaining({ device: "device 2" }))
  expect(bench.in.askedOut.size).toBe(0)
  expect(bench.in.group.epoch).toBe(6 as Epoch)
})

test("D14.9: with nobody else in the call the one who is asked for goes by itself", () => {
  const bench = arriving()
  const self = { ...personOf(1), member: memberOf(0) }
  bench.answer({ type: "group-founded", group: groupOf(0, 0, 0), self })
  bench.hear({ type: "founded", call: theCall, session: bytesOf(8, 32), seq: 0 as Seq })
  const { member } = bench.in
  bench.hear({ type: "removal-asked", member })
  expect(callViewOf(bench.session)).toMatchObject({ phase: "removed", why: "organisation", by: undefined })
  expect(bench.session.wish).toBeUndefined()
})

test("A6.01: a server that names more people than a call can hold is heard no further", () => {
  const bench = seated(0)
  for (let n = 0; n < 1_200; n++) bench.hear({ type: "removal-asked", member: `${String(n).padStart(21, "A")}A` as never })
  expect(bench.in.askedOut.size).toBe(1000)
})

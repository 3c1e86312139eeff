import { expect, test } from "vitest"
import {
  atDoorOf,
  type Bench,
  groupOf,
  knockOf,
  leafOf,
  memberOf,
  ordersOf,
  personOf,
  saidOf,
  seated,
  seatedUnder,
} from "./session.fixture.ts"
import { timings } from "./timings.ts"
import { callViewOf } from "./view.ts"

/** Somebody knocks and its knock is read. */
function knock(bench: Bench, n: number, device = n): void {
  bench.hear({ type: "nominated", knocks: [knockOf(n)] })
  bench.answer({ type: "knock-read", member: memberOf(n), person: { ...personOf(n, device), since: n * 1_000 } })
}

const guest = { hosts: ["device 0"] }
const addsOf = (bench: Bench) => ordersOf(bench.take()).flatMap((order) => (order.do === "build-commit" ? order.change.adds : []))
const saidAbout = (bench: Bench): { readonly type: string }[] =>
  saidOf(bench.take()).flatMap((said): { readonly type: string }[] => {
    if (said.type === "turn-away") return [{ type: said.type, isBlocked: said.isBlocked } as { readonly type: string }]
    return said.type === "defer" ? [said] : []
  })

test("D17.25, D17.30: in a waiting room a guest leaves the knock to a person, a host shows it, and neither commits it", () => {
  const bench = seatedUnder({ waitingRoom: true, ...guest }, 0, 2)
  knock(bench, 7)
  expect(saidAbout(bench)).toEqual([{ type: "defer", members: [memberOf(7)] }])
  expect(atDoorOf(bench)).toEqual([])
  const host = seatedUnder({ waitingRoom: true }, 0, 2)
  knock(host, 7)
  expect(saidAbout(host)).toEqual([{ type: "defer", members: [memberOf(7)] }])
  expect(atDoorOf(host)).toEqual(["person 7"])
  host.pass(20_000)
  expect(addsOf(host)).toEqual([])
})

test("D39.36: in a room sealed by identity a guest member lets in by itself who is vouched for, and leaves the others to a person", () => {
  const issuers = [{ issuer: "https://login.example", clientId: "conclave" }]
  for (const [rules, level, isAdded] of [
    [{ kind: "identity" }, "guest", false],
    [{ kind: "identity" }, "account", true],
    [{ kind: "identity", issuers }, "account", false],
    [{ kind: "identity", issuers }, "organisation", true],
    [{ kind: "link" }, "organisation", false],
    [{ kind: "transport" }, "account", false],
  ] as const) {
    const bench = seatedUnder({ waitingRoom: true, ...rules, ...guest }, 0, 2)
    bench.hear({ type: "nominated", knocks: [knockOf(7)] })
    bench.answer({ type: "knock-read", member: memberOf(7), person: { ...personOf(7), level } })
    bench.pass(1_000)
    expect([rules, level, addsOf(bench)]).toEqual([rules, level, isAdded ? [memberOf(7)] : []])
  }
})

test("D17.30: a knock that is asked about again is deferred again: the server may have forgotten", () => {
  const bench = seatedUnder({ waitingRoom: true, ...guest }, 0)
  knock(bench, 7)
  bench.take()
  bench.hear({ type: "nominated", knocks: [knockOf(7)] })
  expect(saidAbout(bench)).toEqual([{ type: "defer", members: [memberOf(7)] }])
})

test("D17.26: whom a host lets in is committed, also when it knocked under another name meanwhile", () => {
  const bench = seatedUnder({ waitingRoom: true }, 0)
  knock(bench, 7)
  knock(bench, 8, 7)
  expect(atDoorOf(bench)).toEqual(["person 8"])
  bench.take()
  bench.feed({ type: "admit-asked", members: [memberOf(7)] })
  expect(addsOf(bench)).toEqual([memberOf(8)])
  const later = seatedUnder({ waitingRoom: true }, 0)
  knock(later, 7)
  later.feed({ type: "admit-asked", members: "all" })
  later.answer({ type: "order-failed", order: "build-commit", failure: "refused" })
  later.pass(3_000)
  later.take()
  knock(later, 9, 7)
  expect(addsOf(later)).toEqual([memberOf(9)])
})

test("D17.26: at the door somebody stands for sixty seconds after its last knock", () => {
  const bench = seatedUnder({ waitingRoom: true }, 0)
  knock(bench, 7)
  for (let spent = 0; spent < timings.atDoor - 5_000; spent += 5_000) {
    bench.pass(5_000)
    bench.beat(0)
  }
  expect(atDoorOf(bench)).toEqual(["person 7"])
  bench.pass(6_000)
  expect(atDoorOf(bench)).toEqual([])
})

test("D4.13: what is not a host's to ask is not heeded", () => {
  const bench = seatedUnder({ waitingRoom: true, ...guest }, 0, 2)
  knock(bench, 7)
  bench.take()
  bench.feed({ type: "admit-asked", members: "all" })
  bench.feed({ type: "refuse-asked", member: memberOf(7), isBlocked: true })
  bench.feed({ type: "unblock-asked", device: "device 7" })
  bench.feed({ type: "remove-asked", leaf: leafOf(2) })
  bench.feed({ type: "policy-asked", edit: { set: "isLocked", to: true } })
  bench.pass(5_000)
  const said = bench.take()
  expect(ordersOf(said).filter((order) => order.do === "build-commit")).toHaveLength(1)
  expect(ordersOf(said)).toContainEqual({ do: "build-commit", change: { adds: [], removes: [], policy: { set: "isLocked", to: true } } })
})

test("D8.11: whom nobody may add is turned away, and told", () => {
  for (const rules of [
    { isLocked: true },
    { expiry: 1_000 },
    { minimumLevel: "organisation" },
    { isSingleUse: true, waitingRoom: true, isLocked: true },
  ] as const) {
    const bench = seatedUnder({ ...rules, ...guest }, 0)
    knock(bench, 7)
    expect(saidAbout(bench)).toEqual([{ type: "turn-away", isBlocked: false }])
  }
})

test("D8.12, D8.15: through a lock come who was here before, and whom the rules name", () => {
  const rules = { isLocked: true, waitingRoom: true, hosts: ["device 0", "device 40"], coHosts: ["device 41"] }
  for (const device of [0, 2, 40, 41]) {
    const bench = seatedUnder(rules, 0, 2)
    knock(bench, 7, device)
    expect(addsOf(bench)).toEqual([memberOf(7)])
  }
})

test("D17.28: a link for one lets in one newcomer and any number who come back", () => {
  const bench = seatedUnder({ isSingleUse: true }, 0, 2)
  bench.hear({ type: "nominated", knocks: [knockOf(7), knockOf(8), knockOf(9)] })
  for (const [n, device] of [
    [7, 7],
    [8, 8],
    [9, 2],
  ] as const)
    bench.answer({ type: "knock-read", member: memberOf(n), person: { ...personOf(n, device), since: 9_000 } })
  const changes = ordersOf(bench.take()).flatMap((order) => (order.do === "build-commit" ? [order.change.adds] : []))
  expect(changes).toEqual([[memberOf(7), memberOf(9)]])
})

test("D8.14: who was removed by a person is blocked, and turned away as that, until a host unblocks it", () => {
  const bench = seated(0, 2)
  const removes = [{ leaf: leafOf(2), member: memberOf(2), why: "removed" }] as const
  bench.follow(groupOf(6, 1, 0, 1), { removes })
  bench.sealAll()
  expect(callViewOf(bench.session)).toMatchObject({ blocked: [{ device: "device 2", name: "person 2" }] })
  bench.take()
  knock(bench, 7, 2)
  expect(saidAbout(bench)).toEqual([{ type: "turn-away", isBlocked: true }])
  bench.feed({ type: "unblock-asked", device: "device 2" })
  bench.answer({ type: "standing-set" })
  expect(ordersOf(bench.take())).toContainEqual({
    do: "seal-message",
    message: { kind: "block", devices: ["device 2"], isBlocked: false },
    keep: true,
  })
  bench.sealAll()
  bench.hear({ type: "accepted", request: bench.in.unconfirmed.at(-1)?.request ?? 0, seq: 12 as never })
  knock(bench, 8, 2)
  expect(addsOf(bench)).toEqual([memberOf(8)])
})

test("D8.23: no commit is built while a word about blocks is on its way", () => {
  const bench = seatedUnder({ waitingRoom: true }, 0)
  knock(bench, 7)
  knock(bench, 8)
  bench.take()
  bench.feed({ type: "refuse-asked", member: memberOf(7), isBlocked: true })
  bench.feed({ type: "admit-asked", members: [memberOf(8)] })
  bench.sealAll()
  const said = saidOf(bench.take())
  expect(said).toContainEqual({ type: "turn-away", members: [memberOf(7)], isBlocked: true })
  expect(bench.in.pending).toBeUndefined()
  bench.hear({ type: "accepted", request: bench.in.unconfirmed.at(-1)?.request ?? 0, seq: 12 as never })
  expect(addsOf(bench)).toEqual([memberOf(8)])
})

test("D8.24: who has just come and lacks names lets nobody in", () => {
  const bench = seated(0, 2)
  bench.follow(groupOf(6, 1, 0, 1, 2, 3))
  bench.sealAll()
  bench.take()
  knock(bench, 7)
  expect(addsOf(bench)).toEqual([])
  bench.speak(0, { kind: "introduce", people: [personOf(3)] })
  bench.sealAll()
  expect(addsOf(bench)).toEqual([memberOf(7)])
})

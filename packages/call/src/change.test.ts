import { expect, test } from "vitest"
import type { Epoch, Knock, Seq } from "@conclave/wire"
import type { CommitBundle } from "./engine-port.ts"
import {
  Bench,
  bytesOf,
  commitEntry,
  deedsOf,
  effectOf,
  groupOf,
  leafOf,
  memberOf,
  ordersOf,
  personOf,
  saidOf,
  seated,
} from "./session.fixture.ts"
import { timings } from "./timings.ts"

const knockOf = (n: number): Knock => ({ member: memberOf(n), keyPackage: bytesOf(n), sealed: bytesOf(n) })

const bundleOf = (epoch: number, filling = 42): CommitBundle => ({
  epoch: epoch as Epoch,
  commit: bytesOf(filling, 40),
  welcomes: [],
  removes: [],
})

/** Nominated for one knocker, whose device is `device`; the commit is ordered. */
function building(n: number, device: number, ...others: readonly number[]): Bench {
  const bench = seated(...others)
  bench.hear({ type: "nominated", knocks: [knockOf(n)] })
  bench.answer({ type: "knock-read", member: memberOf(n), person: { ...personOf(n, device), since: 1_000 } })
  return bench
}

/** Our commit is with the server. */
function sent(...others: readonly number[]): Bench {
  const bench = building(7, 7, ...others)
  bench.answer({ type: "commit-built", bundle: bundleOf(5) })
  return bench
}

const changeOf = (bench: Bench) => ordersOf(bench.take()).find((order) => order.do === "build-commit")?.change

test("D9: a nominated member reads each knock and commits those that are good", () => {
  const bench = seated(0)
  bench.hear({ type: "nominated", knocks: [knockOf(7), knockOf(8)] })
  bench.answer({ type: "knock-refused", member: memberOf(7) })
  bench.answer({ type: "knock-read", member: memberOf(8), person: personOf(8) })
  expect(changeOf(bench)).toEqual({ adds: [memberOf(8)], removes: [] })
})

test("D9.33: our own commit is merged only when it comes back as the epoch's entry", () => {
  const bench = sent(0)
  bench.take()
  bench.hear({ type: "accepted", request: 99, seq: 11 as Seq })
  expect(deedsOf(bench.take())).toEqual([])
  bench.entries(commitEntry(11, 5, 42))
  expect(deedsOf(bench.take())).toEqual(["engine merge-commit"])
  bench.answer({ type: "commit-merged", ...effectOf(groupOf(6, 1, 0, 1, 7)) })
  expect(saidOf(bench.take())).toContainEqual({ type: "verdict", seq: 11, applied: true })
})

test("D9.34: when another commit wins ours is dropped, theirs applied, and ours built anew on it", () => {
  const bench = sent(0)
  bench.take()
  bench.entries(commitEntry(11, 5, 99))
  expect(deedsOf(bench.take())).toEqual(["engine clear-commit"])
  bench.answer({ type: "commit-cleared" })
  expect(deedsOf(bench.take())).toEqual(["engine process-commit"])
  bench.answer({ type: "commit-processed", seq: 11, by: leafOf(0), ...effectOf(groupOf(6, 1, 0, 1)) })
  bench.sealAll()
  expect(changeOf(bench)).toEqual({ adds: [memberOf(7)], removes: [] })
})

test("D9.34: a winner that comes while ours is being built keeps ours from being sent", () => {
  const bench = building(7, 7, 0)
  bench.entries(commitEntry(11, 5, 99))
  bench.take()
  expect(deedsOf(bench.answer({ type: "commit-built", bundle: bundleOf(5) }))).toEqual(["engine clear-commit"])
})

test("D9.35: two commits are never pending at once", () => {
  const bench = sent(0)
  bench.take()
  bench.hear({ type: "nominated", knocks: [knockOf(8)] })
  bench.answer({ type: "knock-read", member: memberOf(8), person: personOf(8) })
  bench.feed({ type: "remove-asked", leaf: leafOf(0) })
  bench.pass(5_000)
  expect(ordersOf(bench.take()).filter((order) => order.do === "build-commit")).toEqual([])
})

test("D9.39: a commit nobody could apply costs its sender its place: it joins anew", () => {
  const bench = sent(0)
  bench.take()
  expect(deedsOf(bench.hear({ type: "refused", request: 1, code: "commit-void" }))).toContain("connect")
  expect(bench.session.stage.phase).toBe("arriving")
})

test("D9.36: after a reconnect our commit is said again only when the log up to there does not hold it", () => {
  const bench = sent(0)
  bench.feed({ type: "socket-closed", socket: bench.session.socket.id })
  bench.pass(600)
  bench.open()
  bench.hear({ type: "room", shelf: bytesOf(5), call: bench.in.call })
  bench.take()
  bench.hear({ type: "resumed", call: bench.in.call, seq: 11 as Seq })
  bench.sealAll()
  expect(saidOf(bench.take()).map(({ type }) => type)).not.toContain("commit")
  bench.entries(commitEntry(11, 5, 42))
  expect(deedsOf(bench.take())).toContain("engine merge-commit")
})

test("D9.36: after a reconnect a commit the server never had goes out again, byte for byte", () => {
  const bench = sent(0)
  bench.feed({ type: "socket-closed", socket: bench.session.socket.id })
  bench.pass(600)
  bench.open()
  bench.hear({ type: "room", shelf: bytesOf(5), call: bench.in.call })
  bench.take()
  bench.hear({ type: "resumed", call: bench.in.call, seq: 10 as Seq })
  bench.sealAll()
  expect(saidOf(bench.take())).toContainEqual(expect.objectContaining({ type: "commit", commit: bytesOf(42, 40) }))
})

test("D11.21: a knocker whose device is at a leaf already is added there and removed here in one commit", () => {
  expect(changeOf(building(7, 2, 0, 2))).toEqual({ adds: [memberOf(7)], removes: [{ leaf: 2, why: "returned" }] })
})

test("D11.20: a knock its device made before the join that lives now adds nobody", () => {
  const bench = seated(0, 2)
  bench.hear({ type: "nominated", knocks: [knockOf(7)] })
  bench.answer({ type: "knock-read", member: memberOf(7), person: { ...personOf(7, 2), since: 1 } })
  expect(changeOf(bench)).toBeUndefined()
})

test("D11.22: nobody removes itself for a knock of its own device", () => {
  expect(changeOf(building(7, 1, 0))).toBeUndefined()
})

test("D12.1, D12.2: an empty commit is due every five minutes, later for higher leaves, and any commit of ours puts it off", () => {
  const bench = seated(0)
  const due = bench.in.healAt
  expect(due).toBe(bench.in.since + timings.heal + timings.healGap)
  for (; bench.now < due - 6_000;) {
    bench.pass(5_000)
    bench.beat(0)
  }
  bench.take()
  bench.pass(due - bench.now)
  expect(changeOf(bench)).toEqual({ adds: [], removes: [] })
})

test("D12.3: nobody heals within a second of another commit", () => {
  const bench = seated(0)
  const due = bench.in.healAt
  for (; bench.now < due - 500;) {
    bench.pass(Math.min(5_000, due - 500 - bench.now))
    bench.beat(0)
  }
  bench.entries(commitEntry(11, 5, 99))
  bench.answer({ type: "commit-processed", seq: 11, by: leafOf(0), ...effectOf(groupOf(6, 1, 0, 1)) })
  bench.take()
  bench.pass(1_400 - 500)
  expect(changeOf(bench)).toBeUndefined()
  bench.pass(600)
  expect(changeOf(bench)).toEqual({ adds: [], removes: [] })
})

test("D33.2: whom a Remove left alone leaves the call, and founds another", () => {
  const bench = seated(0)
  bench.feed({ type: "remove-asked", leaf: leafOf(0) })
  expect(changeOf(bench)).toEqual({ adds: [], removes: [{ leaf: 0, why: "removed" }] })
  bench.answer({ type: "commit-built", bundle: bundleOf(5) })
  bench.entries(commitEntry(11, 5, 42))
  bench.take()
  const deeds = deedsOf(
    bench.answer({
      type: "commit-merged",
      ...effectOf(groupOf(6, 1, 1), { removes: [{ leaf: leafOf(0), member: memberOf(0), why: "removed" }] }),
    }),
  )
  expect(deeds).toEqual(["send verdict", "send bye", "stop-media", "engine wipe-group", "connect"])
  expect(bench.session.stage.phase).toBe("arriving")
  expect(bench.session.notices.at(-1)).toMatchObject({ kind: "founded-anew", reason: "alone" })
  bench.answer({ type: "group-wiped" })
  bench.open()
  expect(deedsOf(bench.hear({ type: "room", shelf: bytesOf(1) }))).toEqual(["engine found-group"])
})

test("D33.2: a Remove that comes with an Add leaves nobody alone", () => {
  const bench = building(7, 0, 0)
  expect(changeOf(bench)).toEqual({ adds: [memberOf(7)], removes: [{ leaf: 0, why: "returned" }] })
  bench.answer({ type: "commit-built", bundle: bundleOf(5) })
  bench.entries(commitEntry(11, 5, 42))
  bench.answer({
    type: "commit-merged",
    ...effectOf(groupOf(6, 1, 1, 7), { removes: [{ leaf: leafOf(0), member: memberOf(0), why: "removed" }] }),
  })
  expect(bench.session.stage.phase).toBe("in")
})

test("D17.20, D17.33: the committer introduces everybody it knows to those it added, and to nobody else", () => {
  const bench = sent(0)
  bench.entries(commitEntry(11, 5, 42))
  bench.take()
  bench.answer({ type: "commit-merged", ...effectOf(groupOf(6, 1, 0, 1, 7), { people: [personOf(7)] }) })
  bench.sealAll()
  const outputs = bench.take()
  expect(ordersOf(outputs)).toContainEqual({ do: "seal-message", message: { kind: "introduce", leaves: [0, 1, 7] }, keep: false })
  expect(saidOf(outputs)).toContainEqual(expect.objectContaining({ type: "message", keep: false, to: [memberOf(7)] }))
})

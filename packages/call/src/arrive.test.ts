import { expect, test } from "vitest"
import type { Seq } from "@conclave/wire"
import { arriving, Bench, bytesOf, deedsOf, groupOf, memberOf, personOf, room, saidOf, theCall } from "./session.fixture.ts"

const session = bytesOf(77, 32)

/** Past the engine's part of founding. */
function founding(): Bench {
  const bench = arriving()
  bench.answer({ type: "group-founded", group: groupOf(0, 0, 0), self: personOf(1) })
  return bench
}

test("D2, D9.30: the first word on a socket is hello with the proof of the link", () => {
  const bench = new Bench()
  expect(deedsOf(bench.feed({ type: "join-asked", room, access: session, media: bench.session.media }))).toEqual(["connect"])
  expect(saidOf(bench.open())).toEqual([{ type: "hello", version: 1, room, access: session }])
})

test("D9.30: a call that nobody has begun is founded: first the group, then the word to the server", () => {
  const bench = arriving()
  expect(deedsOf(bench.take()).at(-1)).toBe("engine found-group")
  expect(deedsOf(bench.answer({ type: "group-founded", group: groupOf(0, 0, 0), self: personOf(1) }))).toEqual(["send found"])
  expect(deedsOf(bench.hear({ type: "founded", call: theCall, session, seq: 0 as Seq }))).toEqual(["use-media", "engine set-standing"])
  expect(bench.session.stage.phase).toBe("in")
})

test("D9.31: who was second to found wipes its group and knocks at the first one's", () => {
  const bench = founding()
  expect(deedsOf(bench.hear({ type: "problem", code: "call-exists" }))).toEqual([])
  expect(deedsOf(bench.hear({ type: "room", shelf: bytesOf(1), call: theCall }))).toEqual(["engine wipe-group"])
  expect(deedsOf(bench.answer({ type: "group-wiped" }))).toEqual(["engine make-knock"])
})

test("D17: a knock goes out as the engine sealed it, and a welcome joins", () => {
  const bench = arriving(theCall)
  const made = { type: "knock-made", member: memberOf(1), keyPackage: bytesOf(3), sealed: bytesOf(4), self: personOf(1) } as const
  expect(saidOf(bench.answer(made))).toMatchObject([{ type: "knock", call: theCall, keyPackage: bytesOf(3), sealed: bytesOf(4) }])
  bench.hear({ type: "knocking", call: theCall, session })
  const welcome = { type: "welcome", call: theCall, seq: 4, epoch: 2, welcome: bytesOf(5), tree: bytesOf(6) } as never
  expect(deedsOf(bench.hear(welcome))).toEqual(["engine join-group"])
  expect(deedsOf(bench.answer({ type: "group-joined", group: groupOf(2, 1, 0, 1) }))[0]).toBe("use-media")
})

test("D11.25: a welcome that does not open is answered by a knock under another name, on another socket", () => {
  const bench = arriving(theCall)
  bench.answer({ type: "knock-made", member: memberOf(1), keyPackage: bytesOf(3), sealed: bytesOf(4), self: personOf(1) })
  bench.hear({ type: "knocking", call: theCall, session })
  bench.hear({ type: "welcome", call: theCall, seq: 4, epoch: 2, welcome: bytesOf(5), tree: bytesOf(6) } as never)
  expect(deedsOf(bench.answer({ type: "order-failed", order: "join-group", failure: "refused" }))).toEqual([
    "send bye",
    "engine wipe-group",
    "connect",
  ])
})

test("D2: a wrong link, an unknown room, another version and a full room end the attempt with their own name", () => {
  for (const code of ["wrong-link", "no-such-room", "wrong-version", "room-full"] as const) {
    const bench = new Bench()
    bench.feed({ type: "join-asked", room, access: session, media: bench.session.media })
    bench.open()
    expect(deedsOf(bench.hear({ type: "problem", code }))).toEqual(["disconnect"])
    expect(bench.session.stage).toEqual({ phase: "failed", problem: code })
  }
})

test("D9.32: joins that keep failing wait longer each and end with the last reason", () => {
  const bench = arriving(theCall)
  const waits: number[] = []
  for (let i = 0; i < 20 && bench.session.stage.phase !== "failed"; i++) {
    bench.hear({ type: "problem", code: "storage-failed" })
    if (bench.session.engine.doing !== undefined) bench.answer({ type: "group-wiped" })
    waits.push(bench.session.socket.retryAt - bench.now)
    bench.pass(6_000)
    bench.open()
    bench.hear({ type: "room", shelf: bytesOf(5), call: theCall })
  }
  expect(bench.session.stage).toEqual({ phase: "failed", problem: "storage-failed" })
  expect(waits.slice(1, 5)).toEqual([500, 1_000, 2_000, 4_000])
})

test("D9.32: a server that does not answer is tried on another socket", () => {
  const bench = new Bench()
  bench.feed({ type: "join-asked", room, access: session, media: bench.session.media })
  bench.open()
  bench.take()
  bench.pass(10_500)
  expect(deedsOf(bench.take())).toEqual(["disconnect", "connect"])
})

test("a socket of the past says nothing any more", () => {
  const bench = arriving()
  const before = bench.session
  bench.feed({ type: "envelope-received", socket: before.socket.id - 1, envelope: { type: "problem", code: "wrong-link" } })
  bench.feed({ type: "socket-closed", socket: before.socket.id - 1 })
  expect(bench.session.stage).toEqual(before.stage)
})

test("D9.32: who does not want to wait tries at once", () => {
  const bench = new Bench()
  bench.feed({ type: "join-asked", room, access: session, media: bench.session.media })
  bench.feed({ type: "socket-closed", socket: bench.session.socket.id })
  expect(deedsOf(bench.feed({ type: "try-now" }))).toEqual(["connect"])
  expect(deedsOf(bench.feed({ type: "try-now" }))).toEqual([])
})

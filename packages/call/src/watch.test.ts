import { expect, test } from "vitest"
import type { Epoch } from "@conclave/wire"
import {
  type Bench,
  bytesOf,
  deedsOf,
  effectOf,
  leafOf,
  memberOf,
  ordersOf,
  personOf,
  saidOf,
  seated,
  unintroduced,
} from "./session.fixture.ts"
import { nothingSent } from "./session.ts"
import { beatPeriod, silenceWindow, timings } from "./timings.ts"

/** Time passes; these keep talking. */
function live(bench: Bench, ms: number, ...talking: readonly number[]): void {
  const end = bench.now + ms
  while (bench.now < end) {
    bench.pass(Math.min(5_000, end - bench.now))
    for (const n of talking) bench.beat(n)
  }
}

const removalsOf = (bench: Bench) =>
  ordersOf(bench.take()).flatMap((order) => (order.do === "build-commit" ? order.change.removes.map(({ leaf }) => leaf) : []))
const muted = (bench: Bench): Bench => {
  bench.feed({ type: "media-changed", media: nothingSent })
  bench.sealAll()
  return bench
}

test("D13.1: a heartbeat goes out every ten seconds and at once when media changes", () => {
  const bench = seated(0)
  bench.beat(0)
  bench.take()
  bench.pass(20_000)
  expect(ordersOf(bench.take()).filter((order) => order.do === "seal-message" && order.message.kind === "heartbeat")).toHaveLength(2)
  bench.feed({ type: "media-changed", media: nothingSent })
  expect(ordersOf(bench.take())).toContainEqual({
    do: "seal-message",
    message: { kind: "heartbeat", epoch: 5, transcript: "transcript 5", media: nothingSent, state: "" },
    keep: false,
  })
})

test("D13.11: who was silent for two periods and is heard again is answered at once, and only then", () => {
  const bench = seated(0, 2)
  live(bench, 25_000, 2)
  bench.sealAll()
  const beats = (): number =>
    ordersOf(bench.take()).filter((order) => order.do === "seal-message" && order.message.kind === "heartbeat").length
  bench.pass(1_000)
  bench.sealAll()
  beats()
  bench.beat(2)
  bench.pass(200)
  expect(beats()).toBe(0)
  bench.beat(0)
  bench.pass(200)
  expect(beats()).toBe(1)
  bench.sealAll()
  bench.beat(0)
  bench.pass(200)
  expect(beats()).toBe(0)
})

test("D13.2: with many members heartbeats come more rarely, at most ten a second, and the window grows", () => {
  expect(beatPeriod(50)).toBe(10_000)
  expect(1000 / (beatPeriod(1000) / 1000)).toBe(10)
  expect(silenceWindow(1000)).toBe(300_000)
})

test("D13.3: a sender removes who is silent for thirty seconds", () => {
  const bench = seated(0, 2)
  live(bench, 29_000, 0)
  expect(removalsOf(bench)).toEqual([])
  live(bench, 2_000, 0)
  expect(removalsOf(bench)).toEqual([leafOf(2)])
})

test("D13.4: a removal that is not acknowledged within ten seconds stops the sender, until the silent one is heard", () => {
  const bench = seated(0, 2)
  live(bench, 35_000, 0)
  expect(deedsOf(bench.take())).not.toContain("pause-media")
  live(bench, 6_000, 0)
  expect(deedsOf(bench.take())).toContain("pause-media")
  expect(bench.in.isPaused).toBe(true)
  bench.answer({ type: "order-failed", order: "build-commit", failure: "refused" })
  bench.beat(2)
  expect(deedsOf(bench.take())).toContain("resume-media")
})

test("A1.05, D13.5: a sender cut off from all news stops sending within the window and the grace", () => {
  const bench = seated(0)
  bench.beat(0)
  bench.feed({ type: "socket-closed", socket: bench.session.socket.id })
  bench.take()
  bench.pass(silenceWindow(2) + timings.removalGrace + 1)
  expect(deedsOf(bench.take())).toContain("pause-media")
})

test("A1.05, D13.7: messages of an epoch that is kept from us stop the sender within two heartbeats", () => {
  const bench = seated(0)
  bench.beat(0)
  bench.take()
  for (let n = 0; n < 4; n++) {
    bench.pass(5_000)
    bench.hear({ type: "signal", epoch: 6 as Epoch, from: memberOf(0), message: bytesOf(8, 20) })
  }
  expect(deedsOf(bench.take())).toContain("pause-media")
  expect(bench.in.alarm).toMatchObject({ kind: "split" })
})

test("A1.08, D13.6: another transcript of our own epoch is an alarm at once, and nothing is sent any more", () => {
  const bench = seated(0, 2)
  bench.beat(0)
  bench.take()
  bench.speak(2, { kind: "heartbeat", epoch: 5 as Epoch, transcript: "another history", media: nothingSent, state: "" })
  expect(bench.in.alarm).toMatchObject({ kind: "fork", leaf: 2 })
  expect(deedsOf(bench.take())).toContain("pause-media")
  live(bench, 20_000, 0, 2)
  expect(bench.in.alarm).toMatchObject({ kind: "fork" })
})

test("A1.08, D13.7: garbage alone alarms nobody while all are heard", () => {
  const bench = seated(0, 2)
  for (let n = 0; n < 50; n++) {
    bench.hear({ type: "signal", epoch: 5 as Epoch, from: memberOf(0), message: bytesOf(8, 20) })
    bench.answer({ type: "message-refused", failure: "refused" })
  }
  expect(bench.in.alarm).toBeUndefined()
})

test("A1.08, D13.7: in a call of three the one that cannot be read any more is noticed, however well the other is heard", () => {
  const bench = seated(0, 2)
  live(bench, 10_000, 0, 2)
  for (let n = 0; n < 3; n++) {
    live(bench, 10_000, 0)
    bench.hear({ type: "signal", epoch: 5 as Epoch, from: memberOf(2), message: bytesOf(8, 20) })
    bench.answer({ type: "message-refused", failure: "refused" })
  }
  expect(bench.in.alarm).toMatchObject({ kind: "split" })
})

test("A1.18: whoever a server cuts off is shown as lost, on either side, when its removal is committed", () => {
  const bench = seated(0, 2)
  live(bench, 25_000, 0)
  bench.entries({
    ...{ type: "commit", seq: 11, epoch: 5, attempt: 0, from: memberOf(0), adds: [], removes: [] },
    commit: bytesOf(99, 40),
  } as never)
  const group = {
    ...bench.in.group,
    epoch: 6 as Epoch,
    transcript: "transcript 6",
    members: bench.in.group.members.filter(({ leaf }) => leaf !== 2),
  }
  bench.answer({
    type: "commit-processed",
    seq: 11,
    by: leafOf(0),
    ...effectOf(group, { removes: [{ leaf: leafOf(2), member: memberOf(2), why: "silent" }] }),
  })
  expect(bench.session.notices).toContainEqual(expect.objectContaining({ kind: "lost", member: memberOf(2) }))
})

test("D14.2: who sends nothing leaves it to others for thirty seconds more; at sixty the nearest leaf commits", () => {
  const bench = muted(seated(0, 2))
  live(bench, 55_000, 0)
  expect(removalsOf(bench)).toEqual([])
  live(bench, 6_000, 0)
  expect(removalsOf(bench)).toEqual([leafOf(2)])
})

test("D14.2: a member further away waits its turn", () => {
  const bench = muted(seated(2, 3))
  live(bench, 61_000, 2)
  expect(removalsOf(bench)).toEqual([])
  live(bench, 3_000, 2)
  expect(removalsOf(bench)).toEqual([leafOf(3)])
})

test("D14.1: nobody is removed for silence while our own socket is down, nor soon after it is back", () => {
  const bench = seated(0, 2)
  bench.feed({ type: "socket-closed", socket: bench.session.socket.id })
  bench.pass(120_000)
  bench.open()
  bench.hear({ type: "room", shelf: bytesOf(5), call: bench.in.call })
  bench.hear({ type: "resumed", call: bench.in.call, seq: 10 as never })
  bench.sealAll()
  live(bench, 25_000, 0)
  expect(removalsOf(bench)).toEqual([])
})

test("D14.1: a machine that slept counts nobody's silence", () => {
  const bench = seated(0, 2)
  bench.beat(0)
  bench.beat(2)
  bench.take()
  bench.now += 3_600_000
  bench.feed({ type: "clock" })
  bench.sealAll()
  live(bench, 20_000, 0)
  expect(removalsOf(bench)).toEqual([])
})

test("D14.3: when nobody at all is heard the socket is replaced first, and only then their silence counts", () => {
  const bench = seated(0)
  bench.beat(0)
  bench.take()
  bench.pass(timings.deaf + 100)
  expect(deedsOf(bench.take())).toContain("disconnect")
  bench.pass(600)
  bench.open()
  bench.hear({ type: "room", shelf: bytesOf(5), call: bench.in.call })
  bench.hear({ type: "resumed", call: bench.in.call, seq: 10 as never })
  bench.sealAll()
  bench.take()
  live(bench, 31_000)
  expect(removalsOf(bench)).toEqual([leafOf(0)])
})

test("D14.4: whoever says goodbye is removed at once by the nearest leaf, by others later", () => {
  const near = seated(0, 2)
  near.speak(0, { kind: "leave" })
  expect(removalsOf(near)).toEqual([leafOf(0)])
  const far = seated(2, 3)
  far.speak(3, { kind: "leave" })
  expect(removalsOf(far)).toEqual([])
  live(far, timings.leaveStagger + 100, 2)
  expect(removalsOf(far)).toEqual([leafOf(3)])
})

test("D11.23: whom others remove while it was out of reach comes back by itself; whom a person removes does not", () => {
  const removal = {
    ...{ type: "commit", seq: 11, epoch: 5, attempt: 0, from: memberOf(0), adds: [], removes: [] },
    commit: bytesOf(99, 40),
  } as never
  const thrown = seated(0)
  thrown.entries(removal)
  thrown.answer({ type: "removed-by-commit", seq: 11, by: leafOf(0), why: "removed" })
  expect(thrown.session.stage).toMatchObject({ phase: "removed", by: { name: "person 0" } })
  const vanished = seated(0)
  vanished.feed({ type: "socket-closed", socket: vanished.session.socket.id })
  vanished.pass(40_000)
  vanished.open()
  vanished.hear({ type: "room", shelf: bytesOf(5), call: vanished.in.call })
  vanished.hear({ type: "resumed", call: vanished.in.call, seq: 11 as never })
  vanished.entries(removal)
  vanished.sealAll()
  while (vanished.session.engine.doing?.order === "seal-message") vanished.sealAll()
  vanished.answer({ type: "removed-by-commit", seq: 11, by: leafOf(0), why: "silent" })
  expect(vanished.session.stage.phase).toBe("arriving")
})

test("D17.22: a newcomer that lacks names asks after three seconds, and again until it has them", () => {
  const bench = unintroduced(0)
  const asksOf = (outputs: Parameters<typeof ordersOf>[0]) =>
    ordersOf(outputs).flatMap((order) => (order.do === "seal-message" && order.message.kind === "ask" ? [order.message.leaves] : []))
  expect(asksOf(bench.pass(2_900))).toEqual([])
  expect(asksOf(bench.pass(200))).toEqual([[leafOf(0)]])
  expect(asksOf(bench.pass(5_100))).toEqual([[leafOf(0)]])
  bench.speak(0, { kind: "introduce", people: [personOf(0)] })
  expect(asksOf(bench.pass(6_000))).toEqual([])
})

test("D17.21: who comes in introduces itself", () => {
  const bench = unintroduced(0)
  expect(ordersOf(bench.outputs)).toContainEqual({ do: "seal-message", message: { kind: "introduce", leaves: [1] }, keep: true })
})

test("D17.22: an ask is answered by the nearest member that knows, and not twice", () => {
  const bench = seated(0, 2)
  bench.take()
  bench.speak(2, { kind: "ask", leaves: [leafOf(0)] })
  expect(ordersOf(bench.take())).toContainEqual({ do: "seal-message", message: { kind: "introduce", leaves: [0] }, keep: true })
  const far = seated(2, 3)
  far.speak(3, { kind: "ask", leaves: [leafOf(1)] })
  far.speak(2, { kind: "introduce", people: [far.in.self] })
  far.take()
  far.pass(2_000)
  expect(saidOf(far.take()).filter((said) => said.type === "message" && said.keep)).toEqual([])
})

test("D13.9: a clock that rings a little early is set again, so that no due date is slept through", () => {
  const bench = seated(0, 2)
  bench.feed({ type: "socket-closed", socket: bench.session.socket.id })
  bench.take()
  const due = bench.session.wakeAt ?? 0
  bench.now = due - 0.4
  const early = bench.feed({ type: "clock" })
  expect(early).toContainEqual({ do: "wake", at: due })
})

import { expect, test } from "vitest"
import type { Output } from "./session.ts"
import { Bench, groupOf, leafOf, memberOf, ordersOf, personOf, seated, seatedUnder, unintroduced } from "./session.fixture.ts"
import { parseTraceLine, traceLine } from "./trace.ts"
import { callViewOf } from "./view.ts"
import { wordBounds } from "./word-bounds.ts"

const heardOf = (outputs: readonly Output[]) => outputs.filter((output) => output.do === "hear-word")
const saying = (bench: Bench, n: number, body = "hello") => heardOf(bench.speak(n, { kind: "word", body }))
const sealedOf = (bench: Bench) => ordersOf(bench.take()).flatMap((order) => (order.do === "seal-message" ? [order] : []))
const stateOf = (bench: Bench, n: number): string | undefined => {
  const view = callViewOf(bench.session)
  return "members" in view ? view.members.find(({ leaf }) => leaf === leafOf(n))?.state : undefined
}

test("D34.10: what holds for a member goes with its heartbeats, and at once when it changes", () => {
  const bench = seated(0, 2)
  bench.feed({ type: "state-changed", state: "hand up" })
  expect(sealedOf(bench)).toMatchObject([{ keep: false, message: { kind: "heartbeat", state: "hand up" } }])
  expect(stateOf(bench, 1)).toBe("hand up")
  bench.sealAll()
  bench.pass(10_000)
  expect(sealedOf(bench)).toMatchObject([{ message: { kind: "heartbeat", state: "hand up" } }])
  bench.feed({ type: "state-changed", state: "x".repeat(wordBounds.state + 1) })
  bench.feed({ type: "state-changed", state: "\ud800" })
  expect(bench.session.state).toBe("hand up")
})

test("D34.10: others' states are shown as their last heartbeat had them, and end with who said them", () => {
  const bench = seated(0, 2)
  expect(stateOf(bench, 2)).toBeUndefined()
  const { epoch, transcript } = bench.in.group
  bench.speak(2, { kind: "heartbeat", epoch, transcript, media: bench.session.media, state: "hand up" })
  expect(stateOf(bench, 2)).toBe("hand up")
  bench.follow(groupOf(6, 1, 0, 1, 2))
  expect(stateOf(bench, 2)).toBe("hand up")
  bench.follow({ ...groupOf(7, 1, 0, 1), members: [...groupOf(7, 1, 0, 1).members, { leaf: leafOf(2), member: memberOf(9) }] })
  expect(stateOf(bench, 2)).toBeUndefined()
})

test("D34.10: a state outlasts a rejoin and ends with leaving", () => {
  const bench = seated(0)
  bench.feed({ type: "state-changed", state: "hand up" })
  bench.feed({ type: "engine-broken" })
  expect(bench.session.state).toBe("hand up")
  bench.feed({ type: "leave-asked" })
  bench.pass(3_000)
  bench.feed({ type: "join-asked", room: "x" as never, access: new Uint8Array(32), media: bench.session.media })
  expect(bench.session.state).toBe("")
})

test("D34.11: a word is sealed once for everybody, and not kept", () => {
  const bench = seated(0, 2)
  bench.feed({ type: "word-said", body: "hello" })
  expect(sealedOf(bench)).toEqual([{ do: "seal-message", message: { kind: "word", body: "hello" }, keep: false }])
})

test("D34.11: a word that cannot be heard now is not said later", () => {
  const alone = seated(0)
  alone.feed({ type: "socket-closed", socket: alone.session.socket.id })
  alone.feed({ type: "word-said", body: "hello" })
  expect(alone.in.outbox).toEqual([])
  const forked = seated(0, 2)
  forked.speak(2, { kind: "heartbeat", epoch: forked.in.group.epoch, transcript: "another", media: forked.session.media, state: "" })
  forked.sealAll()
  forked.take()
  forked.feed({ type: "word-said", body: "hello" })
  expect(sealedOf(forked).filter(({ message }) => message.kind === "word")).toEqual([])
  const bench = seated(0)
  bench.feed({ type: "word-said", body: "x".repeat(wordBounds.word + 1) })
  bench.feed({ type: "word-said", body: "\udc00" })
  expect(sealedOf(bench)).toEqual([])
  for (let n = 0; n < 50; n++) bench.feed({ type: "word-said", body: "hello" })
  expect(bench.in.outbox).toHaveLength(wordBounds.waiting)
})

test("D34.11, D13.10: who only listens may speak so", () => {
  const bench = seatedUnder({ hosts: ["device 0"], listeners: ["device 1"] }, 0)
  expect(bench.in.isPaused).toBe(true)
  bench.feed({ type: "word-said", body: "hello" })
  expect(sealedOf(bench)).toMatchObject([{ message: { kind: "word" } }])
})

test("D34.12: words and states of a leaf without a proved name are not handed on", () => {
  const bench = unintroduced(0, 2)
  expect(saying(bench, 2)).toEqual([])
  const { epoch, transcript } = bench.in.group
  bench.speak(2, { kind: "heartbeat", epoch, transcript, media: bench.session.media, state: "hand up" })
  expect(stateOf(bench, 2)).toBeUndefined()
  bench.speak(0, { kind: "introduce", people: [personOf(2)] })
  expect(stateOf(bench, 2)).toBe("hand up")
  expect(saying(bench, 2)).toEqual([{ do: "hear-word", from: memberOf(2), epoch, body: "hello" }])
})

test("D34.13: of one member twenty words at once and five a second are heard, and nobody else's are fewer for it", () => {
  const bench = seated(0, 2)
  const heard = Array.from({ length: 50 }, () => saying(bench, 2)).flat()
  expect(heard).toHaveLength(20)
  expect(saying(bench, 0)).toHaveLength(1)
  bench.now += 1_000
  expect(Array.from({ length: 50 }, () => saying(bench, 2)).flat()).toHaveLength(5)
  bench.follow(groupOf(6, 1, 0, 1, 2))
  expect(saying(bench, 2)).toHaveLength(0)
  bench.now += 60_000
  expect(Array.from({ length: 50 }, () => saying(bench, 2)).flat()).toHaveLength(20)
  expect(bench.in.peers.find(({ leaf }) => leaf === leafOf(2))?.heardAt).toBe(bench.now)
})

test("D10.30: what people say is blank in a trace", () => {
  const bench = seated(0, 2)
  const said = { type: "word-said", body: "a secret word" } as const
  const lines = [
    traceLine(said, bench.feed(said)),
    traceLine({ type: "state-changed", state: "a secret state" }, bench.feed({ type: "state-changed", state: "a secret state" })),
    traceLine({}, bench.speak(2, { kind: "word", body: "a secret word" })),
  ].join("\n")
  expect(lines).not.toContain("secret")
  expect(parseTraceLine(lines.split("\n")[2] ?? "")?.outputs).toContainEqual(expect.objectContaining({ do: "hear-word", body: "blanked" }))
})

import { expect, test } from "vitest"
import { limits } from "@conclave/wire"
import { times, type Told } from "./index.ts"
import { callId, callOfPeople, commitOf, epoch, member, privateMessage } from "./driver.fixture.ts"

const call = callId(1)
const names = (told: readonly Told[]): string[] =>
  told.flatMap((one) => (one.type === "nominated" ? one.knocks.map((knock) => knock.member) : []))
const message = (at: number) =>
  ({ type: "message", request: 1, epoch: epoch(at), keep: false, message: privateMessage(call, at, 1) }) as const

/** Three in the call, all of whom have spoken, and one at the door. */
function withKnocker(who = 9) {
  const driver = callOfPeople(3)
  for (const n of ["1", "2", "3"]) driver.say(n, message(1))
  driver.pass(times.trial)
  driver.knock(String(who), who)
  driver.pass(times.batch)
  driver.got.clear()
  return driver
}

test("D17.30: a deferred knock is shown to every member, the knocker told that it waits, and nobody is nominated any more", () => {
  const driver = withKnocker()
  driver.say("3", { type: "defer", members: [member(9)] })
  for (const n of ["1", "2", "3"]) expect(names(driver.take(n))).toEqual([member(9)])
  expect(driver.take("9")).toEqual([{ type: "waiting", call }])
  driver.pass(10 * times.nominee)
  for (const n of ["1", "2", "3"]) expect(driver.take(n)).toEqual([])
})

test("D17.30: what several members defer is shown once", () => {
  const driver = withKnocker()
  for (const n of ["1", "2", "3"]) driver.say(n, { type: "defer", members: [member(9), member(9), member(77)] })
  for (const n of ["1", "2", "3"]) expect(names(driver.take(n))).toEqual([member(9)])
  expect(driver.take("9")).toEqual([{ type: "waiting", call }])
})

test("D17.30: knocks beside a deferred one go on being nominated", () => {
  const driver = withKnocker()
  driver.say("3", { type: "defer", members: [member(9)] })
  driver.knock("8", 8)
  driver.got.clear()
  driver.pass(times.batch)
  expect(["1", "2", "3"].flatMap((n) => names(driver.take(n)))).toEqual([member(8)])
})

test("D17.30: who resumes is shown the door, and who joins as soon as it has spoken", () => {
  const driver = withKnocker()
  driver.say("1", { type: "defer", members: [member(9)] })
  driver.close("2")
  driver.resume("2 again", 2, 1)
  expect(names(driver.take("2 again"))).toEqual([member(9)])
  driver.knock("8", 8)
  driver.say("1", commitOf(call, 1, { adds: [member(8)] }))
  driver.verdict("3", 2, true)
  expect(names(driver.take("8"))).toEqual([])
  driver.say("8", message(2))
  expect(names(driver.take("8"))).toEqual([member(9)])
  driver.say("8", message(2))
  expect(driver.take("8")).toEqual([])
})

test("D17.30: a deferred knock can be added for two minutes, then it is dropped", () => {
  const driver = withKnocker()
  driver.say("1", { type: "defer", members: [member(9)] })
  driver.pass(times.knock - times.batch - 1)
  driver.say("1", commitOf(call, 1, { adds: [member(9)] }))
  expect(driver.types("9")).toEqual(["waiting", "welcome"])

  const late = withKnocker()
  late.say("1", { type: "defer", members: [member(9)] })
  late.pass(times.knock)
  expect(late.take("9").at(-1)).toEqual({ type: "problem", code: "not-a-member" })
  late.say("1", commitOf(call, 1, { adds: [member(9)], request: 4 }))
  expect(late.take("1").at(-1)).toEqual({ type: "refused", request: 4, code: "unexpected-message" })
})

test("D17.30: a knocker that knocks anew has one knock, the newest", () => {
  const driver = withKnocker()
  driver.say("1", { type: "defer", members: [member(9)] })
  driver.knock("9", 19)
  expect([...(driver.room.now.call?.waiting.keys() ?? [])]).toEqual([member(19)])
  driver.got.clear()
  driver.pass(times.batch)
  expect(["1", "2", "3"].flatMap((n) => names(driver.take(n)))).toEqual([member(19)])
})

test("D17.30: a knock whose admission became void is nominated anew", () => {
  const driver = withKnocker()
  driver.say("1", { type: "defer", members: [member(9)] })
  driver.say("1", commitOf(call, 1, { adds: [member(9)] }))
  driver.got.clear()
  driver.verdict("2", 2, false)
  driver.verdict("3", 2, false)
  driver.pass(times.batch)
  expect(["2", "3"].flatMap((n) => names(driver.take(n)))).toEqual([member(9)])
})

test("D17.30: more than fifty that wait are shown in several parts", () => {
  const driver = callOfPeople(1)
  const many = Array.from({ length: limits.batch + 1 }, (_, i) => member(i + 10))
  many.forEach((_, i) => driver.knock(String(i + 10), i + 10))
  driver.say("1", { type: "defer", members: many.slice(0, limits.batch) })
  driver.say("1", { type: "defer", members: many.slice(limits.batch) })
  driver.close("1")
  driver.resume("1 again", 1, 0)
  const told = driver.take("1 again").filter((one) => one.type === "nominated")
  expect(told.map((one) => one.knocks.length)).toEqual([limits.batch, 1])
})

test("D17.31: who is turned away is told which way, keeps its socket and may knock again", () => {
  for (const isBlocked of [false, true]) {
    const driver = withKnocker()
    driver.say("2", { type: "turn-away", members: [member(9)], isBlocked })
    expect(driver.take("9")).toEqual([{ type: "problem", code: isBlocked ? "blocked" : "turned-away" }])
    expect(driver.room.now.call?.waiting.size).toBe(0)
    driver.say("1", commitOf(call, 1, { adds: [member(9)], request: 4 }))
    expect(driver.take("1").at(-1)).toEqual({ type: "refused", request: 4, code: "unexpected-message" })
    driver.knock("9", 19)
    expect(driver.types("9")).toEqual(["knocking"])
  }
})

test("D17.30, D17.31: who is not in the call defers and turns away nobody", () => {
  const driver = withKnocker()
  driver.hello("x")
  driver.take("x")
  for (const socket of ["9", "x"]) {
    driver.say(socket, { type: "defer", members: [member(9)] })
    driver.say(socket, { type: "turn-away", members: [member(9)], isBlocked: true })
    expect(driver.take(socket)).toEqual([
      { type: "problem", code: "not-a-member" },
      { type: "problem", code: "not-a-member" },
    ])
  }
  expect(driver.room.now.call?.waiting.get(member(9))?.isDeferred).toBe(false)
})

test("D4.16: when a call is founded all who wait before the door hear of it, and nobody else", () => {
  const driver = callOfPeople(1)
  driver.say("1", { type: "bye" })
  for (const n of ["a", "b", "c"]) driver.hello(n)
  driver.got.clear()
  driver.store = "hold"
  driver.say("a", { type: "found", call: callId(2), member: member(20), sessionHash: "s" })
  expect(driver.take("b")).toEqual([])
  driver.releaseStore()
  expect(driver.types("a")).toEqual(["founded"])
  for (const n of ["b", "c"]) expect(driver.take(n)).toMatchObject([{ type: "room", call: callId(2) }])
})

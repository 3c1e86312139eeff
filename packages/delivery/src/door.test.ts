import { expect, test } from "vitest"
import { limits } from "@conclave/wire"
import { times } from "./index.ts"
import { bytesOf, callId, callOfPeople, commitOf, Driver, epoch, member, privateMessage, roomId } from "./driver.fixture.ts"

const call = callId(1)

test("D2.11: a link that does not fit is told so and the socket closed, before anything else", () => {
  const driver = new Driver()
  driver.say("x", { type: "hello", version: 1, room: roomId, accessHash: "other" })
  expect(driver.take("x")).toEqual([{ type: "problem", code: "wrong-link" }])
  expect(driver.outputs.at(-1)).toEqual({ do: "close", connection: "x", code: "wrong-link" })
  driver.say("x", { type: "found", call, member: member(1), sessionHash: "s" })
  expect(driver.take("x")).toEqual([{ type: "problem", code: "unexpected-message" }])
  expect(driver.room.now.call).toBeUndefined()
})

test("D2.11: another version is refused by name", () => {
  const driver = new Driver()
  driver.say("x", { type: "hello", version: 2, room: roomId, accessHash: "access" })
  expect(driver.take("x")).toEqual([{ type: "problem", code: "wrong-version" }])
})

test("D2.11: the room says what it keeps and which call is on", () => {
  const driver = new Driver()
  driver.found("1", 1)
  driver.hello("2")
  expect(driver.take("1")[0]).toEqual({ type: "room", shelf: bytesOf(1, 30) })
  expect(driver.take("2")).toEqual([{ type: "room", shelf: bytesOf(1, 30), call }])
})

test("D2: of two that found at once the first wins, the other hears of its call", () => {
  const driver = new Driver()
  driver.hello("1")
  driver.hello("2")
  driver.found("1", 1, 1)
  driver.take("2")
  driver.say("2", { type: "found", call: callId(2), member: member(2), sessionHash: "s" })
  expect(driver.take("2")).toMatchObject([
    { type: "problem", code: "call-exists" },
    { type: "room", call },
  ])
})

test("D10.1: a pseudonym that is or was in the call cannot knock", () => {
  const driver = callOfPeople(3)
  driver.pass(times.trial)
  driver.say("1", commitOf(call, 1, { removes: [member(3)] }))
  driver.verdict("2", 2, true)
  for (const who of [2, 3]) {
    driver.knock(`x${who}`, who)
    expect(driver.take(`x${who}`).at(-1)).toEqual({ type: "problem", code: "unexpected-message" })
  }
})

test("D9.11: knocks are gathered and given to one member as one batch", () => {
  const driver = new Driver()
  driver.found("1", 1)
  driver.knock("2", 2)
  driver.pass(100)
  driver.knock("3", 3)
  driver.take("1")
  driver.pass(99)
  expect(driver.take("1")).toEqual([])
  driver.pass(1)
  expect(driver.take("1")).toMatchObject([{ type: "nominated", knocks: [{ member: member(2) }, { member: member(3) }] }])
})

test("D9.11, A6.07: a batch holds at most fifty, the rest comes next", () => {
  const driver = new Driver()
  driver.found("1", 1)
  for (let n = 2; n <= 61; n++) driver.knock(String(n), n)
  driver.pass(times.batch)
  const first = driver.take("1").findLast((told) => told.type === "nominated")
  expect(first?.knocks.length).toBe(limits.batch)
  driver.say("1", commitOf(call, 0, { adds: first?.knocks.map((knock) => knock.member) ?? [] }))
  driver.pass(times.batch)
  const second = [...driver.got.values()].flat().filter((told) => told.type === "nominated")
  expect(second).toMatchObject([{ knocks: Array.from({ length: 10 }, () => ({})) }])
})

test("D9.11: a nominee that does nothing has a successor, and after the last the first is asked again", () => {
  const driver = callOfPeople(3)
  driver.pass(times.trial)
  driver.knock("9", 9)
  const asked: string[] = []
  for (let round = 0; round < 4; round++) {
    driver.got.clear()
    driver.pass(round === 0 ? times.batch : times.nominee)
    for (const n of ["1", "2", "3"]) if (driver.types(n).includes("nominated")) asked.push(n)
  }
  expect([...asked.slice(0, 3)].sort()).toEqual(["1", "2", "3"])
  expect(asked[3]).toBe(asked[0])
  expect(asked[0]).toBe("1")
})

test("D9.11, D12: the newest member that has shown to be in the group is asked first", () => {
  const driver = callOfPeople(3)
  driver.verdict("3", 1, true)
  driver.knock("9", 9)
  driver.got.clear()
  driver.pass(times.batch)
  expect(driver.types("3")).toContain("nominated")
})

test("D9.11: when a nominee's socket closes the next one is asked at once", () => {
  const driver = callOfPeople(2)
  driver.pass(times.trial)
  driver.knock("9", 9)
  driver.pass(times.batch)
  driver.got.clear()
  driver.close("1")
  expect(driver.types("2")).toContain("nominated")
})

test("D9.12: a knock that nobody answers lets others pass and is dropped when its two minutes are over", () => {
  const driver = new Driver()
  driver.found("1", 1)
  for (let n = 2; n <= 51; n++) driver.knock(String(n), n)
  driver.pass(times.batch)
  driver.knock("60", 60)
  driver.take("1")
  driver.pass(times.nominee)
  const next = driver.take("1").find((told) => told.type === "nominated")
  expect(next?.knocks[0]?.member).toBe(member(60))
  driver.pass(times.knock)
  expect(driver.take("60").at(-1)).toEqual({ type: "problem", code: "not-a-member" })
  expect(driver.room.now.call?.waiting.size).toBe(0)
})

test("D9.12: who disconnects while knocking is dropped, unless a commit that adds it was on its way", () => {
  const driver = callOfPeople(1)
  driver.knock("8", 8)
  driver.knock("9", 9)
  driver.pass(times.batch)
  driver.close("8")
  driver.close("9")
  driver.say("1", commitOf(call, 0, { adds: [member(8)] }))
  driver.pass(times.knockGone)
  expect(driver.room.now.call?.waiting.size).toBe(0)
  driver.resume("8 again", 8, 0)
  expect(driver.take("8 again").map((told) => told.type)).toEqual(["room", "resumed", "welcome"])
  driver.resume("9 again", 9, 0)
  expect(driver.take("9 again").at(-1)).toEqual({ type: "problem", code: "not-a-member" })
})

test("D9: a knock in a full call is refused by name", () => {
  const driver = callOfPeople(1)
  const now = driver.room.now
  const one = now.call?.members.get(member(1))
  if (now.call === undefined || one === undefined) throw new Error("bug: no founder")
  const members = new Map(now.call.members)
  for (let n = 0; members.size < limits.members; n++) members.set(`${n}` as never, { ...one, connection: undefined })
  driver.room = { ...driver.room, now: { ...now, call: { ...now.call, members } } }
  driver.knock("9", 9)
  expect(driver.take("9").at(-1)).toEqual({ type: "problem", code: "room-full" })
})

test("D11: who resumes gets every entry after the one it names, in order", () => {
  const driver = callOfPeople(2)
  driver.pass(times.trial)
  driver.close("2")
  for (let n = 0; n < 5; n++)
    driver.say("1", { type: "message", request: 1, epoch: epoch(1), keep: true, message: privateMessage(call, 1, 1, n) })
  driver.resume("2 again", 2, 3)
  const told = driver.take("2 again")
  expect(told.map((envelope) => envelope.type)).toEqual(["room", "resumed", "entries"])
  expect(told[2]).toMatchObject({ entries: [{ seq: 4 }, { seq: 5 }, { seq: 6 }] })
})

test("D11: a resume with another session, for another call or past the end is refused and changes nothing", () => {
  const driver = callOfPeople(2)
  const before = driver.room.now.call
  const resume = { type: "resume", call, member: member(2), sessionHash: "session 2", after: 1 as never } as const
  driver.hello("x")
  const tries = [
    [{ ...resume, sessionHash: "guessed" }, "wrong-session"],
    [{ ...resume, call: callId(3) }, "no-such-call"],
    [{ ...resume, member: member(50) }, "not-a-member"],
    [{ ...resume, after: 9 as never }, "unexpected-message"],
  ] as const
  for (const [envelope, code] of tries) {
    driver.take("x")
    driver.say("x", envelope)
    expect(driver.take("x")[0]).toEqual({ type: "problem", code })
  }
  expect(driver.room.now.call).toEqual(before)
})

test("D9.16, D11: a member that resumes on a new socket silences its old one", () => {
  const driver = callOfPeople(2)
  driver.resume("2 again", 2, 1)
  expect(driver.outputs).toContainEqual({ do: "close", connection: "2", code: "unexpected-message" })
  driver.take("2")
  driver.say("1", commitOf(call, 1))
  expect(driver.take("2")).toEqual([])
  driver.say("2", commitOf(call, 2, { request: 3 }))
  expect(driver.take("2")).toEqual([{ type: "refused", request: 3, code: "unexpected-message" }])
})

test("D9.14: a call that nobody is connected to waits twenty seconds and then ends", () => {
  const driver = callOfPeople(2)
  driver.close("1")
  driver.close("2")
  driver.knock("9", 9)
  driver.pass(times.empty - 1)
  expect(driver.take("9").map((told) => told.type)).toEqual(["room", "knocking"])
  driver.pass(1)
  expect(driver.take("9")).toEqual([{ type: "ended", call, reason: "empty" }])
  driver.say("9", { type: "found", call: callId(2), member: member(10), sessionHash: "s" })
  expect(driver.types("9")).toEqual(["founded"])
})

test("D9.14: one that resumes in time keeps the call, and knockers are looked after at once", () => {
  const driver = callOfPeople(2)
  driver.close("1")
  driver.close("2")
  driver.knock("9", 9)
  driver.pass(times.empty - 1)
  driver.resume("2 again", 2, 1)
  expect(driver.types("2 again")).toEqual(["room", "resumed", "nominated"])
  driver.pass(10 * times.empty)
  expect(driver.room.now.call?.id).toBe(call)
})

test("D9.14: after a restart the twenty seconds begin with the first visitor", () => {
  const driver = callOfPeople(2)
  driver.restart()
  driver.pass(10 * times.empty)
  driver.hello("x")
  expect(driver.take("x")).toMatchObject([{ type: "room", call }])
  driver.pass(times.empty - 1)
  expect(driver.room.now.call).toBeDefined()
  driver.pass(1)
  expect(driver.room.now.call).toBeUndefined()
})

test("D9.14, D14: bye removes nobody; when the last one has said it the call is over at once", () => {
  const driver = callOfPeople(2)
  driver.say("2", { type: "bye" })
  expect(driver.room.now.call?.members.has(member(2))).toBe(true)
  driver.hello("x")
  driver.say("1", { type: "bye" })
  expect(driver.room.now.call).toBeUndefined()
  expect(driver.outputs.at(-1)).toEqual({ do: "end-call", call })
  driver.found("x2", 5, 2)
  expect(driver.types("x2")).toEqual(["room", "founded"])
})

test("D9.13: messages of the current and of the last epoch pass, others are refused", () => {
  const driver = callOfPeople(2)
  driver.verdict("2", 1, true)
  driver.say("1", commitOf(call, 1))
  driver.got.clear()
  for (const at of [0, 1, 2, 3]) {
    driver.say("1", { type: "message", request: 10 + at, epoch: epoch(at), keep: false, message: privateMessage(call, at, 1) })
  }
  expect(driver.take("2")).toMatchObject([
    { type: "signal", epoch: 1, from: member(1) },
    { type: "signal", epoch: 2 },
  ])
  expect(driver.take("1")).toEqual([
    { type: "refused", request: 10, code: "stale-epoch" },
    { type: "refused", request: 13, code: "stale-epoch" },
  ])
  driver.say("1", { type: "message", request: 1, epoch: epoch(2), keep: false, message: privateMessage(call, 2, 3) })
  expect(driver.take("1")).toEqual([{ type: "refused", request: 1, code: "malformed" }])
})

test("D17.33: a message that names members reaches these only; a kept one names nobody", () => {
  const driver = callOfPeople(4)
  driver.verdict("2", 1, true)
  driver.got.clear()
  const message = { type: "message", epoch: epoch(1), message: privateMessage(call, 1, 1) } as const
  const to = [member(3), member(3), member(1), member(77)]
  driver.say("1", { ...message, request: 5, keep: false, to })
  expect(["1", "2", "3", "4"].map((n) => driver.types(n))).toEqual([[], [], ["signal"], []])
  driver.say("1", { ...message, request: 6, keep: true, to })
  expect(driver.take("1")).toEqual([{ type: "refused", request: 6, code: "malformed" }])
  driver.say("1", { ...message, request: 7, keep: false, to: [] })
  expect(driver.take("3")).toEqual([])
})

test("D9.39, D11: who was added by a void commit, and again while it was away, hears of the void when it resumes", () => {
  const driver = callOfPeople(3)
  driver.pass(times.trial)
  driver.knock("9", 9)
  driver.say("1", commitOf(call, 1, { adds: [member(9)] }))
  driver.verdict("2", 2, false)
  driver.verdict("3", 2, false)
  driver.say("2", commitOf(call, 1, { adds: [member(9)] }))
  driver.close("9")
  driver.resume("9 again", 9, 2)
  const told = driver.take("9 again")
  expect(told.map((one) => one.type)).toEqual(["room", "resumed", "entries"])
  expect(told.at(-1)).toMatchObject({ entries: [{ type: "void", of: 2 }, { type: "commit" }] })
})

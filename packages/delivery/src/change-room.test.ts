import { expect, test } from "vitest"
import { bytesOf, callId, callOfPeople, Driver, epoch, member, privateMessage, roomId } from "./driver.fixture.ts"
import { times } from "./index.ts"

const call = callId(1)
const hello = (accessHash: string, by: object = {}) => ({ type: "hello", version: 1, room: roomId, accessHash, ...by }) as const
const other = { version: 2, accessHash: "another", replaced: ["access"] }

test("D3.11: an earlier link is told that it was replaced and the socket is closed; the new one opens the new shelf", () => {
  const driver = new Driver()
  driver.changeRoom(other)
  driver.say("x", hello("access"))
  expect(driver.take("x")).toEqual([{ type: "problem", code: "link-replaced" }])
  expect(driver.outputs.at(-1)).toEqual({ do: "close", connection: "x", code: "link-replaced" })
  driver.say("y", hello("never was"))
  expect(driver.take("y")).toEqual([{ type: "problem", code: "wrong-link" }])
  driver.say("z", hello("another"))
  expect(driver.take("z")).toEqual([{ type: "room", shelf: bytesOf(2, 30) }])
})

test("D3.11: who is outside when the link is replaced hears so at once; who is inside stays", () => {
  const driver = callOfPeople(2)
  driver.hello("before")
  driver.knock("9", 9)
  driver.got.clear()
  driver.changeRoom(other)
  for (const n of ["before", "9"]) {
    expect(driver.take(n)).toEqual([{ type: "problem", code: "link-replaced" }])
    expect(driver.outputs).toContainEqual({ do: "close", connection: n, code: "link-replaced" })
  }
  expect(driver.room.now.call?.waiting.size).toBe(0)
  driver.pass(times.batch)
  driver.say("1", { type: "message", request: 1, epoch: epoch(1), keep: false, message: privateMessage(call, 1, 1) })
  expect(driver.types("2")).toEqual(["signal"])
})

test("D3.10: rules may change and the link stay: nobody is sent away, newcomers see the new shelf", () => {
  const driver = callOfPeople(2)
  driver.knock("9", 9)
  driver.got.clear()
  driver.changeRoom({ version: 5, accessHash: "access", replaced: [] })
  expect(driver.take("9")).toEqual([])
  driver.hello("x")
  expect(driver.take("x")).toEqual([{ type: "room", shelf: bytesOf(5, 30), call }])
})

test("D3.10: of two changes told in the wrong order the newer stays, and a restart finds it", () => {
  const driver = new Driver()
  driver.changeRoom({ version: 3, accessHash: "third", replaced: ["another", "access"] })
  driver.feed({ type: "room-changed", at: driver.now, ...other, shelf: bytesOf(2, 30) })
  expect(driver.room.now).toMatchObject({ version: 3, accessHash: "third" })
  driver.restart()
  expect(driver.room.now).toMatchObject({ version: 3, accessHash: "third", replaced: ["another", "access"] })
})

test("D3.12: a member that missed the change comes back by the old link; a stranger that names it does not", () => {
  const driver = callOfPeople(2)
  driver.close("2")
  driver.changeRoom(other)
  driver.say("x", hello("access", { member: member(50) }))
  expect(driver.take("x")).toEqual([{ type: "problem", code: "link-replaced" }])
  driver.say("2 again", hello("access", { member: member(2) }))
  const sessionHash = "session 2"
  driver.say("2 again", { type: "resume", call, member: member(2), sessionHash, after: 1 as never })
  expect(driver.types("2 again")).toEqual(["room", "resumed"])
  driver.say("y", hello("never was", { member: member(2) }))
  expect(driver.take("y")).toEqual([{ type: "problem", code: "wrong-link" }])
})

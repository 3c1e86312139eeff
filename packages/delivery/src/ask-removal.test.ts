import { expect, test } from "vitest"
import { callId, callOfPeople, commitOf, epoch, member, privateMessage } from "./driver.fixture.ts"

const call = callId(1)
const asked = (who: number) => ({ type: "removal-asked", member: member(who) })
const speak = { type: "message", request: 1, epoch: epoch(1), keep: false, message: privateMessage(call, 1, 1) } as const

test("D14.6: a request to remove somebody is passed on to every member, and takes nobody out", () => {
  const driver = callOfPeople(3)
  driver.askRemoval(2)
  for (const n of ["1", "2", "3"]) expect(driver.take(n)).toEqual([asked(2)])
  expect(driver.room.now.call?.members.has(member(2))).toBe(true)
  expect(driver.outputs.some((output) => output.do === "detach")).toBe(false)
  driver.say("2", speak)
  expect(driver.types("3")).toEqual(["signal"])
})

test("D14.6: nobody hears of a request about somebody who is not in the call, and without a call there is none", () => {
  const driver = callOfPeople(2)
  driver.askRemoval(7)
  expect([driver.take("1"), driver.take("2")]).toEqual([[], []])
  driver.say("1", { type: "bye" })
  driver.say("2", { type: "bye" })
  driver.pass(30_000)
  driver.askRemoval(1)
  expect(driver.room.now.call).toBeUndefined()
})

test("D14.6: who comes or comes back while it stands is told; once the member is out nobody is", () => {
  const driver = callOfPeople(3)
  driver.close("3")
  driver.askRemoval(2)
  driver.resume("3b", 3, 1)
  expect(driver.types("3b")).toEqual(["room", "resumed", "removal-asked"])
  driver.knock("4", 4)
  driver.say("1", commitOf(call, 1, { adds: [member(4)] }))
  driver.take("4")
  driver.say("4", { ...speak, epoch: epoch(2), message: privateMessage(call, 2, 1) })
  expect(driver.types("4")).toContain("removal-asked")
  driver.verdict("3b", 2, true)
  driver.say("1", commitOf(call, 2, { removes: [member(2)] }))
  expect(driver.room.now.call?.members.has(member(2))).toBe(false)
  driver.close("4")
  driver.resume("4b", 4, 2)
  expect(driver.types("4b")).not.toContain("removal-asked")
})

import { expect, test } from "vitest"
import { times } from "./index.ts"
import { callId, callOfPeople, commitOf, Driver, epoch, member, privateMessage } from "./driver.fixture.ts"

const call = callId(1)

function callOf(people: number): Driver {
  const driver = callOfPeople(people)
  driver.pass(times.trial)
  driver.got.clear()
  return driver
}

test("D9.6: a commit that nobody applied within two seconds is void, its sender out, its epoch open again", () => {
  const driver = callOf(3)
  driver.say("2", commitOf(call, 1, { request: 5 }))
  driver.take("2")
  driver.pass(times.trial - 1)
  expect(driver.room.now.call?.epoch).toBe(2)
  driver.pass(1)
  expect(driver.take("2")).toEqual([{ type: "refused", request: 5, code: "commit-void" }])
  expect(driver.entries("1")).toMatchObject([{ seq: 2 }, { type: "void", seq: 3, of: 2, epoch: 1 }])
  expect(driver.outputs).toContainEqual({ do: "detach", call, members: [member(2)] })
  driver.say("3", commitOf(call, 1))
  expect(driver.entries("1")).toMatchObject([{ type: "commit", seq: 4, epoch: 1, attempt: 1 }])
})

test("D9.6: when every judge has refused, nobody waits for the two seconds", () => {
  const driver = callOf(3)
  driver.say("2", commitOf(call, 1))
  driver.verdict("1", 2, false)
  driver.verdict("3", 2, false)
  expect(driver.room.now.call).toMatchObject({ epoch: 1, attempt: 1 })
})

test("D9.6: an evicted sender has no session any more and knocks again under another name", () => {
  const driver = callOf(3)
  driver.say("2", commitOf(call, 1))
  driver.pass(times.trial)
  driver.take("2")
  driver.say("2", commitOf(call, 1, { request: 2 }))
  expect(driver.take("2")).toEqual([{ type: "refused", request: 2, code: "not-a-member" }])
  driver.knock("2", 2)
  expect(driver.take("2")).toEqual([{ type: "problem", code: "unexpected-message" }])
  driver.knock("2", 12)
  expect(driver.types("2")).toEqual(["knocking"])
})

test("D9.5: one other member that applied a commit settles it", () => {
  const driver = callOf(3)
  driver.say("2", commitOf(call, 1))
  driver.verdict("1", 2, true)
  driver.pass(times.trial)
  expect(driver.room.now.call).toMatchObject({ epoch: 2, trials: [] })
})

test("D9.7: the sender's own word counts only when no other member that stays is connected", () => {
  const together = callOf(2)
  together.say("1", commitOf(call, 1))
  together.verdict("1", 2, true)
  together.pass(times.trial)
  expect(together.room.now.call).toMatchObject({ epoch: 1, attempt: 1 })
  const alone = callOf(2)
  alone.close("2")
  alone.say("1", commitOf(call, 1))
  alone.pass(times.trial)
  expect(alone.room.now.call).toMatchObject({ epoch: 2 })
  const removing = callOf(2)
  removing.say("1", commitOf(call, 1, { removes: [member(2)] }))
  expect(removing.room.now.call).toMatchObject({ epoch: 2, trials: [] })
})

test("D9.5: a member that a commit adds is no judge of it", () => {
  const driver = callOf(2)
  driver.knock("9", 9)
  driver.say("1", commitOf(call, 1, { adds: [member(9)] }))
  driver.verdict("9", 2, true)
  driver.pass(times.trial)
  expect(driver.room.now.call).toMatchObject({ epoch: 1, attempt: 1 })
})

test("D9.8: who refused what others applied is told that it is outvoted", () => {
  const driver = callOf(4)
  driver.say("2", commitOf(call, 1))
  driver.verdict("1", 2, true)
  driver.verdict("3", 2, true)
  driver.verdict("4", 2, false)
  expect(driver.take("4").at(-1)).toEqual({ type: "outvoted", seq: 2 })
  expect(driver.types("3")).not.toContain("outvoted")
})

test("D9.8: who refuses too late is outvoted at once, and so is who applied what became void", () => {
  const driver = callOf(4)
  driver.say("2", commitOf(call, 1))
  driver.verdict("1", 2, true)
  driver.pass(times.trial)
  driver.verdict("4", 2, false)
  expect(driver.take("4").at(-1)).toEqual({ type: "outvoted", seq: 2 })
  driver.say("2", commitOf(call, 2))
  driver.pass(times.trial)
  driver.verdict("3", 3, true)
  expect(driver.take("3").at(-1)).toEqual({ type: "outvoted", seq: 3 })
})

test("D9.8: when more refused than applied the call is split and ends for everybody", () => {
  const driver = callOf(4)
  driver.knock("9", 9)
  driver.say("2", commitOf(call, 1))
  driver.verdict("1", 2, true)
  driver.verdict("3", 2, false)
  driver.verdict("4", 2, false)
  for (const n of ["1", "2", "3", "4", "9"]) expect(driver.take(n).at(-1)).toEqual({ type: "ended", call, reason: "split" })
  expect(driver.outputs).toContainEqual({ do: "end-call", call })
  driver.found("1 again", 11, 2)
  expect(driver.types("1 again")).toEqual(["room", "founded"])
})

test("D9.6: joiners of a void commit wait again and are nominated again", () => {
  const driver = callOf(3)
  driver.knock("9", 9)
  driver.say("2", commitOf(call, 1, { adds: [member(9)] }))
  driver.pass(times.trial)
  expect(driver.take("9").map((told) => told.type)).toEqual(["room", "knocking", "welcome", "entries"])
  const nominated = [...driver.take("1"), ...driver.take("3")].filter((told) => told.type === "nominated")
  expect(nominated).toMatchObject([{ knocks: [{ member: member(9) }] }])
  driver.say("1", commitOf(call, 1, { adds: [member(9)] }))
  expect(driver.take("9").map((told) => told.type)).toEqual(["welcome"])
})

test("D9.6: who was removed by a void commit is back with every entry it missed", () => {
  const driver = callOf(3)
  driver.say("2", commitOf(call, 1, { removes: [member(3)] }))
  driver.say("2", { type: "message", request: 3, epoch: epoch(1), keep: true, message: privateMessage(call, 1, 1) })
  driver.pass(times.trial)
  expect(driver.entries("3").map((entry) => entry.seq)).toEqual([2, 3, 4])
  expect(driver.outputs).not.toContainEqual({ do: "detach", call, members: [member(3)] })
  driver.say("3", commitOf(call, 1))
  expect(driver.types("3")).toEqual(["accepted", "entries"])
})

test("D9.9: a sender's next commit waits for the verdict on its last one", () => {
  const driver = callOf(3)
  driver.say("2", commitOf(call, 1, { request: 1 }))
  driver.take("2")
  driver.say("2", commitOf(call, 2, { request: 2 }))
  driver.say("2", commitOf(call, 2, { request: 3 }))
  expect(driver.take("2")).toEqual([{ type: "refused", request: 3, code: "too-many" }])
  driver.verdict("1", 2, true)
  expect(driver.take("2")).toMatchObject([{ type: "accepted", request: 2, seq: 3 }, { type: "entries" }])
  const voided = callOf(3)
  voided.say("2", commitOf(call, 1, { request: 1 }))
  voided.say("2", commitOf(call, 2, { request: 2 }))
  voided.pass(times.trial)
  expect(voided.take("2").slice(-2)).toMatchObject([
    { request: 1, code: "commit-void" },
    { request: 2, code: "commit-void" },
  ])
})

test("D9.9: a commit by somebody whom an unsettled commit adds waits for the verdict on that one", () => {
  const driver = callOf(2)
  driver.knock("3", 3)
  driver.say("1", commitOf(call, 1, { adds: [member(3)] }))
  driver.say("3", commitOf(call, 2, { request: 8 }))
  expect(driver.types("3")).not.toContain("accepted")
  driver.verdict("2", 2, true)
  expect(driver.types("3")).toContain("accepted")
  expect(driver.room.now.call?.epoch).toBe(3)
})

test("D9.5: who commits on top of a commit has applied it", () => {
  const driver = callOf(3)
  driver.say("2", commitOf(call, 1))
  driver.say("3", commitOf(call, 2))
  expect(driver.types("3").at(-1)).toBe("entries")
  expect(driver.room.now.call).toMatchObject({ epoch: 3, head: 3 })
})

test("D9.10: after a restart a commit on trial holds if nobody objects, for who answered before does not answer again", () => {
  const driver = callOf(3)
  driver.say("2", commitOf(call, 1))
  driver.restart()
  for (const n of [1, 2, 3]) driver.resume(String(n), n, 2)
  driver.pass(times.trial)
  expect(driver.room.now.call).toMatchObject({ epoch: 2, trials: [] })
})

test("D9.10: after a restart a commit that members refuse and nobody applied is void", () => {
  const driver = callOf(3)
  driver.say("2", commitOf(call, 1, { removes: [member(3)] }))
  driver.restart()
  driver.resume("1", 1, 1)
  driver.resume("2", 2, 2)
  driver.verdict("1", 2, false)
  driver.pass(times.trial)
  expect(driver.room.now.call).toMatchObject({ epoch: 1, attempt: 1 })
  expect([...(driver.room.now.call?.members.keys() ?? [])].sort()).toEqual([member(1), member(3)].sort())
  driver.restart()
  expect(driver.room.now.call).toMatchObject({ epoch: 1, attempt: 1, head: 3 })
})

test("D9.10: a commit that was applied before a restart cannot be voided after it", () => {
  const driver = callOf(3)
  driver.say("2", commitOf(call, 1))
  driver.verdict("1", 2, true)
  driver.restart()
  driver.resume("3", 3, 1)
  driver.verdict("3", 2, false)
  driver.pass(times.trial)
  expect(driver.room.now.call).toMatchObject({ epoch: 2 })
  expect(driver.take("3").at(-1)).toEqual({ type: "outvoted", seq: 2 })
})

test("D9.8: a verdict on an entry that does not exist is refused", () => {
  const driver = callOf(2)
  driver.verdict("1", 50, true)
  expect(driver.take("1")).toEqual([{ type: "problem", code: "unexpected-message" }])
})

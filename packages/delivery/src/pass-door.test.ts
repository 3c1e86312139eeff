import { expect, test } from "vitest"
import { times } from "./index.ts"
import { callOfPeople, member } from "./driver.fixture.ts"

const box = (fill: number) => new Uint8Array(8).fill(fill)

/** Two in the call; 9 and 8 at the door. */
function withKnockers() {
  const driver = callOfPeople(2)
  for (const n of [9, 8]) driver.knock(String(n), n)
  driver.pass(times.batch)
  driver.got.clear()
  return driver
}

test("D18.12: a member's box reaches the knocker it names, the knocker's the member that wrote to it, and nobody else hears", () => {
  const driver = withKnockers()
  driver.say("2", { type: "door", member: member(9), box: box(1) })
  expect(driver.take("9")).toEqual([{ type: "door", box: box(1) }])
  driver.say("9", { type: "door", box: box(2) })
  expect(driver.take("2")).toEqual([{ type: "door", member: member(9), box: box(2) }])
  for (const n of ["1", "8"]) expect(driver.take(n)).toEqual([])
})

test("D18.12: the first to answer a knock is the one, and nobody is nominated for it any more", () => {
  const driver = withKnockers()
  driver.say("2", { type: "door", member: member(9), box: box(1) })
  driver.say("1", { type: "door", member: member(9), box: box(3) })
  expect(driver.take("9")).toEqual([{ type: "door", box: box(1) }])
  driver.pass(4 * times.nominee)
  const asked = ["1", "2"].flatMap((n) => driver.take(n)).flatMap((one) => (one.type === "nominated" ? one.knocks : []))
  expect(asked.map((knock) => knock.member)).toContain(member(8))
  expect(asked.map((knock) => knock.member)).not.toContain(member(9))
})

test("D18.12: a knocker that nobody answered, or that names somebody, and a stranger pass nothing on", () => {
  const driver = withKnockers()
  driver.hello("x")
  driver.take("x")
  driver.say("9", { type: "door", box: box(1) })
  driver.say("x", { type: "door", box: box(1) })
  driver.say("2", { type: "door", member: member(9), box: box(1) })
  driver.say("9", { type: "door", member: member(8), box: box(1) })
  driver.say("x", { type: "door", member: member(9), box: box(1) })
  for (const n of ["9", "x"]) expect(driver.take(n).filter((one) => one.type === "problem")).toHaveLength(2)
  for (const n of ["1", "2", "8"]) expect(driver.take(n)).toEqual([])
})

test("D18.12: four boxes are passed on for a knock; one that is gone gets none", () => {
  const driver = withKnockers()
  for (const fill of [1, 2, 3, 4, 5]) driver.say("2", { type: "door", member: member(9), box: box(fill) })
  expect(driver.take("9")).toHaveLength(4)
  expect(driver.take("2")).toEqual([{ type: "problem", code: "too-many" }])
  driver.close("8")
  driver.say("2", { type: "door", member: member(8), box: box(1) })
  expect(driver.take("2")).toEqual([])
})

test("D18.12: when whoever answered is gone the knocker is told to knock anew", () => {
  const driver = withKnockers()
  driver.say("2", { type: "door", member: member(9), box: box(1) })
  driver.got.clear()
  driver.close("2")
  expect(driver.take("9")).toEqual([{ type: "problem", code: "not-a-member" }])
  expect([...(driver.room.now.call?.waiting.keys() ?? [])]).toEqual([member(8)])
})

test("D18.12: nothing of it is stored", () => {
  const driver = withKnockers()
  driver.store = "hold"
  driver.say("2", { type: "door", member: member(9), box: box(1) })
  expect(driver.types("9")).toEqual(["door"])
})

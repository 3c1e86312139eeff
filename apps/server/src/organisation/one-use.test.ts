import { expect, test } from "vitest"
import { oneUse, waitsMs } from "./one-use.ts"

function box() {
  const clock = { now: 0 }
  return { clock, box: oneUse<string>(() => clock.now) }
}

test("A4.07: what waits is taken once", () => {
  const { box: waiting } = box()
  const token = waiting.keep("challenge")
  expect(waiting.take(token)).toBe("challenge")
  expect(waiting.take(token)).toBeUndefined()
  expect(waiting.take("made up")).toBeUndefined()
})

test("A4.07: what waits is gone after five minutes, given back or not", () => {
  const { clock, box: waiting } = box()
  const [one, two] = [waiting.keep("one"), waiting.keep("two")]
  clock.now = waitsMs - 1
  expect(waiting.take(one)).toBe("one")
  waiting.giveBack(one, "one again")
  expect(waiting.take(one)).toBe("one again")
  waiting.giveBack(one, "one again")
  clock.now = waitsMs
  expect(waiting.take(one)).toBeUndefined()
  expect(waiting.take(two)).toBeUndefined()
})

test("A6.01: a flood of beginnings forgets the oldest and no more", () => {
  const { box: waiting } = box()
  const first = waiting.keep("first")
  let last = ""
  for (let n = 0; n < 10_000; n++) last = waiting.keep(String(n))
  expect(waiting.take(first)).toBeUndefined()
  expect(waiting.take(last)).toBe("9999")
})

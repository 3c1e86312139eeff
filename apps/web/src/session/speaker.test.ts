import { expect, test } from "vitest"
import fc from "fast-check"
import { largeAt, nobodyLarge, takeOverMs, type Large } from "./speaker.ts"

const present = ["ada", "ben", "cleo"]

const after = (turns: readonly (readonly [at: number, speaking: readonly string[]])[]): Large => {
  let large = nobodyLarge
  for (const [at, speaking] of turns) large = largeAt(large, { present, speaking }, at)
  return large
}

test("D23.17: the first who speaks is large at once", () => {
  expect(after([[0, ["ben"]]]).shown).toBe("ben")
})

test("D23.17: another takes the place by speaking two seconds while its holder is silent", () => {
  expect(
    after([
      [0, ["ben"]],
      [100, ["ada"]],
      [100 + takeOverMs - 1, ["ada"]],
    ]).shown,
  ).toBe("ben")
  expect(
    after([
      [0, ["ben"]],
      [100, ["ada"]],
      [100 + takeOverMs, ["ada"]],
    ]).shown,
  ).toBe("ada")
})

test("D23.17: a cough of the holder's starts the two seconds anew", () => {
  expect(
    after([
      [0, ["ben"]],
      [100, ["ada"]],
      [1500, ["ada", "ben"]],
      [2200, ["ada"]],
    ]).shown,
  ).toBe("ben")
})

test("D23.18: silence changes nothing", () => {
  expect(
    after([
      [0, ["ben"]],
      [60_000, []],
    ]).shown,
  ).toBe("ben")
})

test("D23.18: who has left is not large", () => {
  const large = largeAt(after([[0, ["ben"]]]), { present: ["ada"], speaking: [] }, 10)
  expect(large.shown).toBeUndefined()
})

test("D23.18: whoever is large is present, and never changes twice within two seconds while all stay", () => {
  const turns = fc.array(fc.tuple(fc.nat(900), fc.subarray(present)), { maxLength: 40 })
  fc.assert(
    fc.property(turns, (all) => {
      let [large, now, changedAt] = [nobodyLarge, 0, -Infinity]
      for (const [wait, speaking] of all) {
        now += wait
        const next = largeAt(large, { present, speaking }, now)
        if (next.shown !== large.shown && large.shown !== undefined) {
          expect(now - changedAt).toBeGreaterThanOrEqual(takeOverMs)
        }
        if (next.shown !== large.shown) changedAt = now
        large = next
      }
    }),
  )
})

import fc from "fast-check"
import { expect, test } from "vitest"
import { addressGroup, guessLimits, perAccount, perAddress } from "./guess-limits.ts"

function limits() {
  const clock = { now: 0 }
  return { clock, limits: guessLimits(() => clock.now) }
}

test("A4.08: of ten thousand tries at one account from anywhere ten are evaluated in any 15 minutes", () => {
  const { clock, limits: guesses } = limits()
  const evaluated: number[] = []
  for (let n = 0; n < 10_000; n++) {
    clock.now = n * 360
    if (guesses.count("ada@example.org", `10.0.${String(n >> 8)}.${String(n & 255)}`).kind === "allowed") evaluated.push(clock.now)
  }
  // 10 000 tries in an hour.
  expect(evaluated).toHaveLength(40)
  for (const at of evaluated)
    expect(evaluated.filter((other) => other >= at && other < at + perAccount.windowMs).length).toBeLessThanOrEqual(10)
})

test("A4.08: one address has a hundred tries, however many accounts it names", () => {
  const { limits: guesses } = limits()
  const outcomes = Array.from({ length: 300 }, (_, n) => guesses.count(`person ${String(n)}`, "10.0.0.1").kind)
  expect(outcomes.filter((kind) => kind === "allowed")).toHaveLength(perAddress.most)
  expect(guesses.count("somebody", "10.0.0.2").kind).toBe("allowed")
})

test("D36.5: who is refused is told when to come back, and then may", () => {
  const { clock, limits: guesses } = limits()
  for (let n = 0; n < 10; n++) {
    clock.now = n * 1000
    guesses.count("ada", "a")
  }
  const refused = guesses.count("ada", "a")
  expect(refused).toEqual({ kind: "refused", retryAfterMs: perAccount.windowMs - 9000 })
  clock.now = perAccount.windowMs
  expect(guesses.count("ada", "a").kind).toBe("allowed")
  expect(guesses.count("ada", "a").kind).toBe("refused")
})

test("D36.5: the right password does not count, and refused tries do not prolong the wait", () => {
  const { clock, limits: guesses } = limits()
  for (let n = 0; n < 50; n++) {
    const guess = guesses.count("ada", "a")
    expect(guess.kind).toBe("allowed")
    if (guess.kind === "allowed") guess.refund()
  }
  for (let n = 0; n < 10; n++) guesses.count("ada", "a")
  for (let n = 0; n < 1000; n++) guesses.count("ada", "a")
  clock.now = perAccount.windowMs
  expect(guesses.count("ada", "a").kind).toBe("allowed")
})

test("D36.5: the neighbours of an IPv6 address are the same address", () => {
  expect(addressGroup("2001:db8:1:2:3:4:5:6")).toBe(addressGroup("2001:db8:1:2::1"))
  expect(addressGroup("2001:db8::1")).toBe(addressGroup("2001:db8:0:0:ffff::"))
  expect(addressGroup("2001:db8:1:2::1")).not.toBe(addressGroup("2001:db8:1:3::1"))
  expect(addressGroup("::ffff:10.0.0.1")).toBe("10.0.0.1")
  expect(addressGroup("fe80::1%eth0")).toBe("fe80:0:0:0")
  expect(addressGroup("::1")).toBe("0:0:0:0")
  fc.assert(
    fc.property(fc.ipV6(), (address) => {
      expect(addressGroup(address)).toMatch(/^([0-9a-f]{1,4}:){3}[0-9a-f]{1,4}$|^[\d.]+$/)
    }),
  )
})

test("A6.01: names cost a bounded amount of memory, and the flooded do not forget who guesses now", () => {
  const { limits: guesses } = limits()
  for (let n = 0; n < 10; n++) guesses.count("ada", "attacker")
  for (let n = 0; n < 5000; n++) guesses.count(`flood ${String(n)}`, `10.1.${String(n >> 8)}.${String(n & 255)}`)
  expect(guesses.count("ada", "another").kind).toBe("refused")
})

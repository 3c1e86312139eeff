import { expect, test } from "vitest"
import type { Way } from "@conclave/wire"
import type { Attempt } from "../adapters/sfu/probe.ts"
import { NetworkCheck } from "./network-check.ts"

const probe = "AAAAAAAAAAAAAAAAAAAAAA"

function made(answer: unknown) {
  const attempts: { path: string; way: Way; settle: (isOpen: boolean) => void; isStopped: boolean }[] = []
  const check = new NetworkCheck(() => undefined, {
    ask: () => Promise.resolve(answer),
    attempt: (path, way): Promise<Attempt> => {
      const opened = Promise.withResolvers<boolean>()
      const one = { path, way, settle: opened.resolve, isStopped: false }
      attempts.push(one)
      return Promise.resolve({ opened: opened.promise, stop: () => (one.isStopped = true) })
    },
  })
  return { check, attempts, settled: () => new Promise((resolve) => setImmediate(resolve)) }
}

test("D27.11: every way the server has is tried, one after the other, and what it has not is said to be missing", async () => {
  const { check, attempts, settled } = made({ probe, ways: ["tcp", "udp"] })
  const checking = check.check()
  await settled()
  expect(check.view).toEqual({ isAway: false, udp: "trying", tcp: "trying", relay: "none" })
  expect(attempts.map(({ path, way }) => [path, way])).toEqual([[`/sfu/${probe}`, "udp"]])
  attempts[0]?.settle(false)
  await settled()
  expect(check.view.udp).toBe("shut")
  attempts[1]?.settle(true)
  await checking
  expect(check.view).toEqual({ isAway: false, udp: "shut", tcp: "open", relay: "none" })
  expect(attempts.every(({ isStopped }) => isStopped)).toBe(true)
})

test.each([
  undefined,
  null,
  {},
  { probe: "short", ways: ["udp"] },
  { probe, ways: ["pigeon"] },
  { probe, ways: ["udp", "udp", "udp", "udp"] },
])("D27.11: an answer that is none (%j) is said to be the server's, and nothing is tried", async (answer) => {
  const { check, attempts } = made(answer)
  await check.check()
  expect([check.view.isAway, attempts]).toEqual([true, []])
})

test("D27.12: joining ends a check at once, and nothing of it shows afterwards", async () => {
  const { check, attempts, settled } = made({ probe, ways: ["udp", "tcp"] })
  void check.check()
  await settled()
  check.stop()
  expect(attempts[0]?.isStopped).toBe(true)
  attempts[0]?.settle(true)
  await settled()
  expect(attempts).toHaveLength(1)
  expect(check.view).toEqual({ isAway: false, udp: "untried", tcp: "untried", relay: "untried" })
})

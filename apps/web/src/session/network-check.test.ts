import { expect, test } from "vitest"
import type { Way } from "@conclave/wire"
import type { Attempt } from "../adapters/sfu/probe.ts"
import { NetworkCheck } from "./network-check.ts"

const probe = "AAAAAAAAAAAAAAAAAAAAAA"

function made(answer: unknown) {
  const attempts: { path: string; way: Way; relays: readonly RTCIceServer[]; settle: (isOpen: boolean) => void; isStopped: boolean }[] = []
  const check = new NetworkCheck(() => undefined, {
    ask: () => Promise.resolve(answer),
    page: () => ({ protocol: "http:", hostname: "localhost", port: "8080" }),
    attempt: ({ path, way, relays }): Promise<Attempt> => {
      const opened = Promise.withResolvers<boolean>()
      const one = { path, way, relays, settle: opened.resolve, isStopped: false }
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

const relay = { username: "A".repeat(22), password: "A".repeat(32), address: "10.9.9.9", port: 3478, isOverTls: false }

test("D27.12, D27.17: the relay is tried when there is one that may be asked", async () => {
  const { check, attempts, settled } = made({ probe, ways: ["relay"], relay })
  const checking = check.check()
  await settled()
  expect(attempts[0]).toMatchObject({ way: "relay", relays: [{ urls: ["turn:10.9.9.9:3478?transport=udp"] }] })
  attempts[0]?.settle(true)
  await checking
  expect(check.view).toEqual({ isAway: false, udp: "none", tcp: "none", relay: "open" })
})

test.each([undefined, { ...relay, address: "203.0.113.9" }])("D27.17: a relay that is not ours to ask (%j) is none", async (foreign) => {
  const { check, attempts } = made(foreign === undefined ? { probe, ways: ["relay"] } : { probe, ways: ["relay"], relay: foreign })
  await check.check()
  expect([check.view.relay, attempts]).toEqual(["none", []])
})

test.each([
  undefined,
  null,
  {},
  { probe: "short", ways: ["udp"] },
  { probe, ways: ["pigeon"] },
  { probe, ways: ["udp", "udp", "udp", "udp"] },
  { probe, ways: ["relay"], relay: { ...relay, address: "meet.example" } },
  { probe, ways: ["relay"], relay: { ...relay, address: "010.9.9.9" } },
  { probe, ways: ["relay"], relay: { ...relay, port: 0 } },
  { probe, ways: ["relay"], relay: { ...relay, urls: ["turn:turn.example"] } },
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

import { expect, test } from "vitest"
import type { Flow, Reading } from "../adapters/sfu/link-stats.ts"
import { arrivalOf, changeOf, ownQuality, steadied, type Change, type Steady } from "./quality.ts"

const change = (parts: Partial<Change>): Change => ({ ms: 2000, bytes: 1000, packets: 100, lost: 0, frames: 50, jitter: 0.01, ...parts })

const flow = (parts: Partial<Flow>): Flow => ({
  id: "in-1",
  kind: "video",
  track: "track",
  bytes: 0,
  packets: 0,
  lost: 0,
  lossReported: undefined,
  jitter: 0,
  frames: 0,
  framesPerSecond: undefined,
  height: undefined,
  codec: undefined,
  isNarrow: false,
  ...parts,
})

const reading = (at: number, inbound: readonly Flow[]): Reading => ({ at, inbound, outbound: [], roundTrip: undefined, way: undefined })

const goodWay = { isUp: true, roundTrip: 40, lossReported: 0, isNarrow: false, arrivals: ["good"] } as const

test("D26.20: losses and uneven pace make an arrival weak, then bad", () => {
  expect(arrivalOf([change({})], undefined)).toBe("good")
  expect(arrivalOf([change({ lost: 6 })], undefined)).toBe("weak")
  expect(arrivalOf([change({ lost: 20 })], undefined)).toBe("bad")
  expect(arrivalOf([change({ jitter: 0.08 })], undefined)).toBe("weak")
  expect(arrivalOf([change({}), change({ jitter: 0.25 })], undefined)).toBe("bad")
})

test("D26.21: a camera that is on and stands still is bad, even when nothing arrives at all", () => {
  const still = change({ frames: 0 })
  expect(arrivalOf([still], still)).toBe("bad")
  const dead = change({ frames: 0, packets: 0 })
  expect(arrivalOf([dead], dead)).toBe("bad")
})

test("D26.21: where nothing is asked for, or silence is sent, there is nothing to measure", () => {
  expect(arrivalOf([], undefined)).toBeUndefined()
  expect(arrivalOf([change({ packets: 0, frames: 0 })], undefined)).toBeUndefined()
})

test("D26.22: one bad arrival of several is that person's, most of them are one's own", () => {
  expect(ownQuality({ ...goodWay, arrivals: ["bad", "good", "good"] })).toBe("good")
  expect(ownQuality({ ...goodWay, arrivals: ["bad", "bad", "good"] })).toBe("bad")
  expect(ownQuality({ ...goodWay, arrivals: ["bad"] })).toBe("good")
})

test("D26.22: without a connection, or with losses or a long way to the SFU, one's own is bad", () => {
  expect(ownQuality({ ...goodWay, isUp: false })).toBe("bad")
  expect(ownQuality({ ...goodWay, lossReported: 20 })).toBe("bad")
  expect(ownQuality({ ...goodWay, roundTrip: 1500 })).toBe("bad")
  expect(ownQuality({ ...goodWay, isNarrow: true })).toBe("weak")
  expect(ownQuality(goodWay)).toBe("good")
})

test("D26.23: worse after two readings that agree, better after three", () => {
  const shown = (readings: readonly ("good" | "weak" | "bad")[]) => {
    let steady: Steady | undefined
    for (const now of readings) steady = steadied(steady, now)
    return steady?.shown
  }
  expect(shown(["bad"])).toBe("good")
  expect(shown(["bad", "bad"])).toBe("bad")
  expect(shown(["bad", "good", "bad", "good"])).toBe("good")
  expect(shown(["bad", "bad", "good", "good"])).toBe("bad")
  expect(shown(["bad", "bad", "good", "good", "good"])).toBe("good")
})

test("D26.20: a stream that began anew is not held against the one before it", () => {
  const before = reading(0, [flow({ packets: 500 })])
  const [again, other] = [flow({ packets: 10 }), flow({ id: "in-2", packets: 600 })]
  expect(changeOf(before, reading(2000, [again]), again)).toBeUndefined()
  expect(changeOf(before, reading(2000, [other]), other)).toBeUndefined()
  const on = flow({ packets: 600, lost: 3, frames: 9 })
  expect(changeOf(before, reading(2000, [on]), on)).toMatchObject({ ms: 2000, packets: 100, lost: 3, frames: 9 })
})

import { afterEach, beforeEach, expect, test, vi } from "vitest"
import type { MemberId } from "@conclave/wire"
import type { Flow, Reading } from "../adapters/sfu/link-stats.ts"
import type { StatisticsView } from "../view/statistics.ts"
import { Statistics, type Measured } from "./statistics.ts"

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const [ada, ben] = ["ada", "ben"] as unknown as [MemberId, MemberId]

const members: readonly Measured[] = [
  { member: ada, name: "Ada", isSelf: true, tracks: new Map(), hasCamera: false, refused: 0 },
  { member: ben, name: "Ben", isSelf: false, tracks: new Map([["cam", "camera"]]), hasCamera: true, refused: 3 },
]

const empty = { jitter: 0, lossReported: undefined, framesPerSecond: undefined, height: undefined, codec: undefined, isNarrow: false }

/** A connection whose stream brings so much each second. */
function connection(each: { packets: number; lost: number; frames: number }) {
  let reads = 0
  const read = (): Promise<Reading> => {
    reads++
    const at = performance.now()
    const seconds = at / 1000
    const flow: Flow = {
      ...empty,
      id: "in",
      kind: "video",
      track: "cam",
      bytes: 1000 * seconds,
      packets: each.packets * seconds,
      lost: each.lost * seconds,
      frames: each.frames * seconds,
      height: 180,
      codec: "VP8",
    }
    return Promise.resolve({ at, inbound: [flow], outbound: [], roundTrip: 20, way: "udp" })
  }
  return { read, reads: () => reads }
}

function measuring({ read }: { read: () => Promise<Reading> }) {
  const changed = vi.fn()
  return { changed, statistics: new Statistics({ read, members: () => members, isUp: () => true, sent: () => 42, changed }) }
}

test("D26.23: a bad arrival shows after two readings that agree, and is told once", async () => {
  const { statistics, changed } = measuring(connection({ packets: 50, lost: 30, frames: 5 }))
  await vi.advanceTimersByTimeAsync(30_000)
  expect(statistics.qualityOf(ben)).toBe("bad")
  expect(statistics.qualityOf(ada)).toBe("good")
  expect(changed.mock.calls.length).toBeLessThanOrEqual(3)
  statistics.close()
})

test("D26.20: while nobody looks at the numbers they are read every two seconds, for quality alone", async () => {
  const way = connection({ packets: 50, lost: 0, frames: 5 })
  const { statistics } = measuring(way)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(way.reads()).toBeLessThanOrEqual(31)
  expect(way.reads()).toBeGreaterThanOrEqual(28)
  statistics.close()
})

test("D26.20: who looks hears once a second, at most two minutes back, and nothing after it stopped looking", async () => {
  const { statistics } = measuring(connection({ packets: 50, lost: 0, frames: 5 }))
  const heard: StatisticsView[] = []
  const stop = statistics.source.subscribe((view) => heard.push(view))
  await vi.advanceTimersByTimeAsync(180_000)
  const last = heard.at(-1)
  expect(heard.length).toBeGreaterThan(170)
  expect(last?.way).toBe("udp")
  expect(last?.people[0]).toMatchObject({ isSelf: true, frames: 42, codecs: [] })
  expect(last?.people[1]).toMatchObject({ name: "Ben", refused: 3, codecs: ["VP8"] })
  expect(last?.people[1]?.samples).toHaveLength(120)
  expect(last?.people[1]?.samples.at(-1)).toMatchObject({ loss: 0, roundTrip: 20, height: 180 })
  expect(last?.people[1]?.samples.at(-1)?.kbps).toBeCloseTo(8)
  stop()
  const before = heard.length
  await vi.advanceTimersByTimeAsync(5_000)
  expect(heard).toHaveLength(before)
  statistics.close()
})

test("D26.22: without a connection one's own way is bad, and nobody else is judged", async () => {
  const changed = vi.fn()
  const read = () => Promise.resolve(undefined)
  const statistics = new Statistics({ read, members: () => members, isUp: () => false, sent: () => 0, changed })
  await vi.advanceTimersByTimeAsync(30_000)
  expect(statistics.qualityOf(ada)).toBe("bad")
  expect(statistics.qualityOf(ben)).toBeUndefined()
  statistics.close()
})

/** A hundred sound streams at 50 frames a second, fed by the clock, whether the lanes keep up or not. */

import { bytesOf, frameOf, type BenchFrame } from "./frames.ts"
import { lanesOf } from "./lanes.ts"
import type { Direction, Load, Maker } from "./questions.ts"

const streams = 100
const perSecond = 50
const size = 100

/** Makes the frames and lays the lanes; the answer runs them. */
export async function prepareLoad(maker: Maker, direction: Direction, seconds: number): Promise<() => Promise<Load>> {
  const count = seconds * perSecond
  const plain = Array.from({ length: streams }, () => Array.from({ length: count + 1 }, (_, i) => frameOf(bytesOf(size), true, i * 960)))
  const frames = direction === "encrypt" ? plain : await Promise.all(plain.map((some, who) => sealed(maker, some, who)))
  return () => run(maker, direction, frames)
}

async function sealed(maker: Maker, frames: readonly BenchFrame[], who: number): Promise<BenchFrame[]> {
  const out: BenchFrame[] = []
  const lanes = await lanesOf(maker)
  await new Promise<void>((resolve) => {
    const writable = new WritableStream<BenchFrame>({ write: (frame) => void out.push(frame), close: resolve })
    const readable = new ReadableStream<BenchFrame>({
      start(controller) {
        for (const frame of frames) controller.enqueue(frame)
        controller.close()
      },
    })
    lanes.lay({ readable, writable }, { direction: "encrypt", who, kind: "microphone" })
  })
  return out
}

async function run(maker: Maker, direction: Direction, frames: readonly (readonly BenchFrame[])[]): Promise<Load> {
  const lanes = await lanesOf(maker)
  const waits: number[] = []
  const feeds = frames.map((_, who) => {
    let feed: ReadableStreamDefaultController<BenchFrame> | undefined
    const readable = new ReadableStream<BenchFrame>({ start: (controller) => void (feed = controller) })
    const writable = new WritableStream<BenchFrame>({ write: (frame) => void waits.push(performance.now() - frame.fedAt) })
    lanes.lay({ readable, writable }, { direction, who, kind: "microphone" })
    return feed
  })
  const count = Math.min(...frames.map((some) => some.length))
  let fed = 0
  const startedAt = performance.now()
  for (let i = 0; i < count; i++) {
    const due = startedAt + (i * 1000) / perSecond
    while (performance.now() < due) await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())))
    for (const [who, feed] of feeds.entries()) {
      const frame = frames[who]?.[i]
      if (frame === undefined) continue
      frame.fedAt = performance.now()
      feed?.enqueue(frame)
      fed++
    }
  }
  // What is late still counts as out; what has not come in ten seconds does not.
  const patience = performance.now() + 10_000
  while (waits.length < fed - streams && performance.now() < patience) await new Promise((resolve) => setTimeout(resolve, 50))
  await new Promise((resolve) => setTimeout(resolve, 200))
  for (const feed of feeds) feed?.close()
  waits.sort((a, b) => a - b)
  const at = (part: number): number => waits[Math.min(waits.length - 1, Math.floor(waits.length * part))] ?? Number.NaN
  return { fed, out: waits.length, p50: at(0.5), p99: at(0.99) }
}

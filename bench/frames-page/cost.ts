/** Time per frame with one stream, one frame after another: what a transform does. */

import { FrameOpener, FrameSealer, importBaseKey, KeyRing, type EpochKey } from "@conclave/crypto/sframe"
import { bytesOf, frameOf, isSound, type BenchFrame } from "./frames.ts"
import { lanesOf } from "./lanes.ts"
import type { Direction, Maker } from "./questions.ts"

const rounds: Readonly<Record<number, number>> = { 100: 3000, 1000: 3000, 5000: 2000, 20_000: 800, 100_000: 250 }

export async function costOf(size: number, direction: Direction, maker: Maker): Promise<number> {
  const count = rounds[size] ?? 500
  if (maker === "raw") return rawCost(size, direction, count)
  if (maker === "ours-bare") return bareCost(size, direction, count)
  const plain = Array.from({ length: count }, () => frameOf(bytesOf(size), isSound(size), 0))
  if (direction === "encrypt" || maker === "pass") return (await run(maker, "encrypt", plain)).micros
  const { out } = await run(maker, "encrypt", plain)
  return (await run(maker, "decrypt", out)).micros
}

/** Sends frames through a fresh lane as fast as it takes them. */
async function run(maker: Maker, direction: Direction, frames: readonly BenchFrame[]): Promise<{ micros: number; out: BenchFrame[] }> {
  const out: BenchFrame[] = []
  const isAudio = frames[0]?.type === undefined
  // Warmed up, and the owner accepted, before the clock starts.
  const warm = Math.floor(frames.length / 10)
  let next = 0
  let startedAt = 0
  let elapsed = 0
  const lanes = await lanesOf(maker)
  await new Promise<void>((resolve) => {
    const readable = new ReadableStream<BenchFrame>({
      pull(controller) {
        if (next === warm) startedAt = performance.now()
        const frame = frames[next++]
        if (frame === undefined) controller.close()
        else controller.enqueue(frame)
      },
    })
    const writable = new WritableStream<BenchFrame>({
      write(frame) {
        out.push(frame)
      },
      close() {
        elapsed = performance.now() - startedAt
        resolve()
      },
    })
    lanes.lay({ readable, writable }, { direction, who: 0, kind: isAudio ? "microphone" : "camera" })
  })
  // Ours holds the first frame of a new owner back (D23).
  if (out.length < frames.length - 1) throw new Error(`${maker} let ${out.length} of ${frames.length} frames through`)
  return { micros: (elapsed * 1000) / (frames.length - warm), out }
}

/** Nothing but the call: fresh nonce, additional data of our length. */
async function rawCost(size: number, direction: Direction, count: number): Promise<number> {
  const key = await crypto.subtle.importKey("raw", new Uint8Array(16), "AES-GCM", false, ["encrypt", "decrypt"])
  const data = new Uint8Array(bytesOf(size))
  const parameters = (i: number): AesGcmParams => {
    const iv = new Uint8Array(12)
    new DataView(iv.buffer).setUint32(8, i)
    return { name: "AES-GCM", iv, additionalData: new Uint8Array(6), tagLength: 128 }
  }
  const sealed =
    direction === "decrypt"
      ? await Promise.all(Array.from({ length: count }, (_, i) => crypto.subtle.encrypt(parameters(i), key, data)))
      : []
  return timed(count, async (i) => {
    if (direction === "encrypt") await crypto.subtle.encrypt(parameters(i), key, data)
    else await crypto.subtle.decrypt(parameters(i), key, sealed[i] ?? new ArrayBuffer(0))
  })
}

/** Our sealer and opener without streams. */
async function bareCost(size: number, direction: Direction, count: number): Promise<number> {
  const key = await importBaseKey(new Uint8Array(16))
  const member = (own: number): KeyRing => {
    const ring = new KeyRing()
    ring.add({ epoch: 1, key, own, leaves: [0, 1], removed: [], switch: "now" } satisfies EpochKey, 0)
    return ring
  }
  const sealer = new FrameSealer(member(0), 0)
  const opener = new FrameOpener(member(1))
  const [kind, codec] = isSound(size) ? (["microphone", "opus"] as const) : (["camera", "vp8"] as const)
  const data = new Uint8Array(bytesOf(size))
  const seal = (): ReturnType<FrameSealer["seal"]> => sealer.seal({ track: 0, kind, codec, data, now: 0 })
  const sealed = direction === "decrypt" ? await Promise.all(Array.from({ length: count }, seal)) : []
  return timed(count, async (i) => {
    if (direction === "encrypt") {
      await seal()
      return
    }
    const frame = sealed[i]?.data
    const outcome = frame === undefined ? undefined : await opener.open({ codec, data: frame, now: 0 })
    if (outcome?.kind !== "opened") throw new Error("bug: our own frame was refused")
  })
}

async function timed(count: number, work: (i: number) => Promise<void>): Promise<number> {
  const warm = Math.floor(count / 10)
  for (let i = 0; i < warm; i++) await work(i)
  const startedAt = performance.now()
  for (let i = warm; i < count; i++) await work(i)
  return ((performance.now() - startedAt) * 1000) / (count - warm)
}

/** A lane takes frames in and gives them out, sealed or opened by one of the makers, each through its own real code. */

import { importBaseKey, usualCodecOf, type EpochKey, type MediaKind } from "@conclave/crypto/sframe"
import "livekit-client/e2ee-worker"
import { FramePath } from "../../apps/web/src/frame-worker/frame-path.ts"
import type { FramesToPage } from "../../apps/web/src/frame-worker/messages.ts"
import type { BenchFrame } from "./frames.ts"
import type { Direction, Maker } from "./questions.ts"

export interface Lane {
  readonly readable: ReadableStream<BenchFrame>
  readonly writable: WritableStream<BenchFrame>
}

const group = Array.from({ length: 202 }, (_, leaf) => leaf)
const baseKey = importBaseKey(new Uint8Array(16).fill(9))

async function epoch(own: number): Promise<EpochKey> {
  return { epoch: 1, key: await baseKey, own, leaves: group, removed: [], switch: "now" }
}

/** Puts a maker's code onto lanes. `who` numbers the senders; a receiver is told whose frames it gets. */
export interface LaneMaker {
  lay(lane: Lane, options: { readonly direction: Direction; readonly who: number; readonly kind: MediaKind }): void
}

/** Our frame worker without its shell; one sender's path per sender, one path for all that is received. */
async function ourLanes(): Promise<LaneMaker> {
  const senders = new Map<number, FramePath>()
  const now = (): number => performance.now()
  const ready = await Promise.all(group.slice(0, 101).map((leaf) => epoch(leaf)))
  const receiving: FramePath = new FramePath({ now, post: (message) => accept(receiving, message) })
  receiving.keysCame({ type: "epoch", ...(await epoch(201)) })
  let number = 0
  const senderOf = (who: number): FramePath => {
    const known = senders.get(who)
    if (known !== undefined) return known
    const path = new FramePath({ now, post: () => undefined })
    const key = ready[who]
    if (key === undefined) throw new Error("bug: no such sender")
    path.begin(0)
    path.keysCame({ type: "epoch", ...key })
    senders.set(who, path)
    return path
  }
  return {
    lay(lane, { direction, who, kind }) {
      number++
      if (direction === "decrypt") return void receiving.attach({ ...lane, options: { role: "receive", receiver: number } })
      const path = senderOf(who)
      path.carry(number, { kind, codec: usualCodecOf(kind) })
      void path.attach({ ...lane, options: { role: "send", track: number } })
    },
  }
}

function accept(path: FramePath, message: FramesToPage): void {
  if (message.type === "owner") path.accept(message.receiver, { leaf: message.leaf, kind: message.kind })
}

const self_ = globalThis as unknown as { onmessage: (event: { readonly data: unknown }) => void }

/** LiveKit's worker code, as published, spoken to in its own messages. */
async function livekitLanes(): Promise<LaneMaker> {
  const say = (kind: string, data: unknown): void => self_.onmessage({ data: { kind, data } })
  const key = await crypto.subtle.importKey("raw", new TextEncoder().encode("the same passphrase on both sides"), "PBKDF2", false, [
    "deriveBits",
    "deriveKey",
  ])
  const keyProviderOptions = {
    sharedKey: true,
    ratchetSalt: "LKFrameEncryptionKey",
    ratchetWindowSize: 0,
    failureTolerance: 10,
    keyringSize: 16,
    keySize: 128,
  }
  say("init", { keyProviderOptions, loglevel: 5 })
  say("enable", { enabled: true, participantIdentity: "bench" })
  say("setKey", { key, keyIndex: 0, updateCurrentKeyIndex: true })
  let number = 0
  return {
    lay(lane, { direction, kind }) {
      say(direction === "encrypt" ? "encode" : "decode", {
        participantIdentity: "bench",
        trackId: `track-${++number}`,
        readableStream: lane.readable,
        writableStream: lane.writable,
        codec: kind === "camera" ? "vp8" : undefined,
        hasPacketTrailer: false,
      })
    },
  }
}

const passingLanes: LaneMaker = {
  lay({ readable, writable }) {
    void readable.pipeThrough(new TransformStream({ transform: (frame, controller) => controller.enqueue(frame) })).pipeTo(writable)
  },
}

const made = new Map<Maker, Promise<LaneMaker>>()

export function lanesOf(maker: Maker): Promise<LaneMaker> {
  const known = made.get(maker)
  if (known !== undefined) return known
  const lanes = maker === "ours" ? ourLanes() : maker === "livekit" ? livekitLanes() : Promise.resolve(passingLanes)
  made.set(maker, lanes)
  return lanes
}

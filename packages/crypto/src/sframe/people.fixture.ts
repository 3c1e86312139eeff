/** Members of a call as the frames see them: leaves with rings under the same keys. */

import { FrameOpener, type Opened, type Refused } from "./opener.ts"
import { FrameSealer } from "./sealer.ts"
import { importBaseKey } from "./keys.ts"
import { KeyRing } from "./key-ring.ts"
import type { EpochKey } from "./epoch-key.ts"
import type { Codec } from "./clear-bytes.ts"
import type { MediaKind } from "./key-id.ts"

export const ada = 0
export const ben = 1
export const cleo = 2
export const dan = 3

/** The base key of an epoch: the same for all who are in it. */
export const baseKeyOf = (epoch: number, group = 0): Uint8Array<ArrayBuffer> => new Uint8Array(16).fill((epoch * 7 + group * 31 + 1) % 256)

interface EpochOptions {
  readonly leaves?: readonly number[]
  readonly removed?: readonly number[]
  readonly switch?: "now" | "soon"
  readonly group?: number
}

export async function epochKey(epoch: number, own: number, options: EpochOptions = {}): Promise<EpochKey> {
  const { leaves = [ada, ben, cleo, dan], removed = [], group = 0 } = options
  return { epoch, key: await importBaseKey(baseKeyOf(epoch, group)), own, leaves, removed, switch: options.switch ?? "now" }
}

export const codecFor = (kind: MediaKind): Codec => (kind === "camera" || kind === "screen" ? "vp8" : "opus")

/** One member's frame worker. */
export class Person {
  readonly ring = new KeyRing()
  readonly opener = new FrameOpener(this.ring)
  sealer: FrameSealer
  now = 0
  readonly leaf: number

  constructor(leaf: number, workerStart = 0) {
    this.leaf = leaf
    this.sealer = new FrameSealer(this.ring, workerStart)
  }

  async enter(epoch: number, options: EpochOptions = {}): Promise<void> {
    this.ring.add(await epochKey(epoch, this.leaf, options), this.now)
  }

  async seal(kind: MediaKind, data: Uint8Array<ArrayBuffer>, track = 0): Promise<Uint8Array<ArrayBuffer> | undefined> {
    return (await this.sealer.seal({ track, kind, codec: codecFor(kind), data, now: this.now }))?.data
  }

  /** Seals where a test needs a frame to go on with. */
  async sealed(kind: MediaKind, data: Uint8Array<ArrayBuffer> = sound(), track = 0): Promise<Uint8Array<ArrayBuffer>> {
    const sealed = await this.seal(kind, data, track)
    if (sealed === undefined) throw new Error("bug: the test expected a sealed frame")
    return sealed
  }

  open(kind: MediaKind, data: Uint8Array<ArrayBuffer>): Promise<Opened | Refused> {
    return this.opener.open({ codec: codecFor(kind), data, now: this.now })
  }
}

/** Ada and Ben in the same epoch. */
export async function pair(epoch = 5, options: EpochOptions = {}): Promise<[Person, Person]> {
  const people: [Person, Person] = [new Person(ada), new Person(ben)]
  for (const person of people) await person.enter(epoch, options)
  return people
}

/** An Opus-like frame. */
export const sound = (size = 60): Uint8Array<ArrayBuffer> => Uint8Array.from({ length: size }, (_, i) => (i * 13 + 0x78) & 255)

/** A VP8-like frame: P bit 0 on key frames. */
export function picture(size = 200, isKey = false): Uint8Array<ArrayBuffer> {
  const bytes = Uint8Array.from({ length: size }, (_, i) => (i * 29 + 7) & 255)
  bytes[0] = isKey ? 0x50 : 0x51
  return bytes
}

/** Why an outcome was refused; "opened" when it was not. */
export const outcomeOf = (outcome: Opened | Refused): string => (outcome.kind === "opened" ? "opened" : outcome.reason)

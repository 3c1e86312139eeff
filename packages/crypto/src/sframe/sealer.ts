/** The sending half: gives every frame its key id and a counter that is never used again, and seals it. */

import { boundBytesOf, clearSizeOf, isCodecOf, type Codec } from "./clear-bytes.ts"
import { packKeyId, startLimit, epochBitsOf, type MediaKind } from "./key-id.ts"
import { sealFrame } from "./cipher.ts"
import type { KeyRing } from "./key-ring.ts"
import type { LiveEpoch } from "./live-epoch.ts"

/** Counters a track may use; then it is silent. At 150 frames a second that is most of a year (A2.10). */
export const counterLimit = 2 ** 32
/** Tracks and frame worker starts are below this. */
export const startPartLimit = 2 ** 16

/** A frame from the encoder. */
export interface OutgoingFrame {
  /** Number of the track, the same for all simulcast layers of one sender. */
  readonly track: number
  readonly kind: MediaKind
  readonly codec: Codec
  readonly data: Uint8Array<ArrayBuffer>
  /** Milliseconds, on the clock of the key ring. */
  readonly now: number
}

/** A frame for the SFU, and the epoch it is sealed under. `data` has a buffer of its own. */
export interface Sealed {
  readonly data: Uint8Array<ArrayBuffer>
  readonly epoch: number
}

/**
 * Seals the frames of all tracks of one frame worker. `workerStart` counts the frame workers of a membership. A
 * track's counter goes only up, through all epochs and kinds, so no (key id, counter) repeats, whatever keys come.
 */
export class FrameSealer {
  readonly #ring: KeyRing
  readonly #workerStart: number
  readonly #nextCounter: Map<number, number>

  constructor(ring: KeyRing, workerStart: number, nextCounter: ReadonlyMap<number, number> = new Map()) {
    this.#ring = ring
    this.#workerStart = workerStart
    this.#nextCounter = new Map(nextCounter)
  }

  /**
   * Seals a frame; undefined means that it must be dropped: no key, no counter left, or not a frame of this codec.
   * The counter is taken before the first await, so whoever calls in order gets counters in order.
   */
  async seal(frame: OutgoingFrame): Promise<Sealed | undefined> {
    const clearSize = isCodecOf(frame.kind, frame.codec) ? clearSizeOf(frame.codec, frame.data) : undefined
    const epoch = this.#ring.sending(frame.now)
    if (clearSize === undefined || epoch === undefined) return undefined
    const counter = this.#takeCounter(frame.track)
    if (counter === undefined) return undefined
    const header = { keyId: this.#keyIdOf(frame, epoch), counter: BigInt(counter) }
    const secrets = await epoch.sendingSecretsOf(header.keyId)
    const data = await sealFrame(secrets, { header, data: frame.data, clearSize, bound: boundBytesOf(frame.codec) })
    return epoch.isLive ? { data, epoch: epoch.epoch } : undefined
  }

  #takeCounter(track: number): number | undefined {
    const counter = this.#nextCounter.get(track) ?? 0
    if (counter >= counterLimit) return undefined
    this.#nextCounter.set(track, counter + 1)
    return counter
  }

  #keyIdOf({ track, kind }: OutgoingFrame, epoch: LiveEpoch): bigint {
    const start = startOf(this.#workerStart, track)
    return packKeyId({ epochBits: epochBitsOf(epoch.epoch), leaf: epoch.own, kind, start })
  }
}

/** The start number of a track: the first worker's tracks come first, so that their key ids are short. */
export function startOf(workerStart: number, track: number): number {
  const start = workerStart * startPartLimit + track
  if (!(track >= 0 && track < startPartLimit && start >= 0 && start < startLimit)) throw new Error("bug: start out of range")
  return start
}

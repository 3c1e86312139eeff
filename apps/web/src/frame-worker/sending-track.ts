/** One sender's transform: every frame is sealed or dropped. There is no third way. */

import type { Codec, FrameSealer, MediaKind } from "@conclave/crypto/sframe"
import { claimedCodecOf, type EncodedFrame } from "./encoded-frames.ts"

/** What a track carries, and in which codec alone. */
export interface Carried {
  readonly kind: MediaKind
  readonly codec: Codec
}

/** What a sending track needs around it. */
export interface SendingTrackParts {
  readonly track: number
  readonly sealer: () => FrameSealer | undefined
  readonly now: () => number
  /** Asks the encoder for a key frame. */
  readonly forceKeyFrame: () => void
}

/** Seals the frames of one sender, all its simulcast layers among them. */
export class SendingTrack {
  readonly #parts: SendingTrackParts
  #carried: Carried | undefined
  /** Epoch of the last frame sealed; undefined when the next must begin with a key frame anyway. */
  #epoch: number | undefined
  #hasDropped = false

  constructor(parts: SendingTrackParts) {
    this.#parts = parts
  }

  /** What the track carries from now on. */
  carry(carried: Carried): void {
    this.#carried = carried
  }

  /** Seals a frame in place. An empty one stays as it is; a dropped one must go no further. */
  async pass(frame: EncodedFrame): Promise<"sealed" | "empty" | "dropped"> {
    // Opus says "silence goes on" with empty frames: nothing to seal, nothing to read.
    if (frame.data.byteLength === 0) return "empty"
    const { track, sealer, now } = this.#parts
    const carried = this.#carried
    // D22.10: the SFU's answer chooses what the encoder makes. What was not chosen here goes nowhere.
    const isChosen = carried !== undefined && claimedCodecOf(frame) === carried.codec
    const sealed = isChosen ? await sealer()?.seal({ track, ...carried, data: new Uint8Array(frame.data), now: now() }) : undefined
    if (sealed === undefined) {
      this.#hasDropped = true
      return "dropped"
    }
    frame.data = sealed.data.buffer
    if (carried?.codec !== "opus") this.#keyFrameAfterSwitch(sealed.epoch)
    return "sealed"
  }

  /** D24.4: whoever came by this epoch, or missed what was dropped, needs a key frame under it (RFC 9605 section 6.2). */
  #keyFrameAfterSwitch(epoch: number): void {
    const isFirst = this.#epoch === undefined && !this.#hasDropped
    if (this.#epoch !== epoch && !isFirst) this.#parts.forceKeyFrame()
    this.#epoch = epoch
  }
}

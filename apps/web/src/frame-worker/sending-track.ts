/** One sender's transform: every frame is sealed or dropped. There is no third way. */

import type { FrameSealer, MediaKind } from "@conclave/crypto/sframe"
import { claimedCodecOf, type EncodedFrame } from "./encoded-frames.ts"

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
  #kind: MediaKind | undefined
  /** Epoch of the last frame sealed; undefined when the next must begin with a key frame anyway. */
  #epoch: number | undefined
  #hasDropped = false

  constructor(parts: SendingTrackParts) {
    this.#parts = parts
  }

  /** What the track carries from now on. */
  carry(kind: MediaKind): void {
    this.#kind = kind
  }

  /** Seals a frame in place. An empty one stays as it is; a dropped one must go no further. */
  async pass(frame: EncodedFrame): Promise<"sealed" | "empty" | "dropped"> {
    // Opus says "silence goes on" with empty frames: nothing to seal, nothing to read.
    if (frame.data.byteLength === 0) return "empty"
    const { track, sealer, now } = this.#parts
    const codec = claimedCodecOf(frame)
    const kind = this.#kind
    const sealed =
      codec === undefined || kind === undefined
        ? undefined
        : await sealer()?.seal({ track, kind, codec, data: new Uint8Array(frame.data), now: now() })
    if (sealed === undefined) {
      this.#hasDropped = true
      return "dropped"
    }
    frame.data = sealed.data.buffer
    if (codec !== "opus") this.#keyFrameAfterSwitch(sealed.epoch)
    return "sealed"
  }

  /** D24.4: whoever came by this epoch, or missed what was dropped, needs a key frame under it (RFC 9605 section 6.2). */
  #keyFrameAfterSwitch(epoch: number): void {
    const isFirst = this.#epoch === undefined && !this.#hasDropped
    if (this.#epoch !== epoch && !isFirst) this.#parts.forceKeyFrame()
    this.#epoch = epoch
  }
}

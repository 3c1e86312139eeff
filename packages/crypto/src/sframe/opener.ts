/** The receiving half: opens a frame with the one key its key id names, once, or says why not. */

import { boundBytesOf, clearSizeOf, isCodecOf, isKeyFrame, type Codec } from "./clear-bytes.ts"
import { decodeHeader } from "./header.ts"
import { openFrame, type SealedFrame } from "./cipher.ts"
import { tagSize } from "./suites.ts"
import { unpackKeyId, type KeyIdParts, type MediaKind } from "./key-id.ts"
import type { StreamName } from "./stream-table.ts"
import { counterLimit } from "./sealer.ts"
import type { KeyRing } from "./key-ring.ts"

/** Bytes of the longest frame taken. */
export const frameLimit = 4 * 1024 * 1024

/** A frame from the SFU. The codec is what the SFU says; a lie makes the frame malformed or unauthentic. */
export interface IncomingFrame {
  readonly codec: Codec
  readonly data: Uint8Array<ArrayBuffer>
  /** Milliseconds, on the clock of the key ring. */
  readonly now: number
}

/**
 * - malformed: not one of our frames: no room for header and tag, a header no member would write, the wrong codec for
 *   the kind. The SFU's own blank frames are such.
 * - unknownKey: no such epoch here (now), or no member of it, or our own echo.
 * - authentication: the tag is wrong.
 * - replay: seen before, or too old to tell. Networks do this too.
 */
export type RefusalReason = "malformed" | "unknownKey" | "authentication" | "replay"

/** An authentic frame, and who sent it: the only thing to go by (D23). `data` has a buffer of its own. */
export interface Opened {
  readonly kind: "opened"
  readonly leaf: number
  readonly media: MediaKind
  readonly epoch: number
  readonly isKeyFrame: boolean
  readonly data: Uint8Array<ArrayBuffer>
}

/** Why not. `leaf` is what the frame claims; undefined for a malformed one, which claims nothing. */
export interface Refused {
  readonly kind: "refused"
  readonly reason: RefusalReason
  readonly leaf: number | undefined
}

/** Opens frames of all receivers. A refused frame changes nothing, however many there are (A2.13). */
export class FrameOpener {
  readonly #ring: KeyRing

  constructor(ring: KeyRing) {
    this.#ring = ring
  }

  async open(frame: IncomingFrame): Promise<Opened | Refused> {
    const claim = readClaim(frame)
    if (claim === undefined) return refused("malformed")
    const { leaf, kind, epochBits } = claim.stream.parts
    const epoch = this.#ring.receiving(epochBits, frame.now)
    if (epoch?.hears(leaf) !== true) return refused("unknownKey", leaf)
    const counter = Number(claim.sealed.counter)
    if (!epoch.streams.isFresh(claim.stream, counter)) return refused("replay", leaf)
    const data = await openFrame(await epoch.streams.secretsOf(claim.stream.keyId), claim.sealed)
    if (data === undefined) return refused("authentication", leaf)
    // The member may have been removed, or the keys wiped, while the frame was being opened.
    if (!epoch.hears(leaf)) return refused("unknownKey", leaf)
    if (!epoch.streams.mark(claim.stream, counter)) return refused("replay", leaf)
    return { kind: "opened", leaf, media: kind, epoch: epoch.epoch, isKeyFrame: isKeyFrame(frame.codec, data), data }
  }
}

interface Claim {
  readonly stream: StreamName
  readonly sealed: SealedFrame
}

/** What a frame says of itself, unproven. */
function readClaim({ codec, data }: IncomingFrame): Claim | undefined {
  const clearSize = data.length > frameLimit ? undefined : clearSizeOf(codec, data)
  if (clearSize === undefined) return undefined
  const header = decodeHeader(data.subarray(clearSize))
  if (header === undefined || data.length < clearSize + header.length + tagSize) return undefined
  const parts: KeyIdParts | undefined = unpackKeyId(header.keyId)
  if (parts === undefined || !isCodecOf(parts.kind, codec) || header.counter >= BigInt(counterLimit)) return undefined
  return {
    stream: { keyId: header.keyId, parts },
    sealed: { counter: header.counter, data, clearSize, headerSize: header.length, bound: boundBytesOf(codec) },
  }
}

const refused = (reason: RefusalReason, leaf?: number): Refused => ({ kind: "refused", reason, leaf })

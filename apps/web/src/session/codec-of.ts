/**
 * Which codec pictures are sent in (D22.8). Pure. Measured (bench/results/codec.md): of a screen, VP9 in one layer takes a tenth to a
 * fifth fewer bytes, looks the same, and costs a tenth more processor time. A camera needs layers, which VP9 has only as spatial ones
 * of one stream; those stall under loss behind any transform, so a camera is VP8.
 */

import type { Opening } from "@conclave/collab"
import type { Codec, MediaKind, VideoCodec } from "../frame-worker/messages.ts"

export interface Choice {
  readonly kind: MediaKind
  /** This browser encodes VP9. */
  readonly canSend: boolean
  /** What the others said, each in its own heartbeat: never what the server or the SFU says. */
  readonly others: Opening
  /** The way to the SFU was found too narrow for VP9 (D22.11). */
  readonly isNarrow: boolean
  /** What this kind is being sent in; undefined when it is not being sent. */
  readonly sent: Codec | undefined
}

/**
 * VP8, but for a screen that everybody opens in VP9. D22.9: who comes and cannot turns it to VP8 at once; nothing turns it back while
 * it is being shown, and who has said nothing yet (a newcomer before its first heartbeat) turns nothing.
 */
export function codecOf({ kind, canSend, others, isNarrow, sent }: Choice): Codec {
  if (kind === "microphone" || kind === "screen-audio") return "opus"
  const usual: VideoCodec = "vp8"
  if (kind === "camera" || !canSend || isNarrow || others === "not-everyone" || sent === "vp8") return usual
  return sent === "vp9" || others === "everyone" ? "vp9" : usual
}

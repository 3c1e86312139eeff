/** Which bytes of an encoded frame the SFU must be able to read: none of Opus, the start of VP8. */

import type { MediaKind } from "./key-id.ts"

/** The codecs we send and take. Each has a rule below; a codec without one is refused. */
export type Codec = "opus" | "vp8"

/** The codec of a MIME type as encoded frames name it; undefined for all others, RED among them. */
export function codecOf(mimeType: string | undefined): Codec | undefined {
  const name = mimeType?.toLowerCase()
  if (name === "audio/opus") return "opus"
  return name === "video/vp8" ? "vp8" : undefined
}

/** Whether a kind of media comes in this codec. */
export const isCodecOf = (kind: MediaKind, codec: Codec): boolean => (kind === "camera" || kind === "screen") === (codec === "vp8")

/**
 * Bytes at the start that stay clear. VP8: frame tag, start code and size of a key frame (10 bytes), one byte of any
 * other, which is what an SFU needs to know a key frame. The frame's own P bit decides (0 is
 * key), never its metadata, which the SFU can change. Undefined for an empty frame and a key frame cut short.
 */
export function clearSizeOf(codec: Codec, data: Uint8Array): number | undefined {
  const first = data[0]
  if (first === undefined) return undefined
  if (codec === "opus") return 0
  const size = (first & 1) === 0 ? 10 : 1
  return data.length < size ? undefined : size
}

/** Whether a VP8 frame, sealed or not, is a key frame. */
export const isKeyFrame = (codec: Codec, data: Uint8Array): boolean => codec === "vp8" && data[0] !== undefined && (data[0] & 1) === 0

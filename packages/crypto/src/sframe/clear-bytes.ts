/** Which bytes of an encoded frame the SFU must be able to read: none of Opus, the start of VP8 and VP9. */

import type { MediaKind } from "./key-id.ts"

/** The codecs we send and take. Each has a rule below; a codec without one is refused. */
export type Codec = "opus" | "vp8" | "vp9"

/** The codec of a MIME type as encoded frames name it; undefined for all others, RED among them. */
export function codecOf(mimeType: string | undefined): Codec | undefined {
  const name = mimeType?.toLowerCase()
  if (name === "audio/opus") return "opus"
  if (name === "video/vp8") return "vp8"
  return name === "video/vp9" ? "vp9" : undefined
}

/** What pictures come in. */
export type VideoCodec = Exclude<Codec, "opus">

/** What a kind of media comes in where nothing else was chosen. */
export const usualCodecOf = (kind: MediaKind): Codec => (kind === "camera" || kind === "screen" ? "vp8" : "opus")

/** Whether a kind of media comes in this codec. */
export const isCodecOf = (kind: MediaKind, codec: Codec): boolean => (kind === "camera" || kind === "screen") === isVideo(codec)

export const isVideo = (codec: Codec): boolean => codec !== "opus"

const vp9Name = new TextEncoder().encode("VP9")
const nothing = new Uint8Array()

/**
 * D22.7: what is authenticated beside header and clear bytes, so that the SFU cannot hand a frame of one video codec to the decoder of
 * the other. Nothing for VP8 and Opus, which no clear bytes and no kind can confuse.
 */
export const boundBytesOf = (codec: Codec): Uint8Array => (codec === "vp9" ? vp9Name : nothing)

/**
 * Bytes at the start that stay clear. VP8: frame tag, start code and size of a key frame (10 bytes), one byte of any
 * other, which is what an SFU needs to know a key frame. The frame's own P bit decides (0 is
 * key), never its metadata, which the SFU can change. VP9: the first byte, which says the same (its layers are in the packets' own
 * descriptor). Undefined for an empty frame and a key frame cut short.
 */
export function clearSizeOf(codec: Codec, data: Uint8Array): number | undefined {
  const first = data[0]
  if (first === undefined) return undefined
  if (codec === "opus") return 0
  if (codec === "vp9") return 1
  const size = (first & 1) === 0 ? 10 : 1
  return data.length < size ? undefined : size
}

/** Whether a video frame, sealed or not, is a key frame. */
export function isKeyFrame(codec: Codec, data: Uint8Array): boolean {
  const first = data[0]
  if (first === undefined || codec === "opus") return false
  return codec === "vp8" ? (first & 1) === 0 : isVp9Key(first)
}

/** VP9 bitstream specification 6.2: marker 10, profile (two bits, a reserved one after profile 3), show_existing_frame, frame_type (0 is key). */
function isVp9Key(first: number): boolean {
  if (first >> 6 !== 2) return false
  const rest = (first & 0x30) === 0x30 ? first << 1 : first
  return (rest & 0x0c) === 0
}

/** Frames as browsers hand them to transforms, without a browser's media behind them. */

/** Enough of an RTCEncodedFrame for both workers. */
export interface BenchFrame {
  data: ArrayBuffer
  timestamp: number
  /** Only on video; LiveKit's code tells video by it. */
  type?: "delta"
  fedAt: number
  getMetadata(): { mimeType: string; synchronizationSource: number; payloadType: number }
}

const audio = { mimeType: "audio/opus", synchronizationSource: 1, payloadType: 111 }
const video = { mimeType: "video/VP8", synchronizationSource: 2, payloadType: 96 }

/** Sizes up to 100 bytes are sound, the rest is video. */
export const isSound = (size: number): boolean => size <= 100

export function frameOf(data: ArrayBuffer, isAudio: boolean, timestamp: number): BenchFrame {
  const common = { data, timestamp, fedAt: 0 }
  return isAudio ? { ...common, getMetadata: () => audio } : { ...common, type: "delta", getMetadata: () => video }
}

/** Bytes that look like a VP8 delta frame and like any Opus frame. */
export function bytesOf(size: number): ArrayBuffer {
  const bytes = new Uint8Array(size)
  for (let i = 0; i < size; i += 65_536) crypto.getRandomValues(bytes.subarray(i, Math.min(size, i + 65_536)))
  bytes[0] = 0x11
  return bytes.buffer
}

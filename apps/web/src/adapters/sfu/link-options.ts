/** How the SDK is set up: the codecs that D22.8 chooses and no other, nothing that could carry media round the frame worker (D25, D26). */

import {
  supportsVP9,
  Track,
  VideoQuality,
  type ReconnectPolicy,
  type RoomConnectOptions,
  type RoomOptions,
  type TrackPublishOptions,
} from "livekit-client"
import type { Codec, MediaKind } from "../../frame-worker/messages.ts"
import type { Size } from "../../session/wants.ts"
import { sealedManager } from "./e2ee-manager.ts"

/** LiveKit's names for what a track is. */
export const sources: Record<MediaKind, Track.Source> = {
  microphone: Track.Source.Microphone,
  camera: Track.Source.Camera,
  screen: Track.Source.ScreenShare,
  "screen-audio": Track.Source.ScreenShareAudio,
}

export const linkOptions: RoomOptions = {
  encryption: { e2eeManager: sealedManager() },
  adaptiveStream: false,
  dynacast: true,
  stopLocalTrackOnUnpublish: false,
  disconnectOnPageLeave: true,
  // RED would be split and remade by the SFU; a backup codec would be a second sender the transforms do not expect.
  publishDefaults: { videoCodec: "vp8", backupCodec: false, red: false, dtx: true, simulcast: true, stopMicTrackOnMute: false },
}

/** Whether this browser sends VP9 that others can show: what the SDK knows of browsers, Firefox not (its streams come without layers). */
export const sendsVp9 = supportsVP9

/** No server that the SFU names is asked (A7.04); our own relay comes with the sealed connection. Nothing is fetched that was not asked for (D23.10). */
export const connectOptions: RoomConnectOptions = {
  autoSubscribe: false,
  rtcConfig: { iceServers: [] },
  // A try that hangs keeps the next one waiting, and the next one is ours.
  maxRetries: 0,
  websocketTimeout: 5_000,
  peerConnectionTimeout: 8_000,
}

/**
 * D26.34: while pictures and sound still come, the SDK may get its signalling back by itself, in its own time. Where nothing comes
 * it tries once: a new link is made quicker than the SDK gives up.
 */
export function reconnectPolicyOf(isMediaUp: () => boolean): ReconnectPolicy {
  const waits = [0, 300, 1_000, 2_000]
  return {
    nextRetryDelayInMs: ({ retryCount }) => {
      if (retryCount === 0) return 0
      return isMediaUp() ? (waits[retryCount] ?? 4_000) : null
    },
  }
}

/**
 * Bit rates are those of LiveKit's 720p preset; a screen is sent sharp and slow. Pictures come after sound on a narrow way
 * (D26.10): the SDK marks sound `high`, and a camera gives up size and pace before a screen gives up sharpness.
 */
export function publishOptionsOf(kind: MediaKind, codec: Codec): TrackPublishOptions {
  const source = sources[kind]
  // Never left to the SDK or the SFU: the transform drops what comes in another (D22.10).
  const chosen = codec === "opus" ? { source } : { source, videoCodec: codec }
  if (kind === "screen") {
    const screenShareEncoding = { maxBitrate: 2_500_000, maxFramerate: 15, priority: "low" } as const
    return { ...chosen, simulcast: false, screenShareEncoding, degradationPreference: "maintain-resolution" }
  }
  if (kind === "camera") {
    const videoEncoding = { maxBitrate: 1_700_000, maxFramerate: 30, priority: "low" } as const
    return { ...chosen, videoEncoding, degradationPreference: "balanced" }
  }
  return chosen
}

/** The layer that is asked for. Screens have one. */
export const qualities: Record<Size, VideoQuality> = { small: VideoQuality.LOW, middle: VideoQuality.MEDIUM, large: VideoQuality.HIGH }

/** How the SDK is set up: VP8 and Opus only, nothing that could carry media round the frame worker (D25, D26). */

import { Track, VideoQuality, type RoomConnectOptions, type RoomOptions, type TrackPublishOptions } from "livekit-client"
import type { MediaKind } from "../../frame-worker/messages.ts"
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

/** No STUN or TURN server but ours is asked (A7.04). */
export const connectOptions: RoomConnectOptions = { autoSubscribe: true, rtcConfig: { iceServers: [] } }

/** Bit rates are those of LiveKit's 720p preset; a screen is sent sharp and slow. */
export function publishOptionsOf(kind: MediaKind): TrackPublishOptions {
  const source = sources[kind]
  if (kind === "screen") return { source, simulcast: false, screenShareEncoding: { maxBitrate: 2_500_000, maxFramerate: 15 } }
  if (kind === "camera") return { source, videoEncoding: { maxBitrate: 1_700_000, maxFramerate: 30 } }
  return { source }
}

/** The layer that fits a tile on a usual screen when so many others are shown. */
export function qualityFor(others: number): VideoQuality {
  if (others <= 1) return VideoQuality.HIGH
  return others <= 8 ? VideoQuality.MEDIUM : VideoQuality.LOW
}

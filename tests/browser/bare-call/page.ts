/**
 * A call with nothing around it: livekit-client and a video element per track. It plays three parts: the plain
 * and the LiveKit-encrypted side of `bench:call`, and the outsider who holds a valid grant but no key.
 */

import { ExternalE2EEKeyProvider, Room, RoomEvent, VideoPresets, type RoomOptions } from "livekit-client"
import E2eeWorker from "livekit-client/e2ee-worker?worker"

export type Encryption = "none" | "livekit" | "ours"

/** What the test asks of the page. */
export interface BareCall {
  readonly url: string
  readonly token: string
  readonly isPublishing: boolean
  readonly encryption: Encryption
  /** This side's place in a made-up group; used by `ours` alone. */
  readonly leaf?: number
}

/** The same publishing as the product's (apps/web/src/adapters/sfu/media-link.ts), or the comparison means nothing. */
const base: RoomOptions = {
  adaptiveStream: false,
  dynacast: true,
  publishDefaults: { videoCodec: "vp8", backupCodec: false, red: false, dtx: true, simulcast: true, videoEncoding: VideoPresets.h720.encoding },
}

async function options(encryption: Encryption): Promise<RoomOptions> {
  if (encryption === "none") return base
  const keyProvider = new ExternalE2EEKeyProvider()
  await keyProvider.setKey("the same passphrase on both sides")
  return { ...base, encryption: { keyProvider, worker: new E2eeWorker() } }
}

async function join(call: BareCall): Promise<void> {
  const room = new Room(await options(call.encryption))
  room.on(RoomEvent.TrackSubscribed, (track) => document.body.append(track.attach()))
  if (call.encryption === "livekit") await room.setE2EEEnabled(true)
  await room.connect(call.url, call.token, { rtcConfig: { iceServers: [] } })
  if (!call.isPublishing) return
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true, video: { width: 1280, height: 720 } })
  for (const track of stream.getTracks()) await room.localParticipant.publishTrack(track)
}

Object.defineProperty(globalThis, "joinBareCall", { value: join })

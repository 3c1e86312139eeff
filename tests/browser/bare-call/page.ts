/**
 * A call with nothing around it: livekit-client and an element per track. It plays four parts: the plain call, LiveKit's
 * own encryption and our frame worker for `bench:call`, and the outsider who holds a valid grant but no key.
 */

import { ExternalE2EEKeyProvider, Room, RoomEvent, VideoPresets, Track, type RoomOptions } from "livekit-client"
import E2eeWorker from "livekit-client/e2ee-worker?worker"
import { Frames } from "../../../apps/web/src/adapters/frames.ts"
import { sealedManager } from "../../../apps/web/src/adapters/sfu/e2ee-manager.ts"
import { sealedPeerConnection } from "../../../apps/web/src/adapters/sfu/sealed-peer-connection.ts"
import type { Counts, KeysToFrames } from "../../../apps/web/src/frame-worker/messages.ts"

export type Encryption = "none" | "livekit" | "ours"

/** What the test asks of the page. */
export interface BareCall {
  readonly url: string
  readonly token: string
  readonly isPublishing: boolean
  readonly encryption: Encryption
  /** This side's place in a made-up group of two; used by `ours` alone. */
  readonly leaf?: number
  /** The group's key, 16 numbers; used by `ours` alone. */
  readonly key?: readonly number[]
}

/** The same publishing as the product's (apps/web/src/adapters/sfu/media-link.ts), or the comparison means nothing. */
const base: RoomOptions = {
  adaptiveStream: false,
  dynacast: true,
  publishDefaults: {
    videoCodec: "vp8",
    backupCodec: false,
    red: false,
    dtx: true,
    simulcast: true,
    videoEncoding: VideoPresets.h720.encoding,
  },
}

let counts: Counts | undefined

async function roomFor(call: BareCall): Promise<Room> {
  if (call.encryption === "none") return new Room(base)
  if (call.encryption === "ours") return sealedRoom(call)
  const keyProvider = new ExternalE2EEKeyProvider()
  await keyProvider.setKey("the same passphrase on both sides")
  return new Room({ ...base, encryption: { keyProvider, worker: new E2eeWorker() } })
}

/** The product's own worker and connection, with a key that the test made up instead of a group. */
async function sealedRoom({ leaf = 0, key = [] }: BareCall): Promise<Room> {
  const { port1, port2 } = new MessageChannel()
  const frames: Frames = new Frames(port2, {
    ownerClaimed: (receiver, owner) => {
      frames.acceptOwner(receiver, owner)
    },
    countsChanged: (now) => {
      counts = now
    },
    died: () => {
      throw new Error("the frame worker died")
    },
  })
  globalThis.RTCPeerConnection = sealedPeerConnection(RTCPeerConnection, frames.attach)
  const base16 = await crypto.subtle.importKey("raw", Uint8Array.from(key), "HKDF", false, ["deriveBits"])
  port1.postMessage({ type: "epoch", epoch: 1, key: base16, own: leaf, leaves: [0, 1], removed: [], switch: "now" } satisfies KeysToFrames)
  const room = new Room({ ...base, encryption: { e2eeManager: sealedManager() } })
  room.localParticipant.on("localSenderCreated", (sender: RTCRtpSender, track: Track) => {
    frames.nameSender(sender, track.kind === Track.Kind.Audio ? "microphone" : "camera")
  })
  return room
}

async function join(call: BareCall): Promise<void> {
  const room = await roomFor(call)
  room.on(RoomEvent.TrackSubscribed, (track) => document.body.append(track.attach()))
  if (call.encryption !== "none") await room.setE2EEEnabled(true)
  await room.connect(call.url, call.token, { rtcConfig: { iceServers: [] } })
  if (!call.isPublishing) return
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true, video: { width: 1280, height: 720 } })
  for (const track of stream.getTracks()) await room.localParticipant.publishTrack(track)
}

Object.defineProperty(globalThis, "joinBareCall", { value: join })
Object.defineProperty(globalThis, "frameCounts", { value: () => counts })

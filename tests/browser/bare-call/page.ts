/**
 * A call with nothing around it: livekit-client and an element per track. It plays five parts: the plain call, LiveKit's
 * own encryption and our frame worker for `bench:call`, the outsider who holds a valid grant but no key, and the member that
 * sends its decoders' worst.
 */

import { usualCodecOf } from "@conclave/crypto/sframe"
import { ExternalE2EEKeyProvider, Room, RoomEvent, VideoPresets, Track, type RoomOptions } from "livekit-client"
import E2eeWorker from "livekit-client/e2ee-worker?worker"
import { Frames } from "../../../apps/web/src/adapters/frames.ts"
import { attacher } from "../../../apps/web/src/adapters/sfu/attach.ts"
import { sealedManager } from "../../../apps/web/src/adapters/sfu/e2ee-manager.ts"
import { sealedPeerConnection } from "../../../apps/web/src/adapters/sfu/sealed-peer-connection.ts"
import { contentTrack, likeness, type Content } from "./document.ts"
import type { Counts, KeysToFrames } from "../../../apps/web/src/frame-worker/messages.ts"
import type { ToBending } from "./bending-worker.ts"

/** `bent`: ours, by a member that bends its frames before it seals them. */
export type Encryption = "none" | "livekit" | "ours" | "bent"

/** What the test asks of the page. */
export interface BareCall {
  readonly url: string
  readonly token: string
  readonly isPublishing: boolean
  readonly encryption: Encryption
  /** This side's place in a made-up group of nine; used by `ours` alone. */
  readonly leaf?: number
  /** The group's key, 16 numbers; used by `ours` alone. */
  readonly key?: readonly number[]
  /** Publishes this alone, instead of camera and microphone: for `bench:codec`. */
  readonly picture?: CodecLane
}

/** What is sent, in which codec. */
export interface CodecLane {
  readonly what: "camera" | Content
  readonly codec: "vp8" | "vp9"
  /** The track's `contentHint` once it is published; a screen's. */
  readonly hint?: string
  /** Set once it is published; a screen's. Else as the SDK publishes it. */
  readonly scalability?: string
  /** A screen's. */
  readonly maxKbps?: number
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

/** Of the made-up group. */
const leaves = Array.from({ length: 9 }, (_, leaf) => leaf)

let counts: Counts | undefined
/** What the other side shows. */
let shown: Content | undefined

async function roomFor(call: BareCall): Promise<Room> {
  if (call.encryption === "none") return new Room(base)
  if (call.encryption === "ours") return sealedRoom(call)
  if (call.encryption === "bent") return bendingRoom(call)
  const keyProvider = new ExternalE2EEKeyProvider()
  await keyProvider.setKey("the same passphrase on both sides")
  return new Room({ ...base, encryption: { keyProvider, worker: new E2eeWorker() } })
}

/** The product's own worker and connection, with a key that the test made up instead of a group. */
async function sealedRoom({ leaf = 0, key = [], picture }: BareCall): Promise<Room> {
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
  port1.postMessage({ type: "epoch", epoch: 1, key: base16, own: leaf, leaves, removed: [], switch: "now" } satisfies KeysToFrames)
  const room = new Room({ ...base, encryption: { e2eeManager: sealedManager() } })
  room.localParticipant.on("localSenderCreated", (sender: RTCRtpSender, track: Track) => {
    frames.nameSender(sender, track.kind === Track.Kind.Audio ? "microphone" : "camera", picture?.codec)
  })
  return room
}

/** The product's connection, and a worker that bends before it seals. */
async function bendingRoom({ leaf = 0, key = [], picture }: BareCall): Promise<Room> {
  const worker = new Worker(new URL("./bending-worker.ts", import.meta.url), { type: "module" })
  const tell = (message: ToBending): void => {
    worker.postMessage(message)
  }
  const numbers = new Map<RTCRtpSender, number>()
  const attach = attacher(worker, { senderAttached: (track, sender) => void numbers.set(sender, track), receiverAttached: () => undefined })
  globalThis.RTCPeerConnection = sealedPeerConnection(RTCPeerConnection, attach)
  const base16 = await crypto.subtle.importKey("raw", Uint8Array.from(key), "HKDF", false, ["deriveBits"])
  tell({ type: "epoch", epoch: 1, key: base16, own: leaf, leaves: [0, 1], removed: [], switch: "now" })
  Object.defineProperty(globalThis, "bend", {
    value: (isBending: boolean) => {
      tell({ type: "bend", isBending })
    },
  })
  const room = new Room({ ...base, encryption: { e2eeManager: sealedManager() } })
  room.localParticipant.on("localSenderCreated", (sender: RTCRtpSender, track: Track) => {
    const number = numbers.get(sender)
    const kind = track.kind === Track.Kind.Audio ? "microphone" : "camera"
    if (number !== undefined) tell({ type: "kind", track: number, kind, codec: picture?.codec ?? usualCodecOf(kind) })
  })
  return room
}

/** Everything that data channels can carry, in clear: what an SFU could send in anybody's name (A2.19). */
async function sayInClear(room: Room, text: string): Promise<number> {
  const { localParticipant, remoteParticipants } = room
  const bytes = new TextEncoder().encode(text)
  let said = 0
  for (const topic of ["chat", "lk-chat-topic", "lk.chat", "transcription", ""]) {
    for (const reliable of [true, false]) {
      await localParticipant.publishData(bytes, { reliable, topic })
      said++
    }
    await localParticipant.sendText(text, { topic })
    said++
  }
  await localParticipant.sendChatMessage(text)
  for (const { identity } of remoteParticipants.values()) {
    await localParticipant
      .performRpc({ destinationIdentity: identity, method: text, payload: text, responseTimeout: 1_000 })
      .catch(() => undefined)
    said++
  }
  return said + 1
}

async function join(call: BareCall): Promise<void> {
  if (call.picture !== undefined && call.picture.what !== "camera") shown = call.picture.what
  const room = await roomFor(call)
  Object.defineProperty(globalThis, "sayInClear", { value: (text: string) => sayInClear(room, text) })
  room.on(RoomEvent.TrackSubscribed, (track) => document.body.append(track.attach()))
  if (call.encryption !== "none") await room.setE2EEEnabled(true)
  await room.connect(call.url, call.token, { rtcConfig: { iceServers: [] } })
  if (!call.isPublishing) return
  if (call.picture !== undefined) return publishPicture(room, call.picture)
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true, video: { width: 1280, height: 720 } })
  for (const track of stream.getTracks()) await room.localParticipant.publishTrack(track)
}

/** Published as the product does (apps/web/src/adapters/sfu/link-options.ts). */
async function publishPicture(room: Room, { what, codec, hint = "detail", scalability, maxKbps = 2_500 }: CodecLane): Promise<void> {
  if (what !== "camera") {
    const track = contentTrack(what, 15)
    const screenShareEncoding = { maxBitrate: maxKbps * 1000, maxFramerate: 15, priority: "low" } as const
    const source = Track.Source.ScreenShare
    const degradationPreference = "maintain-resolution"
    const published = await room.localParticipant.publishTrack(track, {
      source,
      videoCodec: codec,
      simulcast: false,
      screenShareEncoding,
      degradationPreference,
    })
    track.contentHint = hint
    const sender = published.videoTrack?.sender
    if (scalability === undefined || sender === undefined) return
    const parameters = sender.getParameters()
    for (const encoding of parameters.encodings) Object.assign(encoding, { scalabilityMode: scalability })
    await sender.setParameters(parameters)
    return
  }
  const stream = await navigator.mediaDevices.getUserMedia({ video: { width: 1280, height: 720 } })
  for (const track of stream.getTracks()) await room.localParticipant.publishTrack(track, { videoCodec: codec })
}

Object.defineProperty(globalThis, "likeness", {
  value: () => {
    const video = document.querySelector("video")
    return video === null || shown === undefined ? undefined : likeness(video, shown)
  },
})
Object.defineProperty(globalThis, "joinBareCall", { value: join })
Object.defineProperty(globalThis, "frameCounts", { value: () => counts })

/** Our way to the SFU: publishes sealed tracks, hands over received ones. Decides nothing about who is who (D23). */

import {
  ConnectionState,
  LogLevel,
  Room,
  RoomEvent,
  setLogLevel,
  type LocalTrackPublication,
  type RemoteTrackPublication,
  type Track,
} from "livekit-client"
import type { Codec, MediaKind } from "../../frame-worker/messages.ts"
import type { MemberId } from "@conclave/wire"
import { wantsAll, type Size, type Want, type Wants } from "../../session/wants.ts"
import { inOneLayer } from "./one-layer.ts"
import { connectOptions, linkOptions, publishOptionsOf, qualities, reconnectPolicyOf, sources } from "./link-options.ts"

export type LinkState = "connecting" | "connected" | "reconnecting" | "lost"

/** What the page does about the link's events. */
export interface LinkEvents {
  /** Whether pictures and sound still come, whatever the signalling does. */
  isMediaUp(): boolean
  stateChanged(state: LinkState): void
  /** A sender now carries this kind of media in this codec; its transform lets nothing through before it is told so. */
  senderReady(sender: RTCRtpSender, kind: MediaKind, codec: Codec): void
}

const kindOf = new Map<string, MediaKind>(Object.entries(sources).map(([kind, source]) => [source, kind as MediaKind]))

// What the SDK prints can hold addresses and session descriptions.
setLogLevel(LogLevel.silent)

/** One connection to the SFU. After `lost` it is done with: the caller makes a new one. */
export class MediaLink {
  readonly #room: Room
  readonly #events: LinkEvents
  readonly #published = new Map<MediaKind, LocalTrackPublication>()
  /** As chosen; the SDK publishes anew by itself after some failures. */
  readonly #codecs = new Map<MediaKind, Codec>()
  #closed = false
  #wants: Wants = new Map()
  /** D23.20: the SFU hands over everything by itself; what is not wanted is let go. */
  #takesAll = false
  /** Who was ever in the roster on this link. */
  readonly #met = new Set<string>()

  constructor(events: LinkEvents) {
    this.#events = events
    this.#room = new Room({ ...linkOptions, reconnectPolicy: reconnectPolicyOf(() => events.isMediaUp()) })
    const { localParticipant } = this.#room
    localParticipant.on("localSenderCreated", (sender: RTCRtpSender, track: Track) => {
      const kind = kindOf.get(track.source)
      const codec = kind && this.#codecs.get(kind)
      if (kind !== undefined && codec !== undefined) events.senderReady(sender, kind, codec)
    })
    localParticipant.on("localTrackPublished", (publication: LocalTrackPublication) => {
      if (publication.options?.videoCodec === "vp9") void inOneLayer(publication)
    })
    this.#room
      .on(RoomEvent.TrackPublished, (publication, { identity }) => {
        this.#ask(publication, identity)
      })
      .on(RoomEvent.Reconnecting, () => events.stateChanged("reconnecting"))
      .on(RoomEvent.SignalReconnecting, () => events.stateChanged("connected"))
      .on(RoomEvent.Reconnected, () => {
        this.fetch(this.#wants)
        events.stateChanged("connected")
      })
      .on(RoomEvent.Disconnected, () => {
        if (!this.#closed) events.stateChanged("lost")
      })
  }

  /** Whether signalling and media both stand, as far as the SDK knows. */
  get isUp(): boolean {
    return this.#room.state === ConnectionState.Connected
  }

  /** Connects through our own origin. The token is a placeholder: the server goes by its cookie alone. */
  async connect(path: string): Promise<void> {
    this.#events.stateChanged("connecting")
    await this.#room.setE2EEEnabled(true)
    const url = new URL(path, location.href)
    url.protocol = url.protocol === "https:" ? "wss:" : "ws:"
    this.#takesAll = wantsAll(this.#wants)
    await this.#room.connect(url.href, "none", { ...connectOptions, autoSubscribe: this.#takesAll })
    this.fetch(this.#wants)
    this.#events.stateChanged("connected")
  }

  /** Sends a track as this kind, in place of what was sent before. In another codec it is another publication, begun with a key frame. */
  async publish(kind: MediaKind, { track, codec }: { readonly track: MediaStreamTrack; readonly codec: Codec }): Promise<void> {
    const sent = this.#published.get(kind)?.track
    if (sent !== undefined && this.#codecs.get(kind) === codec) {
      await sent.replaceTrack(track, true)
      return
    }
    if (sent !== undefined) await this.unpublish(kind)
    this.#codecs.set(kind, codec)
    this.#published.set(kind, await this.#room.localParticipant.publishTrack(track, publishOptionsOf(kind, codec)))
  }

  /** Stops sending this kind; the track itself stays the caller's. */
  async unpublish(kind: MediaKind): Promise<void> {
    const publication = this.#published.get(kind)
    this.#published.delete(kind)
    if (publication?.track !== undefined) await this.#room.localParticipant.unpublishTrack(publication.track, false)
  }

  /** What is fetched from now on, of whom the SFU says it is (a hint: frames say whose they are, D23). Cheap when nothing changes. */
  fetch(wants: Wants): void {
    this.#wants = wants
    for (const member of wants.keys()) this.#met.add(member)
    for (const participant of this.#room.remoteParticipants.values()) {
      for (const publication of participant.trackPublications.values()) this.#ask(publication, participant.identity)
    }
  }

  #ask(publication: RemoteTrackPublication, identity: string): void {
    // Who publishes before the roster names it is about to be named: letting go now would mean asking anew at once.
    if (this.#takesAll && !this.#met.has(identity)) return
    const kind = kindOf.get(publication.source)
    const size = kind === undefined ? undefined : wantedSize(this.#wants.get(identity as MemberId), kind)
    if (publication.isDesired !== (size !== undefined)) publication.setSubscribed(size !== undefined)
    if (kind === "camera" && size !== undefined) publication.setVideoQuality(qualities[size])
  }

  async close(): Promise<void> {
    this.#closed = true
    await this.#room.disconnect(false)
  }
}

/** Undefined: not fetched. Sound has no size; it is fetched whole. */
function wantedSize(want: Want | undefined, kind: MediaKind): Size | undefined {
  if (want === undefined) return undefined
  switch (kind) {
    case "microphone":
      return want.microphone ? "large" : undefined
    case "screen-audio":
      return want.screenAudio ? "large" : undefined
    case "camera":
      return want.camera
    case "screen":
      return want.screen
  }
}

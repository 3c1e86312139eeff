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
import type { MediaKind } from "../../frame-worker/messages.ts"
import { connectOptions, linkOptions, publishOptionsOf, qualityFor, sources } from "./link-options.ts"

export type LinkState = "connecting" | "connected" | "reconnecting" | "lost"

/** What the page does about the link's events. */
export interface LinkEvents {
  stateChanged(state: LinkState): void
  /** A sender now carries this kind of media; its transform lets nothing through before it is told so. */
  senderReady(sender: RTCRtpSender, kind: MediaKind): void
}

const kindOf = new Map<string, MediaKind>(Object.entries(sources).map(([kind, source]) => [source, kind as MediaKind]))

// What the SDK prints can hold addresses and session descriptions.
setLogLevel(LogLevel.silent)

/** One connection to the SFU. After `lost` it is done with: the caller makes a new one. */
export class MediaLink {
  readonly #room = new Room(linkOptions)
  readonly #events: LinkEvents
  readonly #published = new Map<MediaKind, LocalTrackPublication>()
  #closed = false
  #others = 1

  constructor(events: LinkEvents) {
    this.#events = events
    const { localParticipant } = this.#room
    localParticipant.on("localSenderCreated", (sender: RTCRtpSender, track: Track) => {
      const kind = kindOf.get(track.source)
      if (kind !== undefined) events.senderReady(sender, kind)
    })
    this.#room
      .on(RoomEvent.TrackSubscribed, (_, publication) => {
        this.#ask(publication)
      })
      .on(RoomEvent.Reconnecting, () => events.stateChanged("reconnecting"))
      .on(RoomEvent.SignalReconnecting, () => events.stateChanged("connected"))
      .on(RoomEvent.Reconnected, () => events.stateChanged("connected"))
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
    await this.#room.connect(url.href, "none", connectOptions)
    this.#events.stateChanged("connected")
  }

  /** Sends a track as this kind, in place of what was sent before. */
  async publish(kind: MediaKind, track: MediaStreamTrack): Promise<void> {
    const sent = this.#published.get(kind)?.track
    if (sent !== undefined) {
      await sent.replaceTrack(track, true)
      return
    }
    this.#published.set(kind, await this.#room.localParticipant.publishTrack(track, publishOptionsOf(kind)))
  }

  /** Stops sending this kind; the track itself stays the caller's. */
  async unpublish(kind: MediaKind): Promise<void> {
    const publication = this.#published.get(kind)
    this.#published.delete(kind)
    if (publication?.track !== undefined) await this.#room.localParticipant.unpublishTrack(publication.track, false)
  }

  /**
   * How many others are on the screen: the more there are, the smaller each picture, and what nobody shows large is
   * not encoded large (dynacast). The SFU may ignore it; it is a wish about size and nothing else.
   */
  setOthers(count: number): void {
    if (count === this.#others) return
    this.#others = count
    for (const participant of this.#room.remoteParticipants.values()) {
      for (const publication of participant.videoTrackPublications.values()) this.#ask(publication)
    }
  }

  #ask(publication: RemoteTrackPublication): void {
    if (publication.source === sources.camera && publication.isSubscribed) publication.setVideoQuality(qualityFor(this.#others))
  }

  async close(): Promise<void> {
    this.#closed = true
    await this.#room.disconnect(false)
  }
}

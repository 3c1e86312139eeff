/** The only kind of RTCPeerConnection this page can make while a call is on (D25, D26). */

import { offerForBrowser, OfferEditFailed, offerForWire } from "./offer-edit.ts"
import type { Attacher } from "./attach.ts"

/** Chromium's own member: without it a transform set late is silently ignored and frames go out in clear. */
type SealedConfiguration = RTCConfiguration & { encodedInsertableStreams?: boolean }

export interface SealedOptions {
  /** Hears of each connection, to measure it. */
  readonly made?: (connection: RTCPeerConnection) => void
  /** Our own relay, made by relay-servers.ts alone. */
  readonly relays?: readonly RTCIceServer[]
}

/**
 * A subclass of the browser's class whose every transceiver carries our transforms from the moment it exists,
 * whose offers are edited for the wire, and which talks to no ICE server that is not ours.
 */
export function sealedPeerConnection(
  Base: typeof RTCPeerConnection,
  attach: Attacher,
  { made, relays = [] }: SealedOptions = {},
): typeof RTCPeerConnection {
  return class SealedPeerConnection extends Base {
    constructor(configuration?: RTCConfiguration) {
      // No STUN or TURN server that the SFU names is asked: it could be anybody's (livekit.md 2.1).
      const sealed: SealedConfiguration = { ...configuration, iceServers: [...relays], encodedInsertableStreams: true }
      super(sealed)
      made?.(this)
      // First listener of all: a receiver has its transform before the SDK hears of it.
      this.addEventListener("track", (event) => {
        attach.receiver(event.receiver)
        attach.sender(event.transceiver.sender)
      })
    }

    override setConfiguration(configuration?: RTCConfiguration): void {
      super.setConfiguration({ ...configuration, iceServers: [...relays] })
    }

    override addTransceiver(trackOrKind: MediaStreamTrack | string, init?: RTCRtpTransceiverInit): RTCRtpTransceiver {
      const transceiver = super.addTransceiver(trackOrKind, init)
      attach.sender(transceiver.sender)
      attach.receiver(transceiver.receiver)
      return transceiver
    }

    override addTrack(track: MediaStreamTrack, ...streams: MediaStream[]): RTCRtpSender {
      const sender = super.addTrack(track, ...streams)
      attach.sender(sender)
      return sender
    }

    override createOffer(options?: RTCOfferOptions): Promise<RTCSessionDescriptionInit>
    override createOffer(
      done: RTCSessionDescriptionCallback,
      failed: RTCPeerConnectionErrorCallback,
      options?: RTCOfferOptions,
    ): Promise<never>
    override async createOffer(first?: RTCOfferOptions | RTCSessionDescriptionCallback): Promise<RTCSessionDescriptionInit> {
      // The old callback form would hand out an offer that was not edited.
      if (typeof first === "function") throw new OfferEditFailed("callback-form")
      const offer = await super.createOffer(first)
      return { type: "offer", sdp: offerForWire(offer.sdp ?? "") }
    }

    override async setLocalDescription(description?: RTCLocalSessionDescriptionInit): Promise<void> {
      if (description?.type !== "offer" || description.sdp === undefined) return super.setLocalDescription(description)
      return super.setLocalDescription({ type: "offer", sdp: offerForBrowser(description.sdp) })
    }
  }
}

/** The page's side of the frame worker: attaches transforms, names senders' kinds, learns whose frames each receiver gets. */

import { usualCodecOf } from "@conclave/crypto/sframe"
import type { Codec, Counts, FramesToPage, MediaKind, PageToFrames } from "../frame-worker/messages.ts"
import { moduleWorker } from "./module-worker.ts"
import { attacher, type Attacher } from "./sfu/attach.ts"
import { forceKeyFrame } from "./sfu/key-frame.ts"

/** A member's leaf and which of its media. The only thing that says whose picture it is (D23). */
export interface Owner {
  readonly leaf: number
  readonly kind: MediaKind
}

export interface FramesEvents {
  /** Frames of `owner` wait at this receiver since `epoch`; `accept` lets them through. */
  ownerClaimed(receiver: number, owner: Owner & { readonly epoch: number }): void
  countsChanged(counts: Counts): void
  /** The worker died: nothing is sent or played any more. */
  died(): void
}

/** How many frame workers this page has made: a new one must never repeat the key ids of the one before (D22). */
let started = 0

/** One frame worker with every transform of this page's connections. */
export class Frames {
  readonly #worker: Worker
  readonly #senders = new Map<number, RTCRtpSender>()
  readonly #numbers = new WeakMap<RTCRtpSender, number>()
  readonly #receivers = new Map<number, RTCRtpReceiver>()
  readonly attach: Attacher

  /** `port` is where the key worker will give the keys; the page keeps no end of it. */
  constructor(port: MessagePort, events: FramesEvents) {
    this.#worker = moduleWorker("frames")
    this.#worker.addEventListener("message", ({ data }: MessageEvent<FramesToPage>) => {
      this.#received(data, events)
    })
    this.#worker.addEventListener("error", () => {
      events.died()
    })
    this.#post({ type: "keys", port, start: started++ }, [port])
    this.attach = attacher(this.#worker, {
      senderAttached: (track, sender) => {
        this.#senders.set(track, sender)
        this.#numbers.set(sender, track)
      },
      receiverAttached: (number, receiver) => {
        this.#receivers.set(number, receiver)
      },
    })
  }

  /** What a sender carries from now on, in this codec alone. Before this its transform drops everything. */
  nameSender(sender: RTCRtpSender, kind: MediaKind, codec: Codec = usualCodecOf(kind)): void {
    const track = this.#numbers.get(sender)
    if (track !== undefined) this.#post({ type: "track-kind", track, kind, codec })
  }

  acceptOwner(receiver: number, { leaf, kind }: Owner): void {
    this.#post({ type: "accept-owner", receiver, leaf, kind })
  }

  /** The track that a numbered receiver plays. */
  trackOf(receiver: number): MediaStreamTrack | undefined {
    return this.#receivers.get(receiver)?.track
  }

  receiverOf(receiver: number): RTCRtpReceiver | undefined {
    return this.#receivers.get(receiver)
  }

  /** Ends the worker. Its transforms stay attached and pass nothing: failing closed in both browsers (measured). */
  stop(): void {
    this.#post({ type: "stop" })
    this.#worker.terminate()
  }

  #received(message: FramesToPage, events: FramesEvents): void {
    switch (message.type) {
      case "owner":
        events.ownerClaimed(message.receiver, { leaf: message.leaf, kind: message.kind, epoch: message.epoch })
        return
      case "counts":
        events.countsChanged(message)
        return
      case "key-frame-needed": {
        const sender = this.#senders.get(message.track)
        // A sender that is gone meanwhile needs no key frame.
        if (sender !== undefined) forceKeyFrame(sender).catch(() => undefined)
      }
    }
  }

  #post(message: PageToFrames, transfer: Transferable[] = []): void {
    this.#worker.postMessage(message, transfer)
  }
}

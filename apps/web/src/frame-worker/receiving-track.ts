/** One receiver's transform: frames that open, of the owner the page has accepted, and nothing else (D23, D25). */

import { nobody, type FrameOpener, type Opened, type Refused } from "@conclave/crypto/sframe"
import { claimedCodecOf, type EncodedFrame } from "./encoded-frames.ts"
import { OwnerBinding, type Owner } from "./owner-binding.ts"

/** What a receiving track needs around it. */
export interface ReceivingTrackParts {
  readonly opener: FrameOpener
  readonly now: () => number
  /** Asks the sender for a key frame, through the SFU. */
  readonly requestKeyFrame: () => void
  /** Tells the page whose frames these are. */
  readonly ask: (owner: Owner, epoch: number) => void
  /** Counts a refused frame. */
  readonly refused: (refusal: Pick<Refused, "reason" | "leaf">, attachedAt: number) => void
  readonly attachedAt: number
}

/** Opens the frames of one receiver. */
export class ReceivingTrack {
  readonly #parts: ReceivingTrackParts
  readonly #binding = new OwnerBinding()
  #isVideo = false
  #hasMissed = false
  /** What the last key frame request was for; one for each owner and epoch. */
  #requestedFor = ""
  #owner: Owner | undefined

  constructor(parts: ReceivingTrackParts) {
    this.#parts = parts
  }

  /** Opens a frame in place. False: drop it. */
  async pass(frame: EncodedFrame): Promise<boolean> {
    // Padding of the SFU's. A decoder has no use for it.
    if (frame.data.byteLength === 0) return false
    const codec = claimedCodecOf(frame)
    const now = this.#parts.now()
    if (codec === undefined) return this.#refuse({ reason: "malformed", leaf: nobody })
    this.#isVideo = codec !== "opus"
    const opened = await this.#parts.opener.open({ codec, data: new Uint8Array(frame.data), now })
    if (opened.kind === "refused") return this.#refuse(opened)
    if (!this.#isOwners(opened, now)) return false
    frame.data = opened.data.buffer
    if (opened.isKeyFrame) this.#hasMissed = false
    // What was missed is what this frame builds on.
    if (this.#hasMissed) this.#request(opened.epoch)
    return true
  }

  /** The page accepted an owner. What was held back must be made good with a key frame. */
  accept(owner: Owner, epoch: number | undefined): void {
    if (!this.#binding.accept(owner)) return
    this.#owner = owner
    this.#request(epoch)
  }

  /** The leaf's member is gone. */
  release(leaf: number): void {
    this.#binding.release(leaf)
  }

  /** A new epoch has come. Video missed for want of its key begins anew. */
  epochCame(epoch: number): void {
    if (this.#hasMissed) this.#request(epoch)
  }

  #refuse(refusal: Pick<Refused, "reason" | "leaf">): false {
    if (refusal.reason === "unknownKey") this.#hasMissed = true
    this.#parts.refused(refusal, this.#parts.attachedAt)
    return false
  }

  #isOwners({ leaf, media, epoch }: Opened, now: number): boolean {
    const owner = { leaf, kind: media }
    const verdict = this.#binding.judge(owner, now)
    if (verdict === "ask") this.#parts.ask(owner, epoch)
    return verdict === "pass"
  }

  /** D24.5: at most one request for each owner and epoch: the SFU cannot make us flood the sender. */
  #request(epoch: number | undefined): void {
    const what = `${epoch ?? ""} ${this.#owner?.leaf ?? ""} ${this.#owner?.kind ?? ""}`
    if (!this.#isVideo || what === this.#requestedFor) return
    this.#requestedFor = what
    this.#hasMissed = false
    this.#parts.requestKeyFrame()
  }
}

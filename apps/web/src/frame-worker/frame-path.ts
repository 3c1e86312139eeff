/** The frame worker without its shell: keys in, transforms in, frames through, figures out. */

import { FrameOpener, FrameSealer, KeyRing, RefusalTally, nobody, type EpochKey } from "@conclave/crypto/sframe"
import { parseTransformOptions, type Counts, type FramesToPage, type KeysToFrames } from "./messages.ts"
import { ReceivingTrack } from "./receiving-track.ts"
import { runFrames, type Transformer } from "./encoded-frames.ts"
import { SendingTrack, type Carried } from "./sending-track.ts"
import { UndecryptableWindow } from "./undecryptable.ts"
import type { Owner } from "./owner-binding.ts"

/** What the shell gives: a clock in ms that never goes back, and the page's ear. */
export interface FramePathParts {
  readonly now: () => number
  readonly post: (message: FramesToPage) => void
}

/** Pace of `tick` in ms, and so how long a key may lie about past its time. */
export const tickMs = 1000

/** All frames of one page. No state of it lets a frame pass that was not sealed or opened. */
export class FramePath {
  readonly #parts: FramePathParts
  readonly #ring = new KeyRing()
  readonly #opener = new FrameOpener(this.#ring)
  readonly #tally = new RefusalTally()
  readonly #window = new UndecryptableWindow()
  readonly #sending = new Map<number, SendingTrack>()
  readonly #receiving = new Map<number, ReceivingTrack>()
  /** What was named before their transform was there. */
  readonly #carried = new Map<number, Carried>()
  #sealer: FrameSealer | undefined
  #members: readonly number[] = []
  #isStopped = false
  #sent = 0
  #received = 0
  #lastCounts = ""

  constructor(parts: FramePathParts) {
    this.#parts = parts
  }

  /** D22.4: before the number of this worker's start is known nothing is sealed; it is given once. */
  begin(workerStart: number): boolean {
    if (this.#sealer !== undefined || this.#isStopped) return false
    this.#sealer = new FrameSealer(this.#ring, workerStart)
    return true
  }

  /** Takes a transform. Resolves when its track has ended. A transform we cannot read the options of passes nothing. */
  async attach(transformer: Transformer): Promise<void> {
    const options = parseTransformOptions(transformer.options)
    if (options?.role === "send") return this.#send(options.track, transformer)
    if (options?.role === "receive") return this.#receive(options.receiver, transformer)
    return runFrames(transformer, () => Promise.resolve(false))
  }

  /** Keys, or the end of them. */
  keysCame(message: KeysToFrames): void {
    if (message.type === "wipe") this.#wipe()
    else if (!this.#isStopped) this.#epochCame(message)
  }

  /** What a track carries from now on. */
  carry(track: number, carried: Carried): void {
    this.#carried.set(track, carried)
    this.#sending.get(track)?.carry(carried)
  }

  /** The page shows this receiver's frames under this owner's name. */
  accept(receiver: number, owner: Owner): void {
    this.#receiving.get(receiver)?.accept(owner, this.#ring.newest)
  }

  /** The call is over. Whatever comes now is dropped, keys too. */
  stop(): void {
    this.#isStopped = true
    this.#wipe()
  }

  /** Once a second: forgets keys past their time, tells the page what has changed. */
  tick(): void {
    this.#ring.expire(this.#parts.now())
    const counts = this.#counts()
    const print = JSON.stringify(counts)
    if (print === this.#lastCounts) return
    this.#lastCounts = print
    this.#parts.post(counts)
  }

  #epochCame(key: EpochKey): void {
    const now = this.#parts.now()
    if (this.#ring.add(key, now) === "stale") return
    const gone = this.#members.filter((leaf) => !key.leaves.includes(leaf) || key.removed.includes(leaf))
    this.#members = key.leaves
    this.#window.epochCame(now)
    this.#release(gone)
    for (const track of this.#receiving.values()) track.epochCame(key.epoch)
  }

  /** Another group's leaves are other people. */
  #wipe(): void {
    this.#ring.wipe()
    this.#window.keysWiped(this.#parts.now())
    this.#release(this.#members)
    this.#members = []
  }

  #release(leaves: readonly number[]): void {
    for (const leaf of leaves) {
      this.#tally.release(leaf)
      for (const track of this.#receiving.values()) track.release(leaf)
    }
  }

  async #send(track: number, transformer: Transformer): Promise<void> {
    const { now, post } = this.#parts
    const sending = new SendingTrack({
      track,
      now,
      sealer: () => this.#sealer,
      forceKeyFrame: () => {
        if (transformer.generateKeyFrame === undefined) post({ type: "key-frame-needed", track })
        else attempt(() => transformer.generateKeyFrame?.())
      },
    })
    const carried = this.#carried.get(track)
    if (carried !== undefined) sending.carry(carried)
    this.#sending.set(track, sending)
    await runFrames(transformer, async (frame) => {
      const verdict = await sending.pass(frame)
      if (verdict === "sealed") this.#sent++
      return verdict !== "dropped"
    })
    if (this.#sending.get(track) === sending) this.#sending.delete(track)
  }

  async #receive(receiver: number, transformer: Transformer): Promise<void> {
    const { now, post } = this.#parts
    const receiving = new ReceivingTrack({
      opener: this.#opener,
      now,
      attachedAt: now(),
      ask: ({ leaf, kind }, epoch) => post({ type: "owner", receiver, leaf, kind, epoch }),
      requestKeyFrame: () => attempt(() => transformer.sendKeyFrameRequest?.()),
      refused: ({ reason, leaf }, attachedAt) => {
        this.#tally.add(leaf !== undefined && this.#ring.isMember(leaf) ? leaf : nobody, reason)
        if (reason === "unknownKey" || reason === "authentication") this.#window.failed(now(), attachedAt)
      },
    })
    this.#receiving.set(receiver, receiving)
    await runFrames(transformer, async (frame) => {
      const isOpened = await receiving.pass(frame)
      if (isOpened) this.#received++
      return isOpened
    })
    if (this.#receiving.get(receiver) === receiving) this.#receiving.delete(receiver)
  }

  #counts(): Counts {
    return {
      type: "counts",
      sent: this.#sent,
      received: this.#received,
      refused: this.#tally.lines(),
      outsideWindow: this.#window.outside(this.#parts.now()),
    }
  }
}

/** Asks the browser for what it may refuse: then the decoder's own request, or the next epoch, does it. */
function attempt(request: () => Promise<unknown> | undefined): void {
  Promise.resolve()
    .then(request)
    .catch(() => undefined)
}

/** Counts undecryptable frames that no change of keys explains (the published window, D24). Time comes in, in ms. */

import { oldEpochMs } from "@conclave/crypto/sframe"

/** A new receiver may get a few frames of before it was there, in ms. */
export const attachMs = 2000

/**
 * D24.6: a frame that fails for want of a key or by its tag is outside the window when no epoch came within 5 s before
 * it nor comes within 5 s after it, and its receiver has been there for more than 2 s. "After" is there because a
 * removal makes senders switch at once, and this member may hear of it later than the frame.
 */
export class UndecryptableWindow {
  #lastEpochAt: number | undefined
  /** Failures that an epoch may still explain: [when, how many], oldest first, one entry for each tenth of a second. */
  #open: (readonly [at: number, count: number])[] = []
  #outside = 0

  /** The ring has a new epoch. */
  epochCame(now: number): void {
    this.#settle(now)
    this.#open = []
    this.#lastEpochAt = now
  }

  /** The keys are gone: until the next membership's first epoch nothing can be decrypted, and nothing counts. */
  keysWiped(now: number): void {
    this.#settle(now)
    this.#open = []
    this.#lastEpochAt = undefined
  }

  /** A frame failed at a receiver attached at `attachedAt`. Without any epoch there is no call to fail in. */
  failed(now: number, attachedAt: number): void {
    if (this.#lastEpochAt === undefined || now - this.#lastEpochAt <= oldEpochMs || now - attachedAt <= attachMs) return
    const at = Math.floor(now / 100) * 100
    const last = this.#open.at(-1)
    if (last?.[0] === at) this.#open[this.#open.length - 1] = [at, last[1] + 1]
    else this.#open.push([at, 1])
  }

  /** How many frames are outside by now. */
  outside(now: number): number {
    this.#settle(now)
    return this.#outside
  }

  #settle(now: number): void {
    while (this.#open[0] !== undefined && now - this.#open[0][0] > oldEpochMs + 100) this.#outside += this.#open.shift()?.[1] ?? 0
  }
}

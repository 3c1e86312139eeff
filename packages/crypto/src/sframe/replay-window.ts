/** Remembers which counters of one key id have been seen, for the newest 2 048 of them (RFC 9605 section 9.3). */

/** Counters the window spans: three layers of video at 30 frames a second need 1 024 in 7 s; this is twice that. */
export const windowSize = 2048

/**
 * A sliding window. Asking changes nothing; only an authenticated counter may be marked, or a forger could push the
 * window past honest frames.
 */
export class ReplayWindow {
  readonly #seen = new Uint32Array(windowSize / 32)
  #highest = -1

  /** Whether the counter is neither seen nor too old to know. */
  isFresh(counter: number): boolean {
    if (counter > this.#highest) return true
    return this.#highest - counter < windowSize && !this.#has(counter)
  }

  /** Marks the counter. False when it was seen or too old: the frame is a replay. */
  mark(counter: number): boolean {
    if (!this.isFresh(counter)) return false
    if (counter > this.#highest) this.#advanceTo(counter)
    const slot = counter % windowSize
    this.#seen[slot >>> 5] = (this.#seen[slot >>> 5] ?? 0) | (1 << (slot & 31))
    return true
  }

  #has(counter: number): boolean {
    const slot = counter % windowSize
    return (((this.#seen[slot >>> 5] ?? 0) >>> (slot & 31)) & 1) === 1
  }

  /** The slots of the counters skipped over still hold what was seen a window ago. */
  #advanceTo(counter: number): void {
    if (counter - this.#highest >= windowSize) this.#seen.fill(0)
    else for (let i = this.#highest + 1; i <= counter; i++) this.#clear(i % windowSize)
    this.#highest = counter
  }

  #clear(slot: number): void {
    this.#seen[slot >>> 5] = (this.#seen[slot >>> 5] ?? 0) & ~(1 << (slot & 31))
  }
}

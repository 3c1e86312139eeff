/** Which epochs' keys may be used now, for sending and for receiving (D24). Reads no clock: `now` comes in, in ms. */

import { epochBitsOf } from "./key-id.ts"
import { LiveEpoch } from "./live-epoch.ts"
import type { EpochKey } from "./epoch-key.ts"

/** How long a sender stays with the old epoch when nobody was removed, in ms. */
export const soonMs = 250
/** How long other members' frames of an old epoch are still opened, in ms. */
export const oldEpochMs = 5000

interface Held {
  readonly live: LiveEpoch
  readonly sendFrom: number
  expiresAt: number
}

/** Keys of the current epoch and of those just past, at most one for each value of the four epoch bits. */
export class KeyRing {
  /** By epoch bits. */
  readonly #held = new Map<number, Held>()
  #newest: Held | undefined

  /** Takes the next epoch. An epoch that is not newer than the newest changes nothing. */
  add(key: EpochKey, now: number): "added" | "stale" {
    const before = this.#newest
    if (before !== undefined && key.epoch <= before.live.epoch) return "stale"
    const leaves = new Set(key.leaves)
    for (const old of this.#held.values()) {
      old.live.keepOnly(leaves, key.removed)
      old.expiresAt = Math.min(old.expiresAt, now + oldEpochMs)
    }
    const bits = epochBitsOf(key.epoch)
    // RFC 9605 section 5.2: of two epochs with the same bits only the newer exists.
    this.#held.get(bits)?.live.drop()
    // With another leaf, or nothing to send under, there is nothing to stay with.
    const canStay = before?.live.own === key.own && key.switch === "soon" && before.live.isLive
    this.#newest = { live: new LiveEpoch(key), sendFrom: canStay ? now + soonMs : now, expiresAt: Infinity }
    this.#held.set(bits, this.#newest)
    return "added"
  }

  /** The epoch to seal under: the newest whose time has come. Undefined: nothing may be sent. */
  sending(now: number): LiveEpoch | undefined {
    let best: Held | undefined
    for (const held of this.#held.values()) {
      if (held.sendFrom > now || held.expiresAt <= now) continue
      if (best === undefined || held.live.epoch > best.live.epoch) best = held
    }
    return best?.live
  }

  /** The one epoch that these epoch bits mean; undefined when there is none. Never a choice of several (A2.11). */
  receiving(epochBits: number, now: number): LiveEpoch | undefined {
    const held = this.#held.get(epochBits)
    return held === undefined || held.expiresAt <= now ? undefined : held.live
  }

  /** Number of the newest epoch; undefined without any. */
  get newest(): number | undefined {
    return this.#newest?.live.epoch
  }

  /** Whether the leaf is a member's other than ours in the newest epoch. */
  isMember(leaf: number): boolean {
    return this.#newest?.live.hears(leaf) ?? false
  }

  /** Drops what is past its time. Its frames are refused by then anyway; this forgets the keys. */
  expire(now: number): void {
    for (const [bits, held] of this.#held) {
      if (held.expiresAt > now) continue
      held.live.drop()
      this.#held.delete(bits)
    }
  }

  /** Forgets everything. Frames being worked on do not come out either. */
  wipe(): void {
    for (const held of this.#held.values()) held.live.drop()
    this.#held.clear()
    this.#newest = undefined
  }
}

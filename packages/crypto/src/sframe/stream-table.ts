/** The streams of one epoch: their secrets, and which of their frames have been seen. Bounded whatever is claimed. */

import { ReplayWindow } from "./replay-window.ts"
import type { StreamSecrets } from "./keys.ts"
import { mediaKinds, type KeyIdParts } from "./key-id.ts"

/** Starts kept for each leaf and kind. A member uses a new one when it makes a track anew. */
export const startsKept = 8
/** Key ids held that nothing has authenticated under yet. */
export const unprovenKept = 64

/** A stream is named by its key id and by the parts of it. */
export interface StreamName {
  readonly keyId: bigint
  readonly parts: KeyIdParts
}

/**
 * Keeps secrets by key id. A key id that has authenticated a frame gets a replay window; of those, the eight newest
 * starts of each leaf and kind are kept, and lower starts are over for good, so forgetting a window never lets a
 * frame pass twice.
 */
export class StreamTable {
  readonly #derive: (keyId: bigint) => Promise<StreamSecrets>
  readonly #unproven = new Map<bigint, Promise<StreamSecrets>>()
  readonly #proven = new Map<bigint, { readonly secrets: Promise<StreamSecrets>; readonly window: ReplayWindow }>()
  /** Starts of each leaf and kind with a window, lowest first. */
  readonly #starts = new Map<number, KeyIdOfStart[]>()

  constructor(derive: (keyId: bigint) => Promise<StreamSecrets>) {
    this.#derive = derive
  }

  /** The secrets of a key id, derived on first use. */
  secretsOf(keyId: bigint): Promise<StreamSecrets> {
    const known = this.#proven.get(keyId)?.secrets ?? this.#unproven.get(keyId)
    if (known !== undefined) return known
    if (this.#unproven.size >= unprovenKept) {
      // Garbage may claim any key id: the oldest claim makes room and is derived again should it come back.
      for (const oldest of this.#unproven.keys()) {
        this.#unproven.delete(oldest)
        break
      }
    }
    const secrets = this.#derive(keyId)
    this.#unproven.set(keyId, secrets)
    return secrets
  }

  /** Whether a frame may still be fresh. Asked before decryption, changes nothing. */
  isFresh({ keyId, parts }: StreamName, counter: number): boolean {
    const window = this.#proven.get(keyId)?.window
    return window === undefined ? !this.#isOver(parts) : window.isFresh(counter)
  }

  /** Marks an authenticated frame as seen. False when it was seen before: of two at once, only one passes. */
  mark(stream: StreamName, counter: number): boolean {
    const known = this.#proven.get(stream.keyId)
    if (known !== undefined) return known.window.mark(counter)
    if (this.#isOver(stream.parts)) return false
    const window = new ReplayWindow()
    this.#prove(stream, window)
    return window.mark(counter)
  }

  /** Streams with a replay window. */
  get size(): number {
    return this.#proven.size
  }

  #isOver(parts: KeyIdParts): boolean {
    const kept = this.#starts.get(sourceOf(parts))
    const lowest = kept?.[0]
    return kept !== undefined && lowest !== undefined && kept.length >= startsKept && parts.start < lowest.start
  }

  #prove({ keyId, parts }: StreamName, window: ReplayWindow): void {
    this.#proven.set(keyId, { secrets: this.secretsOf(keyId), window })
    this.#unproven.delete(keyId)
    const kept = [...(this.#starts.get(sourceOf(parts)) ?? []), { start: parts.start, keyId }].sort((a, b) => a.start - b.start)
    const over = kept.length > startsKept ? kept.shift() : undefined
    if (over !== undefined) this.#proven.delete(over.keyId)
    this.#starts.set(sourceOf(parts), kept)
  }
}

interface KeyIdOfStart {
  readonly start: number
  readonly keyId: bigint
}

const sourceOf = ({ leaf, kind }: KeyIdParts): number => leaf * mediaKinds.length + mediaKinds.indexOf(kind)

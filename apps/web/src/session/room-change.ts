/**
 * Tells the server what it is to keep for the room after the rules changed (D3.10). It cannot read it; it checks who signed. When, is the call
 * machine's to say (D3.10.3).
 */

import type { RoomChange } from "@conclave/call"
import { paths, toBase64url } from "@conclave/wire"

/** Waits between two tries, in ms. After the last one another signer, or the next change, brings it up to date. */
const backOffs = [500, 2_000, 5_000, 10_000] as const

/** Refusals that another try would only repeat: somebody else was first, or it is not ours to say. */
const isFinal = (status: number): boolean => status >= 400 && status < 500 && status !== 429

/** Sends a change until the server has it, or will not. Newer changes overtake older ones: versions only rise. */
export class RoomChanges {
  #latest: RoomChange | undefined
  #isSending = false
  readonly #closed = new AbortController()

  send(change: RoomChange): void {
    if (this.#latest !== undefined && this.#latest.version >= change.version) return
    this.#latest = change
    if (!this.#isSending) void this.#sendAll()
  }

  close(): void {
    this.#closed.abort()
  }

  async #sendAll(): Promise<void> {
    this.#isSending = true
    let tries = 0
    while (this.#latest !== undefined && tries < backOffs.length && !this.#closed.signal.aborted) {
      const change: RoomChange = this.#latest
      if (await this.#isSettled(change)) {
        if (this.#latest === change) this.#latest = undefined
        tries = 0
      } else await pause(backOffs[tries++] ?? 0, this.#closed.signal)
    }
    this.#latest = undefined
    this.#isSending = false
  }

  async #isSettled(change: RoomChange): Promise<boolean> {
    try {
      const { status, ok } = await fetch(paths.room(change.room), {
        method: "PATCH",
        body: JSON.stringify(bodyOf(change)),
        headers: { "content-type": "application/json" },
        signal: this.#closed.signal,
      })
      return ok || isFinal(status)
    } catch {
      // Not reached: the next try may.
      return false
    }
  }
}

function bodyOf({ version, accessHash, shelf, keys, by, signature }: RoomChange): object {
  return {
    version,
    accessHash: toBase64url(accessHash),
    shelf: toBase64url(shelf),
    keys: keys.map((key) => toBase64url(key)),
    by: toBase64url(by),
    signature: toBase64url(signature),
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener("abort", () => {
      clearTimeout(timer)
      resolve()
    })
  })
}

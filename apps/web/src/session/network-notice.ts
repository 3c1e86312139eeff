/** Words about this device's own way through the network. Each goes by itself when what it says is over (L38). */

import type { NoticeView, Quality } from "../view/call.ts"

export interface NetworkNow {
  /** Of this device's own way to the SFU. */
  readonly quality: Quality | undefined
  readonly isAudioOnly: boolean
  /** The server has not answered for so long, in ms; undefined: it does. */
  readonly awayMs: number | undefined
  readonly isMediaUp: boolean
}

/** Shorter silences of the server are not to be seen. */
const awayShownMs = 3_000

export class NetworkNotice {
  #isDismissed = false

  /** Closed by the person: nothing more of it until the network has been good again. */
  dismiss(): void {
    this.#isDismissed = true
  }

  of({ quality, isAudioOnly, awayMs, isMediaUp }: NetworkNow): readonly NoticeView[] {
    const isWeak = quality === "weak" || quality === "bad"
    if (quality === "good") this.#isDismissed = false
    if (awayMs !== undefined && awayMs > awayShownMs && isMediaUp) return [{ kind: "server-away" }]
    return isWeak && !isAudioOnly && !this.#isDismissed ? [{ kind: "weak-network" }] : []
  }
}

/** Sound only, on a person's wish: no picture is fetched and none is sent, and no camera's light burns for nobody (D23.14). */

import type { OwnMedia } from "./own-media.ts"

export interface AudioOnlyParts {
  readonly media: OwnMedia
  readonly toggleShare: () => void
  /** To what fetches and sends. */
  readonly heed: (isOn: boolean) => void
}

export class AudioOnly {
  readonly #parts: AudioOnlyParts
  #isOn = false
  #hadCamera = false

  constructor(parts: AudioOnlyParts) {
    this.#parts = parts
  }

  get isOn(): boolean {
    return this.#isOn
  }

  /** Switching it off brings back the camera that it switched off. A screen is shown again only by a new press. */
  set(isOn: boolean): void {
    if (isOn === this.#isOn) return
    const { media, toggleShare, heed } = this.#parts
    this.#isOn = isOn
    if (isOn) {
      this.#hadCamera = media.state("camera") === "on"
      if (this.#hadCamera) media.turnOff("camera")
      if (media.sharing === "on") toggleShare()
    }
    heed(isOn)
    if (!isOn && this.#hadCamera) void media.turnOn("camera")
  }

  /** Who switches the camera on, or shows a screen, wants pictures again. */
  end(): void {
    this.#hadCamera = false
    this.set(false)
  }
}

/** The microphone is on while a key is held, and off again when it is not (L35). */

import type { DeviceState } from "../view/device.ts"

export interface PushedMedia {
  state(device: "microphone"): DeviceState
  turnOn(device: "microphone"): Promise<void>
  turnOff(device: "microphone"): void
}

export class PushToTalk {
  readonly #media: PushedMedia
  readonly #mayTalk: () => boolean
  #isHeld = false
  /** Only what holding switched on is switched off by letting go. */
  #isOurs = false

  constructor(media: PushedMedia, mayTalk: () => boolean) {
    this.#media = media
    this.#mayTalk = mayTalk
  }

  /** Held, and heard because of it. */
  get isOn(): boolean {
    return this.#isOurs && this.#isHeld && this.#media.state("microphone") === "on"
  }

  /** Keys repeat while they are held: the second word of it is none. */
  async hold(isHeld: boolean): Promise<void> {
    if (isHeld === this.#isHeld) return
    this.#isHeld = isHeld
    if (!isHeld) return this.#letGo()
    if (!this.#mayTalk() || this.#media.state("microphone") !== "off") return
    this.#isOurs = true
    await this.#media.turnOn("microphone")
    // Let go while the browser still asked, or was starting the device.
    if (!this.#isHeld) this.#letGo()
  }

  /** The person pressed the microphone's own button: from now on it is theirs, and letting go changes nothing. */
  taken(): void {
    this.#isOurs = false
  }

  #letGo(): void {
    if (this.#isOurs && this.#media.state("microphone") === "on") this.#media.turnOff("microphone")
    if (this.#media.state("microphone") !== "asking") this.#isOurs = false
  }
}

/** What of the microphone is heard: as it is, or with little but the voice where that was chosen and can be had (L72). */

import type { QuietMicrophone } from "../adapters/processing/noise.ts"
import type { Noise } from "../view/settings.ts"

export interface OwnSoundEvents {
  /** Ask `of` again: another track is heard from now on. */
  changed(): void
  /** The network does not run here; the plain microphone goes on. */
  failed(): void
}

type Quieten = (microphone: MediaStreamTrack, broke: () => void) => Promise<QuietMicrophone>

/** Fetched only when chosen. */
const fetched: Quieten = async (microphone, broke) => (await import("../adapters/processing/noise.ts")).quiet(microphone, broke)

/** One microphone and what becomes of it. `by` undefined: not there yet, or not to be had. */
interface Quietened {
  readonly microphone: MediaStreamTrack
  by?: QuietMicrophone
}

export class OwnSound {
  readonly #events: OwnSoundEvents
  readonly #quieten: Quieten
  #quiet: Quietened | undefined

  constructor(events: OwnSoundEvents, quieten: Quieten = fetched) {
    this.#events = events
    this.#quieten = quieten
  }

  /** What is heard of this microphone now. */
  of(microphone: MediaStreamTrack, noise: Noise): MediaStreamTrack {
    if (noise !== "strong") this.drop()
    else if (this.#quiet?.microphone !== microphone) {
      this.drop()
      void this.#start(microphone)
    }
    return this.#quiet?.by?.track ?? microphone
  }

  drop(): void {
    this.#quiet?.by?.close()
    this.#quiet = undefined
  }

  async #start(microphone: MediaStreamTrack): Promise<void> {
    const quiet: Quietened = { microphone }
    this.#quiet = quiet
    const failed = (): void => {
      if (this.#quiet !== quiet) return
      // Kept without its network: it is not tried again with this microphone.
      quiet.by?.close()
      delete quiet.by
      this.#events.changed()
      this.#events.failed()
    }
    try {
      const by = await this.#quieten(microphone, failed)
      if (this.#quiet !== quiet) return by.close()
      quiet.by = by
      this.#events.changed()
    } catch {
      failed()
    }
  }
}

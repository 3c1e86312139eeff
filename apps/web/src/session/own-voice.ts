/** Whether this person speaks, with the microphone on or off. Heard on a copy of the track that goes nowhere. */

import { SoundLevels } from "../adapters/sound-level.ts"
import { switchTrack } from "../adapters/own-switch.ts"

/** As for others (speaking.ts). */
const threshold = 0.4
const periodMs = 150
/** D23.19: speech is this many looks of the last second: a cough or a key is less. */
const looksOfSpeech = 3
const looksKept = 7
const holdMs = 1_200
/** A hint stays long enough to be read. */
const hintMs = 4_000

export class OwnVoice {
  readonly #levels = new SoundLevels()
  readonly #changed: () => void
  readonly #timer: ReturnType<typeof setInterval>
  #source: MediaStreamTrack | undefined
  #copy: MediaStreamTrack | undefined
  #looks: boolean[] = []
  #spokeAt = -Infinity
  #spokeMutedAt = -Infinity
  #print = ""

  constructor(changed: () => void) {
    this.#changed = changed
    this.#timer = setInterval(() => {
      this.#look()
    }, periodMs)
  }

  /** The track that is sent, or kept silenced; undefined: there is none. Its copy is never sent and ends with it. */
  listen(track: MediaStreamTrack | undefined): void {
    if (track === this.#source) return
    this.#drop()
    this.#source = track
    if (track === undefined || track.readyState === "ended") return
    const copy = track.clone()
    switchTrack(copy, true)
    // The device's light goes out with the original: a copy must not keep it burning.
    track.addEventListener("ended", () => {
      if (this.#source === track) this.#drop()
    })
    this.#copy = copy
    this.#levels.listen("own", copy)
  }

  /** Speaks, and is heard. */
  get isSpeaking(): boolean {
    return this.#source?.enabled === true && performance.now() - this.#spokeAt < holdMs
  }

  /** D23.19: speaks, and is not. */
  get isTalkingMuted(): boolean {
    return this.#source?.enabled === false && performance.now() - this.#spokeMutedAt < hintMs
  }

  close(): void {
    clearInterval(this.#timer)
    this.#drop()
    this.#levels.close()
  }

  #drop(): void {
    this.#levels.stop("own")
    this.#copy?.stop()
    this.#copy = undefined
    this.#source = undefined
    this.#looks = []
    this.#spokeMutedAt = -Infinity
  }

  #look(): void {
    // Dropped by its owner without the browser's event: `stop()` fires none.
    if (this.#source?.readyState === "ended") this.#drop()
    const isLoud = (this.#levels.level("own") ?? 0) > threshold
    this.#looks = [...this.#looks, isLoud].slice(-looksKept)
    const now = performance.now()
    if (isLoud && this.#looks.filter(Boolean).length >= looksOfSpeech) {
      this.#spokeAt = now
      if (this.#source?.enabled === false) this.#spokeMutedAt = now
    }
    const print = `${this.isSpeaking} ${this.isTalkingMuted}`
    if (print === this.#print) return
    this.#print = print
    this.#changed()
  }
}

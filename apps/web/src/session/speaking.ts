/** Who speaks, heard in what was decoded on this device: the SFU is not asked and is not told (A7.03). */

import { SoundLevels } from "../adapters/sound-level.ts"

/** Speech is above this on the meter's scale; a quiet room is below. */
const threshold = 0.4
/** A ring that flickers with each syllable says nothing (look.md, Tile). */
const holdMs = 1200
const periodMs = 150

export class Speaking {
  readonly #levels = new SoundLevels()
  readonly #tracks = new Map<string, MediaStreamTrack>()
  readonly #heardAt = new Map<string, number>()
  readonly #changed: () => void
  readonly #timer: ReturnType<typeof setInterval>
  #speakers = new Set<string>()

  constructor(changed: () => void) {
    this.#changed = changed
    this.#timer = setInterval(() => {
      this.#look()
    }, periodMs)
  }

  /** Listens to exactly these tracks, by member. */
  listen(tracks: ReadonlyMap<string, MediaStreamTrack>): void {
    for (const [name, track] of this.#tracks) {
      if (tracks.get(name) === track) continue
      this.#levels.stop(name)
      this.#tracks.delete(name)
    }
    for (const [name, track] of tracks) {
      if (this.#tracks.has(name)) continue
      this.#tracks.set(name, track)
      this.#levels.listen(name, track)
    }
  }

  has(member: string): boolean {
    return this.#speakers.has(member)
  }

  close(): void {
    clearInterval(this.#timer)
    this.#levels.close()
  }

  #look(): void {
    const now = performance.now()
    for (const name of this.#tracks.keys()) if ((this.#levels.level(name) ?? 0) > threshold) this.#heardAt.set(name, now)
    const speakers = new Set([...this.#tracks.keys()].filter((name) => now - (this.#heardAt.get(name) ?? -Infinity) < holdMs))
    const isSame = speakers.size === this.#speakers.size && [...speakers].every((name) => this.#speakers.has(name))
    this.#speakers = speakers
    if (!isSame) this.#changed()
  }
}

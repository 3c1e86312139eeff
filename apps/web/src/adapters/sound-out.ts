/** Plays other members' sound, each track on an element of its own, on the chosen speaker. */

export class SoundOut {
  readonly #elements = new Map<string, HTMLAudioElement>()
  readonly #onBlocked: (isBlocked: boolean) => void
  #speaker: string | undefined

  /** `onBlocked` hears when the browser wants a press before it plays anything, and when that is over. */
  constructor(onBlocked: (isBlocked: boolean) => void) {
    this.#onBlocked = onBlocked
  }

  /** Plays exactly these tracks: starts the new ones, ends those that are gone. */
  play(tracks: ReadonlyMap<string, MediaStreamTrack>): void {
    for (const [name, element] of this.#elements) {
      if (playing(element) === tracks.get(name)) continue
      element.srcObject = null
      this.#elements.delete(name)
    }
    for (const [name, track] of tracks) if (!this.#elements.has(name)) this.#start(name, track)
  }

  /** Called on a person's press: what was blocked may play now. */
  async unblock(): Promise<void> {
    await Promise.all([...this.#elements.values()].map((element) => this.#tryToPlay(element)))
  }

  chooseSpeaker(id: string | undefined): void {
    this.#speaker = id
    for (const element of this.#elements.values()) this.#route(element)
  }

  close(): void {
    this.play(new Map())
  }

  #start(name: string, track: MediaStreamTrack): void {
    const element = new Audio()
    element.srcObject = new MediaStream([track])
    this.#elements.set(name, element)
    this.#route(element)
    void this.#tryToPlay(element)
  }

  async #tryToPlay(element: HTMLAudioElement): Promise<void> {
    try {
      await element.play()
      this.#onBlocked(false)
    } catch (error) {
      if (error instanceof DOMException && error.name === "NotAllowedError") this.#onBlocked(true)
    }
  }

  #route(element: HTMLAudioElement): void {
    if (this.#speaker === undefined || !("setSinkId" in element)) return
    // An unplugged speaker: the system's own is used until another is chosen.
    element.setSinkId(this.#speaker).catch(() => undefined)
  }
}

const playing = (element: HTMLAudioElement): MediaStreamTrack | undefined =>
  element.srcObject instanceof MediaStream ? element.srcObject.getAudioTracks()[0] : undefined

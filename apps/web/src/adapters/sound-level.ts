/** How loud a track is, for the meter in the lobby and the ring round who speaks. */

/**
 * Nothing of it is ever heard, so no loudspeaker is kept busy with it where the browser can do without one: that was a fifth of
 * what a call of four cost. Others ignore the option.
 */
const unheardContext = (): AudioContext => new AudioContext({ sinkId: { type: "none" } } as AudioContextOptions)

/** Reads levels of many tracks with one AudioContext; undefined while the browser lets no sound run. */
export class SoundLevels {
  #context: AudioContext | undefined
  readonly #taps = new Map<string, { source: MediaStreamAudioSourceNode; analyser: AnalyserNode; samples: Uint8Array<ArrayBuffer> }>()

  listen(name: string, track: MediaStreamTrack): void {
    this.stop(name)
    this.#context ??= unheardContext()
    if (this.#context.state === "suspended") void this.#context.resume().catch(() => undefined)
    const source = this.#context.createMediaStreamSource(new MediaStream([track]))
    const analyser = this.#context.createAnalyser()
    analyser.fftSize = 512
    source.connect(analyser)
    this.#taps.set(name, { source, analyser, samples: new Uint8Array(analyser.fftSize) })
  }

  /** 0 (silence) to 1. Undefined when nothing is listened to or the context does not run: then we do not know. */
  level(name: string): number | undefined {
    const tap = this.#taps.get(name)
    if (tap === undefined || this.#context?.state !== "running") return undefined
    tap.analyser.getByteTimeDomainData(tap.samples)
    let sum = 0
    for (const sample of tap.samples) sum += ((sample - 128) / 128) ** 2
    const rms = Math.sqrt(sum / tap.samples.length)
    // Decibels from -60 to 0 spread over the scale: ears hear ratios.
    return rms === 0 ? 0 : Math.min(1, Math.max(0, 1 + (20 * Math.log10(rms)) / 60))
  }

  stop(name: string): void {
    this.#taps.get(name)?.source.disconnect()
    this.#taps.delete(name)
  }

  close(): void {
    for (const name of [...this.#taps.keys()]) this.stop(name)
    void this.#context?.close()
    this.#context = undefined
  }
}

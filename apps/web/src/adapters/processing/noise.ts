/**
 * A microphone track in, a track with little but the voice out. This is comfort and not secrecy: wherever it cannot be had, the plain
 * microphone goes on (L72).
 */

import gtcrnWasm from "@sapphi-red/web-noise-suppressor/gtcrn.wasm?url"
import gtcrnWorklet from "@sapphi-red/web-noise-suppressor/gtcrnWorklet.js?url"
import rnnoiseSimdWasm from "@sapphi-red/web-noise-suppressor/rnnoise_simd.wasm?url"
import rnnoiseWasm from "@sapphi-red/web-noise-suppressor/rnnoise.wasm?url"
import rnnoiseWorklet from "@sapphi-red/web-noise-suppressor/rnnoiseWorklet.js?url"
import { GtcrnWorkletNode, loadGtcrn, loadRnnoise, RnnoiseWorkletNode } from "@sapphi-red/web-noise-suppressor"

export interface QuietMicrophone {
  readonly track: MediaStreamTrack
  /** Ends the track; the microphone stays its owner's. */
  close(): void
}

/** The rate both networks are made for. */
const sampleRate = 48_000
const runsWithinMs = 3_000

/** Resolves once sound passes through the network. Rejects when this browser cannot do it, or lets no sound run. */
export async function quiet(microphone: MediaStreamTrack, broke: () => void): Promise<QuietMicrophone> {
  const context = new AudioContext({ sampleRate })
  try {
    await running(context)
    const voice = await voiceNode(context)
    voice.addEventListener("processorerror", broke)
    const out = context.createMediaStreamDestination()
    out.channelCount = 1
    context
      .createMediaStreamSource(new MediaStream([microphone]))
      .connect(voice)
      .connect(out)
    const [track] = out.stream.getAudioTracks()
    if (track === undefined) throw new Error("bug: a destination has a track")
    return {
      track,
      close: () => {
        voice.destroy()
        track.stop()
        void context.close()
      },
    }
  } catch (error) {
    void context.close()
    throw error
  }
}

/** A context that does not run would swallow the voice. While a microphone is on, browsers let sound run. */
async function running(context: AudioContext): Promise<void> {
  const late = new Promise<never>((_, reject) => setTimeout(() => reject(new Error("sound does not run")), runsWithinMs))
  await Promise.race([context.resume(), late])
}

async function voiceNode(context: AudioContext): Promise<GtcrnWorkletNode | RnnoiseWorkletNode> {
  try {
    const wasmBinary = await loadGtcrn({ url: gtcrnWasm })
    await context.audioWorklet.addModule(gtcrnWorklet)
    return new GtcrnWorkletNode(context, { maxChannels: 1, wasmBinary })
  } catch {
    const wasmBinary = await loadRnnoise({ url: rnnoiseWasm, simdUrl: rnnoiseSimdWasm })
    await context.audioWorklet.addModule(rnnoiseWorklet)
    return new RnnoiseWorkletNode(context, { maxChannels: 1, wasmBinary })
  }
}

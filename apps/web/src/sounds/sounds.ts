/** Short notes made on this device: no file is fetched, and nobody else hears them. look.md, "Motion, sound". */

export type Sound = "came" | "went" | "door" | "hand" | "ended"

/** One note: how high, when it begins and how long it rings, in seconds; how loud, from 0 to 1. */
export interface Note {
  readonly hertz: number
  readonly at: number
  readonly rings: number
  readonly loud: number
}

/** Somebody comes: one soft note; goes: one lower. Door: two taps. Hand: one high. Cut off or removed: one low. */
export const notesOf: Readonly<Record<Sound, readonly Note[]>> = {
  came: [{ hertz: 659.3, at: 0, rings: 0.5, loud: 0.09 }],
  went: [{ hertz: 493.9, at: 0, rings: 0.5, loud: 0.08 }],
  door: [
    { hertz: 329.6, at: 0, rings: 0.14, loud: 0.22 },
    { hertz: 329.6, at: 0.18, rings: 0.2, loud: 0.22 },
  ],
  hand: [{ hertz: 784, at: 0, rings: 0.4, loud: 0.1 }],
  ended: [{ hertz: 174.6, at: 0, rings: 0.9, loud: 0.24 }],
}

let context: AudioContext | undefined

/** Plays one; silently nothing where the browser lets no sound run yet. `speaker`: the one chosen for the call. */
export function playSound(sound: Sound, speaker?: string): void {
  if (typeof AudioContext === "undefined") return
  context ??= new AudioContext()
  const { currentTime } = context
  route(context, speaker)
  // A browser that wants a press first keeps this waiting; a note that comes a minute late would say something untrue.
  if (context.state === "suspended") void context.resume().catch(() => undefined)
  if (context.state === "suspended" && !navigator.userActivation.hasBeenActive) return
  for (const note of notesOf[sound]) ring(context, currentTime + 0.02, note)
}

/** A sine that begins without a click and fades as a struck thing does, and one an octave above that fades sooner. */
function ring(into: AudioContext, begins: number, { hertz, at, rings, loud }: Note): void {
  for (const [times, share] of [[1, 1] as const, [2, 0.25] as const]) {
    const [tone, gain] = [into.createOscillator(), into.createGain()]
    const start = begins + at
    tone.frequency.value = hertz * times
    gain.gain.setValueAtTime(0, start)
    gain.gain.linearRampToValueAtTime(loud * share, start + 0.012)
    gain.gain.exponentialRampToValueAtTime(0.0001, start + rings / times)
    tone.connect(gain).connect(into.destination)
    tone.start(start)
    tone.stop(start + rings)
  }
}

function route(into: AudioContext, speaker: string | undefined): void {
  if (speaker === undefined || !("setSinkId" in into)) return
  const { setSinkId } = into as AudioContext & { setSinkId: (id: string) => Promise<void> }
  setSinkId.call(into, speaker).catch(() => undefined)
}

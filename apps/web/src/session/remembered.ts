/** Small things this browser remembers for a person: device choices and the name. Nothing of a room, no key, no link. */

type Thing = "camera" | "microphone" | "speaker" | "name"

const keyOf = (thing: Thing): string => `conclave.${thing}`

/** Undefined when there is none, or the browser keeps nothing (private windows). */
export function remembered(thing: Thing): string | undefined {
  try {
    return localStorage.getItem(keyOf(thing)) ?? undefined
  } catch {
    return undefined
  }
}

export function remember(thing: Thing, value: string): void {
  try {
    localStorage.setItem(keyOf(thing), value)
  } catch {
    // A browser that stores nothing still makes calls.
  }
}

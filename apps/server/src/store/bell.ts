/** Tells whoever sends that there is something new to be sent. */

export interface Bell {
  ring(): void
  onRing(listener: () => void): void
}

export function newBell(): Bell {
  const listeners: (() => void)[] = []
  return {
    ring: () => listeners.forEach((listener) => listener()),
    onRing: (listener) => void listeners.push(listener),
  }
}

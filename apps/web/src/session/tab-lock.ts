/** One tab of a browser holds a room's call at a time (D11, A1.10): two would share one device key. */

export interface TabLock {
  release(): void
}

/** Longer than a page that is being reloaded takes to let go of its lock, shorter than a person's patience. */
const patienceMs = 3_000

/**
 * Takes the room's lock. Undefined when another tab holds it and keeps it. With `steal` the other tab loses it, and hears so by
 * its `lost`.
 */
export function takeTabLock(
  room: string,
  { steal, lost }: { readonly steal: boolean; readonly lost: () => void },
): Promise<TabLock | undefined> {
  return new Promise((resolve) => {
    let release: () => void = () => undefined
    const held = new Promise<void>((done) => {
      release = done
    })
    let isHeld = false
    navigator.locks
      .request(`conclave.room.${room}`, steal ? { steal } : { signal: AbortSignal.timeout(patienceMs) }, () => {
        isHeld = true
        resolve({ release })
        return held
      })
      .catch(() => {
        // Stolen by another tab; or never got, because another holds it or this browser gives no lock: no call then either.
        if (isHeld) lost()
        else resolve(undefined)
      })
  })
}

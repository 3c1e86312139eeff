/** One tab of a browser holds a room's call at a time (D11, A1.10): two would share one device key. */

export interface TabLock {
  release(): void
}

/**
 * Takes the room's lock. Undefined when another tab holds it. With `steal` the other tab loses it, and hears so by
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
      .request(`conclave.room.${room}`, steal ? { steal } : { ifAvailable: true }, (lock) => {
        if (lock === null) {
          resolve(undefined)
          return undefined
        }
        isHeld = true
        resolve({ release })
        return held
      })
      .catch(() => {
        // AbortError: stolen by another tab. Anything else means that this browser gives no lock: no call then either.
        if (isHeld) lost()
        else resolve(undefined)
      })
  })
}

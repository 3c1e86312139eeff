/** One tab of a browser holds a room's call at a time (D11, A1.10): two would share one device key. */

export interface TabLock {
  release(): void
}

/**
 * How long to wait for a tab that may be on its way out. A reloaded page knows that it was here a moment ago: its old
 * self lets go, on a busy machine after some seconds. Anybody else is told soon that there is another tab.
 */
const patienceMs = { reloaded: 15_000, new: 1_000 } as const

/**
 * Takes the room's lock. Undefined when another tab holds it and keeps it. With `steal` the other tab loses it, and hears so by
 * its `lost`.
 */
export function takeTabLock(
  room: string,
  { steal, isReload, lost }: { readonly steal: boolean; readonly isReload: boolean; readonly lost: () => void },
): Promise<TabLock | undefined> {
  return new Promise((resolve) => {
    let release: () => void = () => undefined
    const held = new Promise<void>((done) => {
      release = done
    })
    let isHeld = false
    navigator.locks
      .request(
        `conclave.room.${room}`,
        steal ? { steal } : { signal: AbortSignal.timeout(isReload ? patienceMs.reloaded : patienceMs.new) },
        () => {
          isHeld = true
          resolve({ release })
          return held
        },
      )
      .catch(() => {
        // Stolen by another tab; or never got, because another holds it or this browser gives no lock: no call then either.
        if (isHeld) lost()
        else resolve(undefined)
      })
  })
}

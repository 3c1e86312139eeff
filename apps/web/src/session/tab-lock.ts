/** One tab of a browser holds a room's call at a time (D11, A1.10): two would share one device key. */

export interface TabLock {
  release(): void
}

/**
 * How long to wait for a tab that may be on its way out. A reloaded page knows that it was here a moment ago: its old
 * self lets go, on a busy machine after some seconds. Anybody else is told soon that there is another tab.
 */
const patienceMs = { reloaded: 15_000, new: 1_000 } as const

/** A busy browser takes its time to give out a lock that is free: only one that is held means another tab. */
async function patience(name: string, isReload: boolean): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, isReload ? patienceMs.reloaded : patienceMs.new))
  if (isReload) return
  const { held = [] } = await navigator.locks.query()
  if (!held.some((lock) => lock.name === name)) await new Promise((resolve) => setTimeout(resolve, patienceMs.reloaded))
}

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
    const name = `conclave.room.${room}`
    const given = new AbortController()
    const giveUp = (): void => {
      given.abort()
    }
    if (!steal) patience(name, isReload).then(giveUp, giveUp)
    navigator.locks
      .request(name, steal ? { steal } : { signal: given.signal }, () => {
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

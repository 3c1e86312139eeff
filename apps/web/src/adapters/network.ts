/** What the browser knows of its network before any packet is missed. Hints: a lie costs one try too many. */

export interface NetworkEvents {
  /** There may be another network, or one again, or the machine woke up: what is broken should be tried now. */
  changed(): void
}

/** Phones tell of a change from one kind of network to another. Where `type` is missing, the event tells of estimates alone. */
interface NetworkInformation extends EventTarget {
  readonly type?: string
}

const connectionOf = (): NetworkInformation | undefined =>
  (navigator as Navigator & { readonly connection?: NetworkInformation }).connection

/** Listens until the returned function is called. */
export function onNetwork(events: NetworkEvents): () => void {
  const changed = (): void => {
    if (navigator.onLine) events.changed()
  }
  const connection = connectionOf()
  let type = connection?.type
  const moved = (): void => {
    if (connection?.type === type) return
    type = connection?.type
    changed()
  }
  globalThis.addEventListener("online", changed)
  document.addEventListener("resume", changed)
  connection?.addEventListener("change", moved)
  return () => {
    globalThis.removeEventListener("online", changed)
    document.removeEventListener("resume", changed)
    connection?.removeEventListener("change", moved)
  }
}

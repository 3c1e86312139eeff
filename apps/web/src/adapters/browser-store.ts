/** One store of this origin's IndexedDB, one transaction at a time. */

/**
 * Does one thing in one transaction; what it wrote is on the disk when this is over. Undefined when the browser would not: some private
 * windows keep nothing.
 */
export type InStore = (mode: IDBTransactionMode, work: (things: IDBObjectStore) => IDBRequest) => Promise<unknown>

/** The store of this name in a database of its own; made when it is first used. */
export function browserStore(database: string, store: string): InStore {
  return async (mode, work) => {
    try {
      const opened = await open(database, store)
      try {
        const transaction = opened.transaction(store, mode, { durability: "strict" })
        const result: unknown = await settled(work(transaction.objectStore(store)))
        if (mode === "readwrite") await ended(transaction)
        return result
      } finally {
        opened.close()
      }
    } catch (cause) {
      if (cause instanceof DOMException) return undefined
      throw cause
    }
  }
}

function open(database: string, store: string): Promise<IDBDatabase> {
  const request = indexedDB.open(database, 1)
  request.onupgradeneeded = () => {
    request.result.createObjectStore(store)
  }
  return settled(request)
}

const settled = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new DOMException("", "UnknownError"))
  })

/** A write counts when its transaction does. */
const ended = (transaction: IDBTransaction): Promise<void> =>
  new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve()
    transaction.onabort = () => reject(transaction.error ?? new DOMException("", "AbortError"))
  })

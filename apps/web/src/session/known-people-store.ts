/** Keeps the known people in this browser's IndexedDB. Where it keeps nothing (private windows), everybody is new. */

import { readKnown, type KnownPeople, type KnownPerson } from "./known-people.ts"

const database = "conclave-people"
const store = "people"

/** Everybody this device knows. */
export async function loadKnownPeople(): Promise<KnownPeople> {
  const kept = await within("readonly", (people) => people.getAll())
  const found = Array.isArray(kept) ? kept.map(readKnown).filter((one) => one !== undefined) : []
  return new Map(found.toSorted((a, b) => lastSeen(a) - lastSeen(b)).map((one) => [one.key, one]))
}

/** Writes what changed between the two, and nothing else: another tab may have learnt of others meanwhile. */
export async function saveKnownPeople(before: KnownPeople, after: KnownPeople): Promise<void> {
  for (const [key, person] of after) if (before.get(key) !== person) await within("readwrite", (people) => people.put(person, key))
  for (const key of before.keys()) if (!after.has(key)) await within("readwrite", (people) => people.delete(key))
}

const lastSeen = ({ devices }: KnownPerson): number => Math.max(0, ...devices.map((one) => one.at))

/** Does one thing in one transaction. Undefined when the browser would not. */
async function within(mode: IDBTransactionMode, work: (people: IDBObjectStore) => IDBRequest): Promise<unknown> {
  try {
    const opened = await open()
    try {
      const transaction = opened.transaction(store, mode)
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

function open(): Promise<IDBDatabase> {
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

/**
 * Keeps this device's key pairs in IndexedDB: room keys of rooms made here and one device key a room (D2, D10). The browser
 * stores them as they are, not extractable: no script, ours included, can read the private halves.
 */

import { memoryKeyShelf, type KeyShelf } from "@conclave/crypto/room"

const database = "conclave-keys"
const store = "pairs"

/**
 * The shelf of this origin. Where the browser keeps nothing (some private windows), keys live as long as the page: a
 * reload is then a new device, which the others see.
 */
export function keyStore(): KeyShelf {
  const forgetful = memoryKeyShelf()
  return {
    async get(name) {
      const kept = await within("readonly", (pairs) => pairs.get(name))
      return isPair(kept) ? kept : forgetful.get(name)
    },
    async put(name, pair) {
      await forgetful.put(name, pair)
      await within("readwrite", (pairs) => pairs.put(pair, name))
    },
  }
}

/** Does one thing in one transaction. Undefined when the browser would not. */
async function within(mode: IDBTransactionMode, work: (pairs: IDBObjectStore) => IDBRequest): Promise<unknown> {
  const opened = await open()
  if (opened === undefined) return undefined
  try {
    const request = work(opened.transaction(store, mode, { durability: "strict" }).objectStore(store))
    return await settled(request)
  } catch (cause) {
    if (cause instanceof DOMException) return undefined
    throw cause
  } finally {
    opened.close()
  }
}

async function open(): Promise<IDBDatabase | undefined> {
  try {
    const request = indexedDB.open(database, 1)
    request.onupgradeneeded = () => {
      request.result.createObjectStore(store)
    }
    return await settled(request)
  } catch (cause) {
    if (cause instanceof DOMException) return undefined
    throw cause
  }
}

const settled = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => {
      // A write counts when its transaction does.
      const { transaction } = request
      if (transaction?.mode !== "readwrite") resolve(request.result)
      else
        transaction.oncomplete = () => {
          resolve(request.result)
        }
    }
    request.onerror = () => {
      reject(request.error ?? new DOMException("", "UnknownError"))
    }
  })

const isPair = (value: unknown): value is CryptoKeyPair =>
  typeof value === "object" && value !== null && "privateKey" in value && value.privateKey instanceof CryptoKey

/** A person's own picture to stand before. Kept in this browser's IndexedDB, made small first, and never sent. */

const [database, store, key] = ["conclave-background", "pictures", "own"]
const longest = 1280

/** Keeps a picture file. False when it is no picture, or the browser keeps nothing. */
export async function keepOwnScene(file: Blob): Promise<boolean> {
  try {
    const whole = await createImageBitmap(file)
    const scale = Math.min(1, longest / Math.max(whole.width, whole.height))
    const canvas = new OffscreenCanvas(Math.round(whole.width * scale), Math.round(whole.height * scale))
    canvas.getContext("2d")?.drawImage(whole, 0, 0, canvas.width, canvas.height)
    whole.close()
    // Drawn anew: what else the file held (place, camera, date) stays behind.
    const picture = await canvas.convertToBlob({ type: "image/jpeg", quality: 0.9 })
    await within("readwrite", (pictures) => pictures.put(picture, key))
    return true
  } catch {
    return false
  }
}

/** Undefined when there is none. */
export async function ownScene(): Promise<Blob | undefined> {
  try {
    const kept: unknown = await within("readonly", (pictures) => pictures.get(key))
    return kept instanceof Blob ? kept : undefined
  } catch {
    return undefined
  }
}

async function within<T>(mode: IDBTransactionMode, act: (pictures: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const opening = indexedDB.open(database, 1)
  opening.onupgradeneeded = () => {
    opening.result.createObjectStore(store)
  }
  const opened = await answer(opening)
  try {
    return await answer(act(opened.transaction(store, mode).objectStore(store)))
  } finally {
    opened.close()
  }
}

function answer<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => {
      resolve(request.result)
    }
    request.onerror = () => {
      reject(request.error ?? new Error("bug: a request fails with an error"))
    }
  })
}

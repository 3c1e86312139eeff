/** What a page shows and what its browser keeps for it, as bytes to search. */

import type { Page } from "puppeteer-core"
import type { Place } from "../leaks/canaries.ts"

/** Runs in the page. Self-contained: it is sent as text. Bytes come as base64, keys as nothing: no script can read them. */
async function collect(): Promise<[where: string, texts: string[], bytes: string[]][]> {
  const spread = (value: unknown, into: { texts: string[]; bytes: string[] }): void => {
    if (typeof value === "string") into.texts.push(value)
    if (typeof value !== "object" || value === null) return
    if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) {
      const view = value instanceof ArrayBuffer ? new Uint8Array(value) : new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
      into.bytes.push(btoa(Array.from(view, (byte) => String.fromCharCode(byte)).join("")))
      return
    }
    for (const [key, one] of value instanceof Map ? value : Object.entries(value)) [key, one].forEach((part) => spread(part, into))
  }
  const said = <T>(request: IDBRequest<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => reject(request.error ?? new Error("it would not say"))
    })

  const stores = async (name: string): Promise<unknown[]> => {
    const database = await said(indexedDB.open(name))
    try {
      const all = [...database.objectStoreNames].map((store) => database.transaction(store).objectStore(store))
      return await Promise.all(all.flatMap((store) => [said(store.getAllKeys()), said(store.getAll())]))
    } finally {
      database.close()
    }
  }

  const fields = [...document.querySelectorAll("input")].map((field) => field.value)
  const places: [string, unknown][] = [
    ["the page", [document.documentElement.outerHTML, document.title, ...fields]],
    ["the address", [location.href, document.referrer]],
    ["local storage", Object.entries(localStorage)],
    ["session storage", Object.entries(sessionStorage)],
    ["cookies", document.cookie],
  ]
  for (const { name = "" } of await indexedDB.databases()) places.push([`database ${name}`, await stores(name)])
  for (const name of await caches.keys()) {
    const cache = await caches.open(name)
    const requests = await cache.keys()
    const bodies = await Promise.all(requests.map(async (request) => (await cache.match(request))?.arrayBuffer()))
    places.push([`cache ${name}`, [requests.map(({ url }) => url), bodies]])
  }
  return places.map(([where, value]) => {
    const into = { texts: [], bytes: [] }
    spread(value, into)
    return [where, into.texts, into.bytes]
  })
}

/** Page, address, storages, cookies, databases and caches of this page's origin. */
export async function keptBy(page: Page): Promise<Place[]> {
  const all = await page.evaluate(collect)
  return all.map(([where, texts, bytes]) => ({
    where: `kept in ${where}`,
    content: Buffer.concat([Buffer.from(texts.join("\n")), ...bytes.map((text) => Buffer.from(`\n${text}`, "base64"))]),
  }))
}

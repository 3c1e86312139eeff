/** The shell of the key worker: messages to the desk and back. The engine starts loading before anybody asks for it. */

import { loadEngine } from "@conclave/mls-engine"
import engineUrl from "@conclave/mls-engine/engine.wasm?url"
import { providerKeys, serverKeys } from "../adapters/identity-provider.ts"
import { keyDesk } from "./key-desk.ts"
import { keyStore, passwordStore } from "./key-store.ts"
import { parsePageMessage, type KeysToPage } from "./messages.ts"

declare const self: DedicatedWorkerGlobalScope

/** D35: refused unless its hash is the one in our source. */
const engine = fetch(engineUrl).then(loadEngine)
// Said when somebody asks for it, not as an unhandled rejection before.
engine.catch(() => undefined)

const hear = keyDesk({
  loadEngine: () => engine,
  shelf: keyStore(),
  passwordShelf: passwordStore(),
  providerKeys: providerKeys(() => Date.now()),
  serverKeys: serverKeys(() => Date.now()),
  origin: self.location.origin,
  post: (message: KeysToPage) => {
    self.postMessage(message)
  },
  now: () => Date.now(),
  // Its kind only: an error's text could be anything.
  reportBug: (bug) => {
    console.error("key worker:", bug instanceof Error ? bug.name : typeof bug)
  },
})

self.onmessage = ({ data }: MessageEvent<unknown>) => {
  const message = parsePageMessage(data)
  if (message !== undefined) hear(message)
}

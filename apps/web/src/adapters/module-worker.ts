/** Starts our workers under Trusted Types (D28): no other address can become a worker, whatever a script asks for. */

import backgroundUrl from "../background-worker/worker.ts?worker&url"
import framesUrl from "../frame-worker/worker.ts?worker&url"
import keysUrl from "../key-worker/worker.ts?worker&url"

const urls = { background: backgroundUrl, frames: framesUrl, keys: keysUrl } as const

/** A part of Trusted Types (W3C), which browsers without it do not enforce either. */
interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): string }
}

const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes }

/** Named in the server's Content-Security-Policy; a second policy of that name is refused by the browser. */
const policy = trustedTypes?.createPolicy("conclave-workers", {
  createScriptURL(url) {
    if (!Object.values(urls).includes(url)) throw new Error("bug: not a worker of ours")
    return url
  },
})

/** Starts a worker as an ES module. */
export function moduleWorker(name: keyof typeof urls): Worker {
  const url = urls[name]
  return new Worker(policy?.createScriptURL(url) ?? url, { type: "module", name })
}

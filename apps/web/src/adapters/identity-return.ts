/**
 * The way back from a provider. The pop-up has no opener (COOP cut it off), so it says what it was given on a channel that
 * only pages of our own origin in the same browser hear. The answer stands behind `#`: our server never sees it.
 */

/** What a provider answered, as the pop-up read it from its address. */
export interface Returned {
  readonly state: string
  readonly code?: string
  readonly error?: string
  /** Who says so (RFC 9207). */
  readonly iss?: string
}

/** Where providers send people back to; registered with each of them. */
export const returnPath = "/identity"

const channel = "conclave-identity"

/** Hands over what stands in the address and closes the window. Does nothing but that: no room, no key, no link is here. */
export function handOver(): void {
  const answer = new URLSearchParams(location.hash.slice(1))
  history.replaceState(null, "", returnPath)
  const state = answer.get("state")
  if (state === null) return
  const say = new BroadcastChannel(channel)
  say.postMessage({ state, ...given(answer, "code"), ...given(answer, "error"), ...given(answer, "iss") } satisfies Returned)
  say.close()
  window.close()
}

function given(answer: URLSearchParams, name: "code" | "error" | "iss"): Partial<Returned> {
  const value = answer.get(name)
  return value === null ? {} : { [name]: value }
}

/** Waits for the answer to one sign-in. Undefined when it was given up. */
export function returned(state: string, signal: AbortSignal): Promise<Returned | undefined> {
  const { promise, resolve } = Promise.withResolvers<Returned | undefined>()
  const hear = new BroadcastChannel(channel)
  hear.onmessage = ({ data }: MessageEvent<unknown>) => {
    // Other tabs sign in too; an answer without our state is not ours (RFC 6749 section 10.12).
    if (isReturned(data) && data.state === state) resolve(data)
  }
  const giveUp = (): void => resolve(undefined)
  signal.addEventListener("abort", giveUp)
  if (signal.aborted) giveUp()
  return promise.finally(() => {
    hear.close()
    signal.removeEventListener("abort", giveUp)
  })
}

function isReturned(data: unknown): data is Returned {
  if (typeof data !== "object" || data === null || !("state" in data) || typeof data.state !== "string") return false
  return Object.values(data).every((value) => typeof value === "string" && value.length <= 4096)
}

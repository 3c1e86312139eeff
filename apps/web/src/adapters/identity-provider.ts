/**
 * The network side of identity providers (D19.7): where a provider does what, and its keys. Asked from page and key worker
 * alike, of the provider itself and without cookies. Whatever comes back is somebody else's: bounded, and checked by who asked.
 */

import { isSafeUrl, jsonObject } from "@conclave/crypto/identity"

/** Where a provider takes sign-ins. */
export interface Provider {
  readonly issuer: string
  readonly authorization: URL
  readonly token: URL
  readonly keys: URL
  /** It says who answers in the answer itself (RFC 9207), so an answer that does not say is not its own. */
  readonly namesItself: boolean
  /** It lets us ask for names in the token (OpenID Connect Core section 5.5); others put them there by themselves, or not. */
  readonly takesClaims: boolean
}

const maxBytes = 64 * 1024
const patienceMs = 10_000
const freshMs = 10 * 60_000
const newKeysMs = 60_000

/** Asks a provider where things are (OpenID Connect Discovery section 4). Undefined when it cannot be asked or says what is not allowed. */
export async function discover(issuer: string): Promise<Provider | undefined> {
  const found = await fetchObject(new URL(`${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`))
  if (found?.["issuer"] !== issuer) return undefined
  const methods = found["code_challenge_methods_supported"]
  if (Array.isArray(methods) && !methods.includes("S256")) return undefined
  const [authorization, token, keys] = ["authorization_endpoint", "token_endpoint", "jwks_uri"].map((name) => ownUrl(found[name], issuer))
  if (authorization === undefined || token === undefined || keys === undefined) return undefined
  const namesItself = found["authorization_response_iss_parameter_supported"] === true
  return { issuer, authorization, token, keys, namesItself, takesClaims: found["claims_parameter_supported"] === true }
}

/** Only the issuer's own origin: it is the one that the page may connect to (D19.10), and the one people see in the badge. */
function ownUrl(value: unknown, issuer: string): URL | undefined {
  const url = typeof value === "string" && value.length <= 1024 ? URL.parse(value) : null
  return url !== null && isSafeUrl(url) && url.origin === new URL(issuer).origin ? url : undefined
}

/** Reads a JSON object of at most 64 kB. Undefined for whatever else happens. */
export async function fetchObject(url: URL, form?: URLSearchParams): Promise<Readonly<Record<string, unknown>> | undefined> {
  try {
    const response = await fetch(url, {
      ...(form === undefined ? {} : { method: "POST", body: form }),
      headers: { accept: "application/json" },
      // No cookie of the person goes along, and no redirect leads elsewhere.
      ...{ credentials: "omit", redirect: "error", referrerPolicy: "no-referrer", cache: "no-store", mode: "cors" },
      signal: AbortSignal.timeout(patienceMs),
    })
    const text = response.ok ? await boundedText(response) : undefined
    return text === undefined ? undefined : jsonObject(text)
  } catch {
    // Not reached, too slow, redirected, or not allowed by the browser: for us it has said nothing.
    return undefined
  }
}

async function boundedText({ body }: Response): Promise<string | undefined> {
  if (body === null) return undefined
  const decoder = new TextDecoder("utf-8", { fatal: true })
  const reader = body.getReader()
  let text = ""
  for (let length = 0; ;) {
    const { done, value } = await reader.read()
    if (done) return text + decoder.decode()
    length += value.length
    if (length > maxBytes) {
      await reader.cancel()
      return undefined
    }
    text += decoder.decode(value, { stream: true })
  }
}

interface Kept {
  readonly at: number
  /** `isNew`: the provider gave them at that time; else they are those from before. */
  readonly answer: Promise<{ readonly keys: unknown; readonly isNew: boolean }>
}

/** Keeps each provider's keys for ten minutes. A key that is missing, or a provider that was away, is asked for once a minute at most. */
export const providerKeys = (now: () => number): KeysOf => keptKeys(now, fetchKeys)

/** The same for what a server signs statements about its accounts with (D39.37). `issuer` is our own origin. */
export const serverKeys = (now: () => number): KeysOf => keptKeys(now, (origin) => fetchObject(new URL("/api/v1/entry-keys", origin)))

/** A provider's keys; `isMissing`: those given before lack one. Undefined while none were to be had. */
type KeysOf = (issuer: string, isMissing: boolean) => Promise<unknown>

function keptKeys(now: () => number, fetchKeys: (issuer: string) => Promise<unknown>): KeysOf {
  const kept = new Map<string, Kept>()
  return async (issuer, isMissing) => {
    const last = kept.get(issuer)
    const before = await last?.answer
    const patience = isMissing || before?.isNew !== true ? newKeysMs : freshMs
    // Whoever asked at the same moment is asked for already: see what came of that.
    if (kept.get(issuer) !== last || (last !== undefined && now() - last.at < patience)) return (await kept.get(issuer)?.answer)?.keys
    const answer = fetchKeys(issuer).then((keys) => ({ keys: keys ?? before?.keys, isNew: keys !== undefined }))
    kept.set(issuer, { at: now(), answer })
    return (await answer).keys
  }
}

async function fetchKeys(issuer: string): Promise<unknown> {
  const provider = await discover(issuer)
  return provider === undefined ? undefined : fetchObject(provider.keys)
}

/**
 * Signing in with the organisation's provider (D19): authorization code with PKCE (RFC 7636) in a pop-up, as a public client.
 * Verifier, state and code stay in this page; the result is a token that is worth nothing without this device's identity key.
 */

import { checkToken, identityKey, isIssuer, nonceOf, type Identity, type Issuer } from "@conclave/crypto/identity"
import { isRefusal, type KeyShelf } from "@conclave/crypto/room"
import { toBase64url } from "@conclave/wire"
import { keyStore } from "../key-worker/key-store.ts"
import { discover, fetchObject, providerKeys, type Provider } from "./identity-provider.ts"
import { returned, returnPath, type Returned } from "./identity-return.ts"

/** What came of signing in: who one is, and the token for the key worker. */
export interface SignedIn {
  readonly token: string
  readonly identity: Identity
}

/**
 * `pop-up-blocked`: the browser opened none. `given-up`: the person closed it or said no. `provider-unreachable`: also when it
 * refuses requests from our origin. `not-accepted`: what came back is not for us.
 */
export type SignInFailure = "pop-up-blocked" | "given-up" | "provider-unreachable" | "not-accepted" | "unsupported-browser"

/** A sign-in that has everything but the person's click. */
export interface PreparedSignIn {
  /** Opens the pop-up: call it in the click itself, or the browser blocks it. */
  open(signal: AbortSignal): Promise<SignedIn | SignInFailure>
}

const keys = providerKeys(() => Date.now())

/** The providers this server is set up with. What counts in a room is its signed policy. */
export async function offeredIssuers(): Promise<readonly Issuer[]> {
  const answer = await fetchObject(new URL("/api/identity", location.href))
  const issuers = answer?.["issuers"]
  return Array.isArray(issuers) ? issuers.filter(isIssuer).slice(0, 5) : []
}

/** What signing in needs of the browser. */
export interface SignInParts {
  readonly shelf: KeyShelf
  /** Where the provider sends people back to. */
  readonly ourAddress: string
  /** False when the browser opens none. */
  readonly openWindow: (url: URL) => boolean
}

const browserParts = (): SignInParts => ({
  shelf: keyStore(),
  ourAddress: new URL(returnPath, location.href).href,
  openWindow: (url) => window.open(url, "_blank", "popup,width=480,height=680") !== null,
})

/** Asks the provider where to go and makes what only this page knows. */
export async function prepareSignIn(issuer: Issuer, parts = browserParts()): Promise<PreparedSignIn | SignInFailure> {
  const [provider, key] = await Promise.all([discover(issuer.issuer), identityKey(parts.shelf, issuer.issuer)])
  if (isRefusal(key)) return "unsupported-browser"
  if (provider === undefined) return "provider-unreachable"
  const tries: Try = { issuer, provider, key: key.publicKey, state: random(), verifier: random(), ourAddress: parts.ourAddress }
  const url = await addressOf(tries)
  return {
    open(signal) {
      const blocked = new AbortController()
      const answer = returned(tries.state, AbortSignal.any([signal, blocked.signal]))
      if (!parts.openWindow(url)) {
        blocked.abort()
        return Promise.resolve("pop-up-blocked")
      }
      return answer.then((one) => finish(tries, one))
    },
  }
}

interface Try {
  readonly issuer: Issuer
  readonly provider: Provider
  readonly key: Uint8Array<ArrayBuffer>
  readonly state: string
  readonly verifier: string
  readonly ourAddress: string
}

const random = (): string => toBase64url(crypto.getRandomValues(new Uint8Array(32)))

async function addressOf({ issuer, provider, key, state, verifier, ourAddress }: Try): Promise<URL> {
  const url = new URL(provider.authorization)
  const challenge = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier)))
  const asked = {
    response_type: "code",
    // Behind `#`, where our server does not see it.
    response_mode: "fragment",
    client_id: issuer.clientId,
    redirect_uri: ourAddress,
    scope: "openid profile email",
    state,
    nonce: await nonceOf(key),
    code_challenge: toBase64url(challenge),
    code_challenge_method: "S256",
    ...(provider.takesClaims ? { claims: '{"id_token":{"name":null,"email":null,"email_verified":null}}' } : {}),
  }
  for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value)
  return url
}

async function finish(tries: Try, answer: Returned | undefined): Promise<SignedIn | SignInFailure> {
  const { issuer, provider, verifier, ourAddress } = tries
  if (answer === undefined || answer.error === "access_denied") return "given-up"
  // RFC 9207 section 2.4: a code is shown to the provider that gave it and to no other (A4.06).
  if ((answer.iss ?? (provider.namesItself ? undefined : provider.issuer)) !== provider.issuer) return "not-accepted"
  if (answer.code === undefined) return "not-accepted"
  const form = { grant_type: "authorization_code", code: answer.code, redirect_uri: ourAddress, client_id: issuer.clientId }
  const given = await fetchObject(provider.token, new URLSearchParams({ ...form, code_verifier: verifier }))
  if (given === undefined) return "provider-unreachable"
  const token = given["id_token"]
  if (typeof token !== "string") return "not-accepted"
  const identity = await checkToken(
    { token, identityPublicKey: tries.key, now: Date.now() },
    { issuers: () => [issuer], providerKeys: keys },
  )
  return isRefusal(identity) ? "not-accepted" : { token, identity }
}

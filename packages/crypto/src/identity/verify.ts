/**
 * Organisation identity as each peer checks it for itself (D19): the provider signed the token, for our client, for this
 * device's identity key, today. The server is asked for nothing.
 */

import { toBase64url } from "../base64url.ts"
import { sha256 } from "../platform.ts"
import { isRefusal, refusal, type Refusal } from "../refusal.ts"
import { isBound, isTokenFor, parseProof } from "./binding.ts"
import { readClaims, type ClaimsRefusal } from "./claims.ts"
import type { Issuer } from "./issuer.ts"
import { parseJws, type Jws, type JwsRefusal } from "./jws.ts"
import { isTokenSignedBy, keysFor, parseKeySet, type ProviderKey } from "./provider-keys.ts"

/** Who somebody is, by the word of a provider. */
export interface Identity {
  readonly issuer: string
  readonly subject: string
  readonly name: string
  readonly email?: string
  /** SHA-256 of the identity public key, base64url: the same device in every room. */
  readonly identityDevice: string
}

export type IdentityRefusal = Refusal<
  JwsRefusal | ClaimsRefusal | "token-issuer" | "token-nonce" | "token-forged" | "binding-forged" | "provider-unreachable"
>

/** What the verifier is given. */
export interface VerifierParts {
  /** 22 base64url characters. */
  readonly room: string
  /** The issuers of the policy in force. */
  readonly issuers: () => readonly Issuer[]
  /**
   * The provider's JWK set, as JSON, fetched from the provider itself; undefined when it cannot be had. `isMissing` says
   * that the set given before lacks the key of a token: providers change keys, so a newer set may have it.
   */
  readonly providerKeys: (issuer: string, isMissing: boolean) => Promise<unknown>
}

/** Checks proofs. */
export interface IdentityVerifier {
  /** `now` in milliseconds since 1970. */
  verify(proof: string, devicePublicKey: Uint8Array, now: number): Promise<Identity | IdentityRefusal>
}

/** The verifier of one room. */
export function identityVerifier(parts: VerifierParts): IdentityVerifier {
  return { verify: (proof, devicePublicKey, now) => verify(parts, { proof, devicePublicKey, now }) }
}

interface Shown {
  readonly proof: string
  readonly devicePublicKey: Uint8Array
  readonly now: number
}

async function verify(parts: VerifierParts, { proof, devicePublicKey, now }: Shown): Promise<Identity | IdentityRefusal> {
  const read = parseProof(proof)
  const jws = read === undefined ? "token-malformed" : parseJws(read.token)
  if (read === undefined || typeof jws === "string") return refusal(jws === "token-algorithm" ? jws : "token-malformed")
  const issuer = parts.issuers().find((one) => one.issuer === jws.claims["iss"])
  if (issuer === undefined) return refusal("token-issuer")
  const claims = readClaims(jws.claims, issuer, now)
  if (typeof claims === "string") return refusal(claims)
  if (!(await isTokenFor(jws, read.identityPublicKey))) return refusal("token-nonce")
  if (!(await isBound(read, { room: parts.room, devicePublicKey }))) return refusal("binding-forged")
  // Last, because it asks somebody else: a token that cannot be good sends nobody to the network.
  const verdict = await checkSignature(parts, issuer.issuer, jws)
  if (isRefusal(verdict)) return verdict
  return { issuer: issuer.issuer, ...claims, identityDevice: toBase64url(await sha256(read.identityPublicKey)) }
}

async function checkSignature(parts: VerifierParts, issuer: string, jws: Jws): Promise<IdentityRefusal | undefined> {
  let isReached = false
  for (const isMissing of [false, true]) {
    const keys = parseKeySet(await parts.providerKeys(issuer, isMissing))
    isReached ||= keys !== undefined
    const fitting = keysFor(jws, keys ?? [])
    if (await isSignedByOne(fitting, jws)) return undefined
    // The key it names is there and did not sign it: another set will not change that.
    if (fitting.length > 0 && jws.keyId !== undefined) return refusal("token-forged")
  }
  return refusal(isReached ? "token-forged" : "provider-unreachable")
}

async function isSignedByOne(keys: readonly ProviderKey[], jws: Jws): Promise<boolean> {
  for (const key of keys) if (await isTokenSignedBy(key, jws)) return true
  return false
}

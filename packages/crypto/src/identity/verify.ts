/**
 * Organisation identity as each peer checks it for itself (D19): the provider signed the token, for our client, for this
 * device's identity key, today. The server is asked for nothing.
 */

import { toBase64url } from "../base64url.ts"
import { sha256, type Bytes } from "../platform.ts"
import { isRefusal, refusal, type Refusal } from "../refusal.ts"
import type { WishedRole } from "../room/identities.ts"
import { isBound, isTokenFor, parseProof } from "./binding.ts"
import { readClaims, type ClaimsRefusal } from "./claims.ts"
import type { Issuer } from "./issuer.ts"
import { parseJws, type Jws, type JwsRefusal } from "./jws.ts"
import { isStruckOut, readRevocation, type Revocation } from "./revocation.ts"
import { isTokenSignedBy, keysFor, parseKeySet, type ProviderKey } from "./provider-keys.ts"

/** Who somebody is, by the word of a provider. */
export interface Identity {
  readonly issuer: string
  readonly subject: string
  readonly name: string
  readonly email?: string
  readonly wish?: WishedRole
  /** SHA-256 of the identity public key, base64url: the same device in every room. */
  readonly identityDevice: string
  /** Other devices of the account that this one strikes out. */
  readonly revokes: readonly Revocation[]
}

export type IdentityRefusal = Refusal<
  | JwsRefusal
  | ClaimsRefusal
  | "token-issuer"
  | "token-nonce"
  | "token-forged"
  | "binding-forged"
  | "device-revoked"
  | "provider-unreachable"
>

/** Whom to believe, and how to reach them. */
export interface TokenParts {
  /** The issuers of the policy in force. */
  readonly issuers: () => readonly Issuer[]
  /**
   * The provider's JWK set, as JSON, fetched from the provider itself; undefined when it cannot be had. `isMissing` says
   * that the set given before lacks the key of a token: providers change keys, so a newer set may have it.
   */
  readonly providerKeys: (issuer: string, isMissing: boolean) => Promise<unknown>
  /** What is known to be struck out; none when left out. */
  readonly revocations?: () => readonly Revocation[]
}

/** What the verifier is given. */
export interface VerifierParts extends TokenParts {
  /** 22 base64url characters. */
  readonly room: string
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
  if (read === undefined) return refusal("token-malformed")
  // First what costs nothing and asks nobody.
  if (!(await isBound(read, { room: parts.room, devicePublicKey }))) return refusal("binding-forged")
  const { token, identityPublicKey } = read
  const identity = await checkToken({ token, identityPublicKey, now }, parts)
  if (isRefusal(identity)) return identity
  const revokes = await Promise.all(read.revocations.map((text) => readRevocation(text, { account: identity, by: identityPublicKey, now })))
  return { ...identity, revokes: revokes.filter((one) => one !== undefined) }
}

/** A token, and the identity key it should be for. `now` in milliseconds since 1970. */
export interface ShownToken {
  readonly token: string
  readonly identityPublicKey: Bytes
  readonly now: number
}

/** Checks a token without a room: as a device does that has just signed in. */
export async function checkToken({ token, identityPublicKey, now }: ShownToken, parts: TokenParts): Promise<Identity | IdentityRefusal> {
  const jws = parseJws(token)
  if (typeof jws === "string") return refusal(jws)
  const issuer = parts.issuers().find((one) => one.issuer === jws.claims["iss"])
  if (issuer === undefined) return refusal("token-issuer")
  const claims = readClaims(jws.claims, issuer, now)
  if (typeof claims === "string") return refusal(claims)
  if (!(await isTokenFor(jws, identityPublicKey))) return refusal("token-nonce")
  // Last, because it asks somebody else: a token that cannot be good sends nobody to the network.
  const verdict = await checkSignature(parts, issuer.issuer, jws)
  if (isRefusal(verdict)) return verdict
  const { iat, ...who } = claims
  const identity = { issuer: issuer.issuer, ...who, identityDevice: toBase64url(await sha256(identityPublicKey)) }
  if (isStruckOut({ ...identity, iat }, parts.revocations?.() ?? [])) return refusal("device-revoked")
  return { ...identity, revokes: [] }
}

async function checkSignature(parts: TokenParts, issuer: string, jws: Jws): Promise<IdentityRefusal | undefined> {
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

/**
 * The public keys of an identity provider (RFC 7517), and whether one of them signed a token. What a set holds beyond
 * the three kinds of key that we use is passed over: providers publish keys for other purposes beside these.
 */

import { fromBase64url } from "../base64url.ts"
import { subtle, type Bytes } from "../platform.ts"
import type { Algorithm, Jws } from "./jws.ts"

/** One key that may sign tokens. The algorithm is the key's, never the token's choice (RFC 8725 section 3.1). */
export interface ProviderKey {
  readonly algorithm: Algorithm
  readonly keyId: string | undefined
  /** Exactly the members that make up the key. */
  readonly jwk: JsonWebKey
  readonly signatureLength: number
}

/** More keys than this no provider has in use at one time. */
const maxKeys = 32

/** Reads a JWK set. Undefined when it is none; keys of other kinds are left out. */
export function parseKeySet(value: unknown): readonly ProviderKey[] | undefined {
  if (typeof value !== "object" || value === null || !("keys" in value) || !Array.isArray(value.keys)) return undefined
  return value.keys.slice(0, maxKeys).flatMap((key: unknown) => keyOf(key) ?? [])
}

function keyOf(value: unknown): ProviderKey | undefined {
  if (typeof value !== "object" || value === null) return undefined
  const { kty, use, kid, alg, key_ops: operations, ...rest } = value as Record<string, unknown>
  if (use !== undefined && use !== "sig") return undefined
  if (operations !== undefined && !(Array.isArray(operations) && operations.includes("verify"))) return undefined
  if (kid !== undefined && (typeof kid !== "string" || kid.length > 256)) return undefined
  const found = kty === "RSA" ? rsa(rest) : kty === "EC" ? p256(rest) : kty === "OKP" ? ed25519(rest) : undefined
  if (found === undefined) return undefined
  const isFitting = alg === undefined || alg === found.algorithm || (alg === "Ed25519" && found.algorithm === "EdDSA")
  return isFitting ? { ...found, keyId: kid } : undefined
}

type Found = Omit<ProviderKey, "keyId"> | undefined

/** RSA of 2 048 to 8 192 bits with the exponent everybody uses: others are asking for trouble (RFC 7518 section 3.3). */
function rsa({ n, e }: Record<string, unknown>): Found {
  if (typeof n !== "string" || e !== "AQAB" || n.length > 1400) return undefined
  const length = Math.floor((n.length * 3) / 4)
  const modulus = fromBase64url(n, length)
  if (modulus === undefined || (modulus[0] ?? 0) < 128 || length < 256 || length > 1024) return undefined
  return { algorithm: "RS256", jwk: { kty: "RSA", n, e }, signatureLength: length }
}

function p256({ crv, x, y }: Record<string, unknown>): Found {
  if (crv !== "P-256" || !is32Bytes(x) || !is32Bytes(y)) return undefined
  return { algorithm: "ES256", jwk: { kty: "EC", crv, x, y }, signatureLength: 64 }
}

function ed25519({ crv, x }: Record<string, unknown>): Found {
  if (crv !== "Ed25519" || !is32Bytes(x)) return undefined
  return { algorithm: "EdDSA", jwk: { kty: "OKP", crv, x }, signatureLength: 64 }
}

const is32Bytes = (value: unknown): value is string => typeof value === "string" && fromBase64url(value, 32) !== undefined

/** The keys that a token may have been signed with: those of its algorithm, and of its key id if it names one. */
export const keysFor = ({ algorithm, keyId }: Jws, keys: readonly ProviderKey[]): readonly ProviderKey[] =>
  keys.filter((key) => key.algorithm === algorithm && (keyId === undefined || key.keyId === keyId))

const platformNames = {
  RS256: { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" },
  ES256: { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" },
  EdDSA: { name: "Ed25519" },
} as const

/** Whether this key made the token's signature. Never throws. */
export async function isTokenSignedBy(key: ProviderKey, { algorithm, signed, signature }: Jws): Promise<boolean> {
  // A1.12: lengths first, so that no implementation is asked what a short signature means.
  if (key.algorithm !== algorithm || signature.length !== key.signatureLength) return false
  return isSigned(key, signed, signature)
}

async function isSigned({ algorithm, jwk }: ProviderKey, signed: Bytes, signature: Bytes): Promise<boolean> {
  const name = platformNames[algorithm]
  try {
    const key = await subtle.importKey("jwk", jwk, name, false, ["verify"])
    return await subtle.verify(name, key, signature, signed)
  } catch (cause) {
    // A key that is no point of its curve.
    if (cause instanceof DOMException) return false
    throw cause
  }
}

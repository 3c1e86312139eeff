/**
 * A JSON Web Signature in compact form (RFC 7515 section 7.1), read strictly: three parts, canonical base64url, JSON
 * objects, one of the algorithms below. Nothing read here is true before its signature was checked.
 *
 * Only public-key algorithms have a name here: `none` and the HMACs cannot be asked for by a token (RFC 8725 section 3.1).
 */

import { fromBase64url } from "../base64url.ts"
import { textOf, utf8 } from "../bytes.ts"
import type { Bytes } from "../platform.ts"

/** RSASSA-PKCS1-v1_5 with SHA-256, ECDSA on P-256 with SHA-256, Ed25519. */
export type Algorithm = "RS256" | "ES256" | "EdDSA"

/** A signed token, taken apart. */
export interface Jws {
  readonly algorithm: Algorithm
  /** Which of the provider's keys it says it was signed with. */
  readonly keyId: string | undefined
  readonly claims: Readonly<Record<string, unknown>>
  /** What the signature is over. */
  readonly signed: Bytes
  readonly signature: Bytes
}

/** Why a text is no token of ours: its form, or an algorithm that nobody may use. */
export type JwsRefusal = "token-malformed" | "token-algorithm"

/** The names of RFC 7518 and RFC 8037, and the one RFC 9864 gives Ed25519. */
const algorithms = new Map<unknown, Algorithm>([
  ["RS256", "RS256"],
  ["ES256", "ES256"],
  ["EdDSA", "EdDSA"],
  ["Ed25519", "EdDSA"],
])

/** Longest proof that is carried, in characters. */
export const maxProof = 4096

/** Longest token that is looked at, in characters: what a proof leaves room for. */
export const maxToken = maxProof - 131

/** Reads a token. */
export function parseJws(text: string): Jws | JwsRefusal {
  if (text.length > maxToken) return "token-malformed"
  const [head, body, tail, ...more] = text.split(".")
  if (head === undefined || body === undefined || tail === undefined || more.length > 0) return "token-malformed"
  const header = objectIn(head)
  const claims = objectIn(body)
  const signature = bytesIn(tail)
  if (header === undefined || claims === undefined || signature === undefined || signature.length === 0) return "token-malformed"
  const keyId = header["kid"]
  if (keyId !== undefined && typeof keyId !== "string") return "token-malformed"
  // `crit` names rules we do not know (RFC 7515 section 4.1.11); another `typ` is another kind of token (RFC 8725 section 3.11).
  if ("crit" in header || "b64" in header || !isIdTokenType(header["typ"])) return "token-malformed"
  const algorithm = algorithms.get(header["alg"])
  if (algorithm === undefined) return "token-algorithm"
  return { algorithm, keyId, claims, signed: utf8(`${head}.${body}`), signature }
}

const isIdTokenType = (type: unknown): boolean => type === undefined || (typeof type === "string" && type.toUpperCase() === "JWT")

const bytesIn = (part: string): Bytes | undefined => fromBase64url(part, Math.floor((part.length * 3) / 4))

function objectIn(part: string): Readonly<Record<string, unknown>> | undefined {
  const bytes = bytesIn(part)
  const text = bytes === undefined ? undefined : textOf(bytes)
  return text === undefined ? undefined : jsonObject(text)
}

/** A JSON text as an object. Undefined for any other text. */
export function jsonObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined
  } catch (cause) {
    if (cause instanceof SyntaxError) return undefined
    throw cause
  }
}

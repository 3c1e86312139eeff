/** From an epoch's base key to one stream's key and salt (RFC 9605 section 4.4.2). Key bytes never leave this file. */

import { nonceSize, ourSuite, type Suite } from "./suites.ts"
import { subtle } from "./platform.ts"

/** Label of the MLS exporter that gives the base key; its context is empty (RFC 9605 section 5.2). */
export const baseKeyLabel = "SFrame 1.0 Base Key"
/** Length of the base key in bytes. */
export const baseKeySize = ourSuite.keySize

/** What one key id seals or opens with: never both (RFC 9605 section 4.4.1). */
export interface StreamSecrets {
  readonly key: CryptoKey
  readonly salt: Uint8Array<ArrayBuffer>
}

/** Wraps an epoch's base key so that it can be derived from and never read. The caller wipes its own copy. */
export function importBaseKey(baseKey: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  if (baseKey.length !== baseKeySize) throw new Error("bug: a base key has 16 bytes")
  return importFor(baseKey)
}

/** The same for the base key of any suite's vector. */
export const importFor = (baseKey: Uint8Array<ArrayBuffer>): Promise<CryptoKey> =>
  subtle.importKey("raw", baseKey, "HKDF", false, ["deriveBits"])

/** Which secrets are wanted. */
export interface Purpose {
  readonly suite: Suite
  readonly keyId: bigint
  readonly use: "encrypt" | "decrypt"
}

/** Derives the key and salt of one key id. */
export async function deriveStreamSecrets(baseKey: CryptoKey, { suite, keyId, use }: Purpose): Promise<StreamSecrets> {
  const expand = (label: string, size: number): Promise<ArrayBuffer> =>
    subtle.deriveBits({ name: "HKDF", hash: suite.hash, salt: new Uint8Array(0), info: labelOf(label, keyId, suite.id) }, baseKey, size * 8)
  // The spaces at the end belong to the labels.
  const [raw, salt] = await Promise.all([expand("SFrame 1.0 Secret key ", suite.keySize), expand("SFrame 1.0 Secret salt ", nonceSize)])
  const key = await subtle.importKey("raw", raw, "AES-GCM", false, [use])
  new Uint8Array(raw).fill(0)
  return { key, salt: new Uint8Array(salt) }
}

/** label ‖ key id (8 bytes) ‖ suite (2 bytes), big-endian. */
function labelOf(label: string, keyId: bigint, suiteId: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(label.length + 10)
  for (let i = 0; i < label.length; i++) bytes[i] = label.charCodeAt(i)
  const view = new DataView(bytes.buffer, label.length)
  view.setBigUint64(0, keyId)
  view.setUint16(8, suiteId)
  return bytes
}

/** The protocol's arithmetic with Node's own cryptography: nothing of `packages/crypto` is in it, so that vectors prove something. */
import { createCipheriv, createHash, createPrivateKey, createPublicKey, hkdfSync, sign } from "node:crypto"

export const utf8 = (text: string): Buffer => Buffer.from(text, "utf8")
export const join = (...parts: readonly Uint8Array[]): Buffer => Buffer.concat(parts)
export const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex")
export const base64url = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64url")
export const sha256 = (...parts: readonly Uint8Array[]): Buffer =>
  createHash("sha256")
    .update(join(...parts))
    .digest()

/** Bytes that differ from vector to vector and are the same in every run. */
export const bytesOf = (label: string, length: number): Buffer =>
  Buffer.from(hkdfSync("sha256", utf8(label), "", "conclave vectors", length))

export function number(value: number | bigint, size: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64BE(BigInt(value))
  return bytes.subarray(8 - size)
}

/** HKDF-SHA256 (RFC 5869). */
export const hkdf = (secret: Uint8Array, salt: Uint8Array, info: Uint8Array, length: number): Buffer =>
  Buffer.from(hkdfSync("sha256", secret, salt, info, length))

export interface Signer {
  /** 32 bytes (RFC 8032). */
  readonly seed: Buffer
  readonly publicKey: Buffer
  sign(...parts: readonly Uint8Array[]): Buffer
}

/** An Ed25519 key from its seed. */
export function signer(label: string): Signer {
  const seed = bytesOf(label, 32)
  // PKCS #8 around a 32-byte seed (RFC 8410 section 7).
  const key = createPrivateKey({ key: join(Buffer.from("302e020100300506032b657004220420", "hex"), seed), format: "der", type: "pkcs8" })
  const publicKey = createPublicKey(key).export({ format: "der", type: "spki" }).subarray(-32)
  return { seed, publicKey, sign: (...parts) => sign(undefined, join(...parts), key) }
}

/** nonce (12) | ciphertext | tag (16). */
export function box(key: Uint8Array, nonce: Uint8Array, { plaintext, bound }: { plaintext: Uint8Array; bound: Uint8Array }): Buffer {
  return join(nonce, gcm("aes-256-gcm", { key, nonce, plaintext, bound }))
}

/** AES-GCM with a full tag behind the ciphertext. */
export function gcm(
  name: "aes-128-gcm" | "aes-256-gcm",
  { key, nonce, plaintext, bound }: { key: Uint8Array; nonce: Uint8Array; plaintext: Uint8Array; bound: Uint8Array },
): Buffer {
  const cipher = createCipheriv(name, key, nonce)
  cipher.setAAD(bound)
  return join(cipher.update(plaintext), cipher.final(), cipher.getAuthTag())
}

/** Canonical JSON (D4.2) of values that `JSON.stringify` spells canonically once their keys are in order. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`
  if (typeof value !== "object" || value === null) return JSON.stringify(value)
  const fields = Object.entries(value).filter(([, field]) => field !== undefined)
  fields.sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${canonical(field)}`).join(",")}}`
}

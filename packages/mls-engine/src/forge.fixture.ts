/**
 * Key packages written by hand (RFC 9420 sections 7.2 and 10), signed by a key of Node's: what the engine itself would
 * never make. Takes its two X-Wing keys from a genuine package.
 */

import { generateKeyPairSync, sign, type KeyObject } from "node:crypto"

export interface Forgery {
  readonly suite?: number
  readonly initKey: Uint8Array
  readonly encryptionKey: Uint8Array
  readonly identity: Uint8Array
  readonly credentialType?: number
  readonly suites?: readonly number[]
  readonly extensionTypes?: readonly number[]
  readonly notBefore: number
  readonly notAfter: number
  /** Encoded extensions of the package. */
  readonly extensions?: Uint8Array
  readonly leafLabel?: string
  readonly packageLabel?: string
}

/** An MLSMessage with a KeyPackage. */
export function forged(forgery: Forgery): Uint8Array {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519")
  const signatureKey = new Uint8Array(publicKey.export({ type: "spki", format: "der" }).subarray(-32))
  const { suite = 0x004e, credentialType = 1, suites = [0x004e], extensionTypes = [0xf0c1], extensions = new Uint8Array() } = forgery
  const capabilities = [vector(u16(1)), vector(u16(...suites)), vector(u16(...extensionTypes)), vector(), vector(u16(1))]
  const leaf = bytesOf(
    vector(forgery.encryptionKey),
    vector(signatureKey),
    u16(credentialType),
    vector(forgery.identity),
    ...capabilities,
    Uint8Array.of(1),
    u64(forgery.notBefore),
    u64(forgery.notAfter),
    vector(),
  )
  const signedLeaf = bytesOf(leaf, vector(signed(privateKey, forgery.leafLabel ?? "LeafNodeTBS", leaf)))
  const body = bytesOf(u16(1, suite), vector(forgery.initKey), signedLeaf, vector(extensions))
  const signature = signed(privateKey, forgery.packageLabel ?? "KeyPackageTBS", body)
  return bytesOf(u16(1, 5), body, vector(signature))
}

/** The init key and the leaf's encryption key of a genuine KeyPackage in an MLSMessage. */
export function keysOf(keyPackage: Uint8Array): { readonly initKey: Uint8Array; readonly encryptionKey: Uint8Array } {
  const initKey = vectorAt(keyPackage, 8)
  return { initKey: initKey.content, encryptionKey: vectorAt(keyPackage, initKey.end).content }
}

/** The leaf encryption key of the first leaf of a serialised ratchet tree. */
export function firstLeafKeyOf(tree: Uint8Array): Uint8Array {
  const { content } = vectorAt(tree, 0)
  // optional<Node>: present = 1, node_type leaf = 1, then the leaf.
  return vectorAt(content, 2).content
}

function signed(key: KeyObject, label: string, content: Uint8Array): Uint8Array {
  return new Uint8Array(sign(null, bytesOf(vector(new TextEncoder().encode(`MLS 1.0 ${label}`)), vector(content)), key))
}

/** A variable-size vector (RFC 9420 section 2.1.2). */
function vector(...parts: readonly Uint8Array[]): Uint8Array {
  const content = bytesOf(...parts)
  const { length } = content
  if (length < 0x40) return bytesOf(Uint8Array.of(length), content)
  if (length < 0x4000) return bytesOf(u16(0x4000 | length), content)
  return bytesOf(u16(0x8000 | (length >>> 16), length & 0xffff), content)
}

function vectorAt(bytes: Uint8Array, at: number): { readonly content: Uint8Array; readonly end: number } {
  const size = 1 << ((bytes[at] ?? 0) >> 6)
  let length = (bytes[at] ?? 0) & 0x3f
  for (let i = 1; i < size; i++) length = length * 256 + (bytes[at + i] ?? 0)
  return { content: bytes.slice(at + size, at + size + length), end: at + size + length }
}

function u16(...values: readonly number[]): Uint8Array {
  return Uint8Array.from(values.flatMap((value) => [value >> 8, value & 0xff]))
}

function u64(value: number): Uint8Array {
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(value))
  return bytes
}

function bytesOf(...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts))
}

/** Ed25519 keys of this device, made and kept by the platform; the private half never leaves it (D10). */

import { owned } from "../bytes.ts"
import { refusal, type Refusal } from "../refusal.ts"
import { subtle, type Bytes } from "../platform.ts"

/** Where key pairs are kept. In browsers IndexedDB, which stores non-extractable keys as they are. */
export interface KeyShelf {
  get(name: string): Promise<CryptoKeyPair | undefined>
  put(name: string, pair: CryptoKeyPair): Promise<void>
}

/** A signing key: the public half as bytes, the private half as something that signs. */
export interface SigningKey {
  /** 32 bytes (RFC 8032 section 5.1.5). */
  readonly publicKey: Bytes
  /** 64 bytes over `message`. */
  sign(message: Bytes): Promise<Bytes>
}

/** Whether this browser has Ed25519 (Chromium 137, Firefox 129, Safari 17). Without it there is no joining. */
export async function hasEd25519(): Promise<boolean> {
  return !("refused" in (await makePair()))
}

/** The key kept under `name`, made and kept now if there is none. */
export async function keptKey(shelf: KeyShelf, name: string): Promise<SigningKey | Refusal<"unsupported-browser">> {
  const kept = await shelf.get(name)
  if (kept !== undefined) return signingKey(kept)
  const pair = await makePair()
  if ("refused" in pair) return pair
  await shelf.put(name, pair)
  return signingKey(pair)
}

/** The key kept under `name`, if there is one. */
export async function keyThatIsHere(shelf: KeyShelf, name: string): Promise<SigningKey | undefined> {
  const kept = await shelf.get(name)
  return kept === undefined ? undefined : signingKey(kept)
}

/** Whether `signature` over `message` was made by the holder of `publicKey`. Never throws. */
export async function isSignedBy(publicKey: Uint8Array, signature: Uint8Array, message: Bytes): Promise<boolean> {
  // A1.12: lengths first, so that no implementation is asked what a short signature means.
  if (publicKey.length !== 32 || signature.length !== 64) return false
  try {
    const key = await subtle.importKey("raw", owned(publicKey), "Ed25519", false, ["verify"])
    return await subtle.verify("Ed25519", key, owned(signature), message)
  } catch (cause) {
    // A key that is no point of the curve: some browsers say so on import, others when verifying.
    if (cause instanceof DOMException) return false
    throw cause
  }
}

async function makePair(): Promise<CryptoKeyPair | Refusal<"unsupported-browser">> {
  try {
    return await subtle.generateKey("Ed25519", false, ["sign", "verify"])
  } catch (cause) {
    if (cause instanceof DOMException && (cause.name === "NotSupportedError" || cause.name === "OperationError"))
      return refusal("unsupported-browser")
    throw cause
  }
}

async function signingKey(pair: CryptoKeyPair): Promise<SigningKey> {
  const publicKey = new Uint8Array(await subtle.exportKey("raw", pair.publicKey))
  return { publicKey, sign: async (message) => new Uint8Array(await subtle.sign("Ed25519", pair.privateKey, message)) }
}

/** A shelf that forgets: for tests and for browsers that keep nothing (private windows). */
export function memoryKeyShelf(): KeyShelf {
  const pairs = new Map<string, CryptoKeyPair>()
  return {
    get: (name) => Promise.resolve(pairs.get(name)),
    put: (name, pair) => {
      pairs.set(name, pair)
      return Promise.resolve()
    },
  }
}

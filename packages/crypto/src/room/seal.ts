/**
 * One sealed box: AES-256-GCM with a random nonce and a full tag.
 *
 *   nonce (12) | ciphertext | tag (16)
 *
 * Random nonces are safe here: one key seals a few thousand boxes at most (NIST SP 800-38D section 8.3 allows 2^32).
 */

import { joined, owned } from "../bytes.ts"
import { randomBytes, subtle, type Bytes } from "../platform.ts"

/** Seals `plaintext`, bound to `bound`. */
export async function seal(key: CryptoKey, plaintext: Bytes, bound: Bytes): Promise<Bytes> {
  const nonce = randomBytes(12)
  const sealed = await subtle.encrypt({ name: "AES-GCM", iv: nonce, additionalData: bound, tagLength: 128 }, key, plaintext)
  return joined(nonce, new Uint8Array(sealed))
}

/** Opens a box. Undefined when anything differs: key, binding or a single bit (A1.12). */
export async function open(key: CryptoKey, box: Uint8Array, bound: Bytes): Promise<Bytes | undefined> {
  if (box.length < 28) return undefined
  const iv = owned(box.subarray(0, 12))
  try {
    return new Uint8Array(
      await subtle.decrypt({ name: "AES-GCM", iv, additionalData: bound, tagLength: 128 }, key, owned(box.subarray(12))),
    )
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === "OperationError") return undefined
    throw cause
  }
}

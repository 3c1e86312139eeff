/** What the server must be able to read again is sealed under a key outside the database (D36.11): a copy of the one is no use. */

import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto"
import { keyInFolder } from "../key-file.ts"

export interface Seal {
  /** `context` says what it is and whose; opening needs the same. */
  seal(plain: Uint8Array, context: string): Uint8Array<ArrayBuffer>
  /** Undefined when it was sealed under another key or context, or altered. */
  open(sealed: Uint8Array, context: string): Uint8Array<ArrayBuffer> | undefined
}

const nonceLength = 12
const tagLength = 16

/** nonce (12) | tag (16) | ciphertext, AES-256-GCM. */
export const sealUnder = (key: Uint8Array): Seal => ({
  seal(plain, context) {
    const nonce = randomBytes(nonceLength)
    const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(context))
    const body = Buffer.concat([cipher.update(plain), cipher.final()])
    return new Uint8Array(Buffer.concat([nonce, cipher.getAuthTag(), body]))
  },
  open(sealed, context) {
    if (sealed.length < nonceLength + tagLength) return undefined
    const opener = createDecipheriv("aes-256-gcm", key, sealed.subarray(0, nonceLength), { authTagLength: tagLength })
      .setAAD(Buffer.from(context))
      .setAuthTag(sealed.subarray(nonceLength, nonceLength + tagLength))
    const body = opener.update(sealed.subarray(nonceLength + tagLength))
    try {
      return new Uint8Array(Buffer.concat([body, opener.final()]))
    } catch {
      return undefined
    }
  },
})

/** Under the key in the data folder. Throws what the file system says. */
export const sealInFolder = (folder: string): Seal => sealUnder(keyInFolder(folder, "seal.key"))

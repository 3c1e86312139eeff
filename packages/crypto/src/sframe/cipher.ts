/** Seals and opens one frame with secrets it is given (RFC 9605 section 4.4). Knows no key id, no epoch, no codec. */

import { encodeHeader, type Header } from "./header.ts"
import { nonceSize, tagSize } from "./suites.ts"
import { subtle } from "./platform.ts"
import type { StreamSecrets } from "./keys.ts"

/** A frame to seal: its first `clearSize` bytes stay readable and are authenticated. */
export interface PlainFrame {
  readonly header: Header
  readonly data: Uint8Array<ArrayBuffer>
  readonly clearSize: number
  /** Authenticated and not sent: both sides know it. Nothing when absent. */
  readonly bound?: Uint8Array
}

/** A sealed frame whose header has been read. */
export interface SealedFrame {
  readonly counter: bigint
  readonly data: Uint8Array<ArrayBuffer>
  readonly clearSize: number
  readonly headerSize: number
  readonly bound?: Uint8Array
}

/**
 * ```
 * clear bytes | header | ciphertext | tag (16)      additional data: header | clear bytes | bound
 * ```
 */
export async function sealFrame(secrets: StreamSecrets, { header, data, clearSize, bound }: PlainFrame): Promise<Uint8Array<ArrayBuffer>> {
  const headerBytes = encodeHeader(header)
  const clear = data.subarray(0, clearSize)
  const parameters = gcm(nonceOf(secrets.salt, header.counter), additionalData(headerBytes, clear, bound))
  const ciphertext = new Uint8Array(await subtle.encrypt(parameters, secrets.key, data.subarray(clearSize)))
  const sealed = new Uint8Array(clearSize + headerBytes.length + ciphertext.length)
  sealed.set(clear)
  sealed.set(headerBytes, clearSize)
  sealed.set(ciphertext, clearSize + headerBytes.length)
  return sealed
}

/** The frame as it was before sealing; undefined when it does not authenticate. */
export async function openFrame(secrets: StreamSecrets, frame: SealedFrame): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const { counter, data, clearSize, headerSize, bound } = frame
  const bodyAt = clearSize + headerSize
  const clear = data.subarray(0, clearSize)
  const parameters = gcm(nonceOf(secrets.salt, counter), additionalData(data.subarray(clearSize, bodyAt), clear, bound))
  const plaintext = await decrypt(parameters, secrets.key, data.subarray(bodyAt))
  if (plaintext === undefined) return undefined
  const opened = new Uint8Array(clearSize + plaintext.byteLength)
  opened.set(clear)
  opened.set(new Uint8Array(plaintext), clearSize)
  return opened
}

async function decrypt(parameters: AesGcmParams, key: CryptoKey, body: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer | undefined> {
  try {
    return await subtle.decrypt(parameters, key, body)
  } catch (error) {
    // WebCrypto's only word for a wrong tag.
    if (error instanceof Error && error.name === "OperationError") return undefined
    throw error
  }
}

const gcm = (iv: Uint8Array<ArrayBuffer>, data: Uint8Array<ArrayBuffer>): AesGcmParams => ({
  name: "AES-GCM",
  iv,
  additionalData: data,
  tagLength: tagSize * 8,
})

/** salt XOR counter, the counter as a 12-byte big-endian number. */
function nonceOf(salt: Uint8Array<ArrayBuffer>, counter: bigint): Uint8Array<ArrayBuffer> {
  const nonce = salt.slice()
  const low = new DataView(nonce.buffer, nonceSize - 8)
  low.setBigUint64(0, low.getBigUint64(0) ^ counter)
  return nonce
}

function additionalData(header: Uint8Array<ArrayBuffer>, clear: Uint8Array, bound = nothing): Uint8Array<ArrayBuffer> {
  if (clear.length + bound.length === 0) return header
  const bytes = new Uint8Array(header.length + clear.length + bound.length)
  bytes.set(header)
  bytes.set(clear, header.length)
  bytes.set(bound, header.length + clear.length)
  return bytes
}

const nothing: Uint8Array = new Uint8Array()

/** The SFrame header (RFC 9605 section 4.3). Knows the layout; knows nothing of keys or what the numbers mean. */

/** Key id (KID) and counter (CTR), unsigned 64-bit. */
export interface Header {
  readonly keyId: bigint
  readonly counter: bigint
}

/**
 * ```
 *  0 1 2 3 4 5 6 7
 * +-+-+-+-+-+-+-+-+------------+------------+
 * |X|  K  |Y|  C  |   KID...   |   CTR...   |    1 to 17 bytes
 * +-+-+-+-+-+-+-+-+------------+------------+
 * X, Y = 0: K, C are the value (0 to 7); 1: its length minus one, big-endian, as short as it goes.
 * ```
 */
export function encodeHeader({ keyId, counter }: Header): Uint8Array<ArrayBuffer> {
  const keyIdLength = lengthOf(keyId)
  const counterLength = lengthOf(counter)
  const bytes = new Uint8Array(1 + keyIdLength + counterLength)
  bytes[0] = (nibbleOf(keyId, keyIdLength) << 4) | nibbleOf(counter, counterLength)
  writeAt(bytes, keyId, { at: 1, length: keyIdLength })
  writeAt(bytes, counter, { at: 1 + keyIdLength, length: counterLength })
  return bytes
}

/**
 * Reads the header at the start of `bytes`. Undefined when it is cut off, or longer than its values need: one
 * (key id, counter) has one header, or a replay could come in another coat.
 */
export function decodeHeader(bytes: Uint8Array): (Header & { readonly length: number }) | undefined {
  const config = bytes[0]
  if (config === undefined) return undefined
  const keyId = valueAt(bytes, { nibble: config >> 4, at: 1 })
  if (keyId === undefined) return undefined
  const counter = valueAt(bytes, { nibble: config & 15, at: keyId.end })
  return counter === undefined ? undefined : { keyId: keyId.value, counter: counter.value, length: counter.end }
}

/** Bytes a value takes after the config byte: none up to 7. */
function lengthOf(value: bigint): number {
  if (value < 0n || value >> 64n !== 0n) throw new Error("bug: not an unsigned 64-bit value")
  if (value < 8n) return 0
  let length = 1
  for (let rest = value >> 8n; rest > 0n; rest >>= 8n) length++
  return length
}

const nibbleOf = (value: bigint, length: number): number => (length === 0 ? Number(value) : 8 | (length - 1))

function writeAt(bytes: Uint8Array, value: bigint, { at, length }: { at: number; length: number }): void {
  let rest = value
  for (let i = at + length - 1; i >= at; i--) {
    bytes[i] = Number(rest & 255n)
    rest >>= 8n
  }
}

function valueAt(bytes: Uint8Array, { nibble, at }: { nibble: number; at: number }): { value: bigint; end: number } | undefined {
  if (nibble < 8) return { value: BigInt(nibble), end: at }
  const end = at + (nibble & 7) + 1
  if (end > bytes.length) return undefined
  let value = 0n
  for (let i = at; i < end; i++) value = (value << 8n) | BigInt(bytes[i] ?? 0)
  return lengthOf(value) === end - at ? { value, end } : undefined
}

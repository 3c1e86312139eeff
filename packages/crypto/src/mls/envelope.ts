/** Reads the public header of an MLS message (RFC 9420 section 6.3) before the engine sees a byte of it. */

/** What a PrivateMessage says in clear; nothing of it is authenticated yet. */
export interface ClaimedHeader {
  readonly groupId: Uint8Array
  readonly epoch: number
  readonly content: "application" | "commit"
}

/**
 * ```
 * uint16 version = 1 | uint16 wire_format = 2 | opaque group_id<V> | uint64 epoch | uint8 content_type
 * | opaque authenticated_data<V> | opaque encrypted_sender_data<V> | opaque ciphertext<V>
 * ```
 * Undefined for everything else: a PublicMessage, Welcome or GroupInfo (D7), a proposal on its own (D8), bytes left
 * over at the end (T6).
 */
export function readHeader(bytes: Uint8Array): ClaimedHeader | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < 4 || view.getUint16(0) !== 1 || view.getUint16(2) !== 2) return undefined
  const groupEnd = endOfVector(bytes, 4)
  if (groupEnd === undefined || groupEnd + 9 > bytes.length) return undefined
  const epoch = view.getBigUint64(groupEnd)
  const content = contentTypes.get(bytes[groupEnd + 8] ?? 0)
  if (content === undefined || epoch > BigInt(Number.MAX_SAFE_INTEGER)) return undefined
  const dataEnd = endOfVector(bytes, groupEnd + 9)
  const senderEnd = dataEnd === undefined ? undefined : endOfVector(bytes, dataEnd)
  const end = senderEnd === undefined ? undefined : endOfVector(bytes, senderEnd)
  if (end !== bytes.length) return undefined
  return { groupId: bytes.subarray(4 + prefixLength(bytes[4] ?? 0), groupEnd), epoch: Number(epoch), content }
}

const contentTypes = new Map<number, "application" | "commit">([
  [1, "application"],
  [3, "commit"],
])

/** RFC 9420 section 2.1.2: the two top bits say whether a length takes 1, 2 or 4 bytes. */
const prefixLength = (first: number): number => 1 << (first >> 6)

/** Where the vector that begins at `at` ends. Its length must be in its shortest form and inside the bytes. */
function endOfVector(bytes: Uint8Array, at: number): number | undefined {
  const first = bytes[at]
  if (first === undefined || first >> 6 === 3) return undefined
  const size = prefixLength(first)
  if (at + size > bytes.length) return undefined
  let length = first & 0x3f
  for (let i = 1; i < size; i++) length = length * 256 + (bytes[at + i] ?? 0)
  const isShortest = size === 1 || length >= (size === 2 ? 0x40 : 0x4000)
  const end = at + size + length
  return isShortest && end <= bytes.length ? end : undefined
}

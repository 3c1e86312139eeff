/** Reads the public header of an MLS message (RFC 9420 section 6.3). Knows no key and refuses to need one. */

/** What a PrivateMessage says in clear. */
export interface PrivateMessageHeader {
  readonly groupId: Uint8Array
  readonly epoch: number
  readonly contentType: "application" | "proposal" | "commit"
  readonly authenticatedData: Uint8Array
}

const contentTypes = [undefined, "application", "proposal", "commit"] as const

/**
 * ```
 * uint16 version = 1 | uint16 wire_format = 2 | opaque group_id<V> | uint64 epoch | uint8 content_type
 * | opaque authenticated_data<V> | opaque encrypted_sender_data<V> | opaque ciphertext<V>
 * ```
 * Undefined for anything else, a PublicMessage among it (D7), for trailing bytes and for an epoch past 2^53.
 */
export function readPrivateMessage(bytes: Uint8Array): PrivateMessageHeader | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < 4 || view.getUint16(0) !== 1 || view.getUint16(2) !== 2) return undefined
  const groupId = vectorAt(bytes, 4)
  if (groupId === undefined || groupId.end + 9 > bytes.length) return undefined
  const epoch = view.getBigUint64(groupId.end)
  const contentType = contentTypes[bytes[groupId.end + 8] ?? 0]
  if (contentType === undefined || epoch > BigInt(Number.MAX_SAFE_INTEGER)) return undefined
  const authenticatedData = vectorAt(bytes, groupId.end + 9)
  if (authenticatedData === undefined) return undefined
  const senderData = vectorAt(bytes, authenticatedData.end)
  if (senderData === undefined || senderData.content.length === 0) return undefined
  const ciphertext = vectorAt(bytes, senderData.end)
  if (ciphertext === undefined || ciphertext.content.length === 0 || ciphertext.end !== bytes.length) return undefined
  return { groupId: groupId.content, epoch: Number(epoch), contentType, authenticatedData: authenticatedData.content }
}

/** A variable-size vector (RFC 9420 section 2.1.2): its length takes 1, 2 or 4 bytes, shortest form only. */
function vectorAt(bytes: Uint8Array, at: number): { content: Uint8Array; end: number } | undefined {
  const first = bytes[at]
  if (first === undefined) return undefined
  const prefix = first >> 6
  if (prefix === 3) return undefined
  const size = 1 << prefix
  if (at + size > bytes.length) return undefined
  let length = first & 0x3f
  for (let i = 1; i < size; i++) length = length * 256 + (bytes[at + i] ?? 0)
  if ((prefix === 1 && length < 0x40) || (prefix === 2 && length < 0x4000)) return undefined
  const start = at + size
  return start + length > bytes.length ? undefined : { content: bytes.subarray(start, start + length), end: start + length }
}

/** STUN messages (RFC 8489 sections 5 and 14), as far as TURN needs them. Strict: what is not exactly one message is none. */

import { createHmac, timingSafeEqual } from "node:crypto"

const magic = 0x2112a442
const headLength = 20
const sealLength = 20
/** Longer than any packet that browsers send; a message that says more is refused unread. */
export const longestPacket = 4096

/** RFC 8656 section 17. */
export const methods = { binding: 1, allocate: 3, refresh: 4, send: 6, data: 7, createPermission: 8, channelBind: 9 } as const

const classBits = { request: 0x000, indication: 0x010, success: 0x100, failure: 0x110 } as const
export type StunClass = keyof typeof classBits

/** Attribute types: RFC 8489 section 18.3, RFC 8656 section 18. */
export const attributeTypes = {
  username: 0x0006,
  integrity: 0x0008,
  errorCode: 0x0009,
  unknownAttributes: 0x000a,
  channelNumber: 0x000c,
  lifetime: 0x000d,
  peerAddress: 0x0012,
  data: 0x0013,
  realm: 0x0014,
  nonce: 0x0015,
  relayedAddress: 0x0016,
  addressFamily: 0x0017,
  transport: 0x0019,
  mappedAddress: 0x0020,
} as const

export type Attribute = readonly [type: number, value: Buffer]

export interface StunMessage {
  readonly class: StunClass
  readonly method: number
  /** 12 bytes. */
  readonly transaction: Buffer
  /** Up to its seal, in order; what follows the seal is not read. */
  readonly attributes: readonly Attribute[]
  /** Undefined: the message is not sealed. */
  readonly seal: { readonly over: Buffer; readonly mac: Buffer } | undefined
}

/** Undefined for everything that is not one whole message. Values are parts of `packet`. */
export function parseStun(packet: Buffer): StunMessage | undefined {
  if (packet.length < headLength || packet.length > longestPacket || packet.length % 4 !== 0) return undefined
  const type = packet.readUInt16BE(0)
  const found = Object.entries(classBits).find(([, bits]) => bits === (type & 0x0110))
  if ((type & ~0x011f) !== 0 || found === undefined) return undefined
  if (packet.readUInt16BE(2) !== packet.length - headLength || packet.readUInt32BE(4) !== magic) return undefined
  const read = readAttributes(packet)
  return read && { class: found[0] as StunClass, method: type & 0x0f, transaction: packet.subarray(8, headLength), ...read }
}

function readAttributes(packet: Buffer): Pick<StunMessage, "attributes" | "seal"> | undefined {
  const attributes: Attribute[] = []
  for (let at = headLength; at < packet.length;) {
    const [type, length] = [packet.readUInt16BE(at), packet.readUInt16BE(at + 2)]
    const [start, end] = [at + 4, at + 4 + length]
    if (end > packet.length) return undefined
    if (type === attributeTypes.integrity) {
      if (length !== sealLength) return undefined
      return { attributes, seal: { over: sealedPart(packet.subarray(0, at)), mac: packet.subarray(start, end) } }
    }
    attributes.push([type, packet.subarray(start, end)])
    at = end + padding(length)
  }
  return { attributes, seal: undefined }
}

/** RFC 8489 section 14.5: the length in the head counts up to the end of the seal. */
function sealedPart(before: Buffer): Buffer {
  const over = Buffer.from(before)
  over.writeUInt16BE(before.length - headLength + 4 + sealLength, 2)
  return over
}

const padding = (length: number): number => (4 - (length % 4)) % 4

const macOver = (over: Buffer, key: Buffer): Buffer => createHmac("sha1", key).update(over).digest()

/** Whether the message was sealed with this key. */
export const isSealedBy = ({ seal }: StunMessage, key: Buffer): boolean =>
  seal !== undefined && timingSafeEqual(macOver(seal.over, key), seal.mac)

/** The first attribute of a type, which is the one that counts. */
export const attributeOf = ({ attributes }: StunMessage, type: number): Buffer | undefined => attributes.find(([one]) => one === type)?.[1]

/** The bytes of a message, sealed when there is a key. */
export function printStun(message: Omit<StunMessage, "seal">, key?: Buffer): Buffer {
  const parts = message.attributes.flatMap(([type, value]) => [headOf(type, value.length), value, Buffer.alloc(padding(value.length))])
  const head = Buffer.alloc(headLength)
  head.writeUInt16BE(classBits[message.class] | message.method, 0)
  head.writeUInt32BE(magic, 4)
  message.transaction.copy(head, 8)
  const plain = Buffer.concat([head, ...parts])
  plain.writeUInt16BE(plain.length - headLength, 2)
  if (key === undefined) return plain
  const over = sealedPart(plain)
  return Buffer.concat([over, headOf(attributeTypes.integrity, sealLength), macOver(over, key)])
}

function headOf(type: number, length: number): Buffer {
  const head = Buffer.alloc(4)
  head.writeUInt16BE(type, 0)
  head.writeUInt16BE(length, 2)
  return head
}

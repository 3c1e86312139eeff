/** Addresses as STUN writes them (RFC 8489 section 14.2): hidden from middleboxes that rewrite what looks like an address. */

import { isIPv4, isIPv6 } from "node:net"

export interface Endpoint {
  /** IPv4 or IPv6, as text. */
  readonly address: string
  readonly port: number
}

const magic = Buffer.from([0x21, 0x12, 0xa4, 0x42])
const families = { ipv4: 1, ipv6: 2 } as const

/** The value of an XOR-…-ADDRESS. `transaction`: of the message it stands in. */
export function printXorAddress({ address, port }: Endpoint, transaction: Buffer): Buffer {
  const ip = bytesOf(address)
  const head = Buffer.from([0, ip.length === 4 ? families.ipv4 : families.ipv6, 0, 0])
  head.writeUInt16BE(port ^ magic.readUInt16BE(0), 2)
  return Buffer.concat([head, xored(ip, transaction)])
}

/** An IPv4 one; "other" for another family, undefined for what is no address. */
export function parseXorAddress(value: Buffer, transaction: Buffer): Endpoint | "other" | undefined {
  if (value.length === 20 && value[1] === families.ipv6) return "other"
  if (value.length !== 8 || value[1] !== families.ipv4) return undefined
  return { address: xored(value.subarray(4), transaction).join("."), port: value.readUInt16BE(2) ^ magic.readUInt16BE(0) }
}

function xored(ip: Buffer, transaction: Buffer): Buffer {
  const mask = Buffer.concat([magic, transaction])
  return Buffer.from(ip.map((byte, at) => byte ^ (mask[at] ?? 0)))
}

/** How a system that speaks both families names an IPv4 address is undone. */
export const plainAddress = (address: string): string => (/^::ffff:\d+\.\d+\.\d+\.\d+$/i.test(address) ? address.slice(7) : address)

function bytesOf(address: string): Buffer {
  if (isIPv4(address)) return Buffer.from(address.split(".").map(Number))
  const [text = ""] = address.split("%")
  if (!isIPv6(text)) throw new Error("bug: an endpoint has an address")
  const [before = [], after = []] = text.split("::").map((half) => half.split(":").filter(Boolean))
  const groups = [...before, ...Array<string>(8 - before.length - after.length).fill("0"), ...after]
  return Buffer.from(groups.map((group) => group.padStart(4, "0")).join(""), "hex")
}

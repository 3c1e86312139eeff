/**
 * Which addresses the server sends to when somebody else chose the address (A4.04, D40.8): those that the whole internet reaches. Ranges
 * are those of IANA's registries of special-purpose addresses (RFC 6890 and its successors).
 */

import { BlockList, isIP } from "node:net"

const closed = new BlockList()
for (const [network, bits] of [
  ["0.0.0.0", 8], // this host
  ["10.0.0.0", 8],
  ["100.64.0.0", 10], // carriers' own, and some clouds' metadata
  ["127.0.0.0", 8],
  ["168.63.129.16", 32], // a public address that one cloud's machines reach their own host by
  ["169.254.0.0", 16], // link-local, and most clouds' metadata
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24], // documentation
  ["192.88.99.0", 24], // 6to4 relays
  ["192.168.0.0", 16],
  ["198.18.0.0", 15], // measuring
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 4], // multicast
  ["240.0.0.0", 4], // reserved, broadcast
] as const)
  closed.addSubnet(network, bits, "ipv4")

/** The part of IPv6 that is public at all: mapped IPv4, NAT64 (64:ff9b::), unique local, link-local, multicast lie outside. */
const open6 = new BlockList()
open6.addSubnet("2000::", 3, "ipv6")

const closed6 = new BlockList()
for (const [network, bits] of [
  ["2001::", 23], // protocols: Teredo, ORCHID, …
  ["2001:db8::", 32], // documentation
  ["2002::", 16], // 6to4: leads to the IPv4 address in it
  ["3fff::", 20], // documentation
] as const)
  closed6.addSubnet(network, bits, "ipv6")

/** False for what is no address at all. */
export function isPublicAddress(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return !closed.check(address, "ipv4")
    case 6:
      // A zone says which of our own links is meant.
      return !address.includes("%") && open6.check(address, "ipv6") && !closed6.check(address, "ipv6")
    default:
      return false
  }
}

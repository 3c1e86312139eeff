/**
 * The servers that a connection may ask for a way round: our own relay, at the page's own host. They are made here, out of a port and
 * a credential; no answer of the server and none of the SFU can name a host (D27.17).
 */

import { toBase64url, type RelayOffer } from "@conclave/wire"

/** Where the page came from. */
export type Origin = Pick<Location, "protocol" | "hostname" | "port">

const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/
/** RFC 1918 and RFC 6890: nothing outside the building answers there. */
const near = /^(10|127|192\.168|169\.254|172\.(1[6-9]|2\d|3[01]))\./

/** Empty: there is no relay, or none that may be asked. */
export function relayServers(offer: RelayOffer | undefined, { protocol, hostname, port }: Origin): RTCIceServer[] {
  if (offer === undefined) return []
  const host = relayHost(offer, hostname)
  const urls = host === undefined ? [] : [`turn:${host}:${offer.port}?transport=udp`]
  if (offer.isOverTls && protocol === "https:") urls.push(`turns:${hostname}:${port === "" ? 443 : port}?transport=tcp`)
  if (urls.length === 0) return []
  return [{ urls, username: toBase64url(offer.username), credential: toBase64url(offer.password) }]
}

/** Browsers reach no relay at loopback, so that a page from there goes to the address that is said, if that is of this building. */
function relayHost({ address }: RelayOffer, hostname: string): string | undefined {
  if (!loopback.test(hostname)) return hostname
  return near.test(address) ? address : undefined
}

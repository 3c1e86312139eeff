/** Where a webhook is sent, as far as its address alone tells (D40.8). Names are looked up when something is sent, every time. */

import { isIP } from "node:net"
import { isPublicAddress } from "./public-address.ts"

export interface Endpoint {
  /** A name, or an address without brackets. */
  readonly host: string
  readonly port: number
  /** With the query. */
  readonly path: string
}

/** `host:port` pairs that the operator allows whatever their address is. */
export type AllowedHosts = ReadonlySet<string>

/** Undefined: nothing is ever sent there. The URL parser turns every spelling of an IPv4 address into the one with four numbers. */
export function endpointIn(text: string, allowed: AllowedHosts): Endpoint | undefined {
  const url = URL.parse(text)
  if (url?.protocol !== "https:" || url.username !== "" || url.password !== "" || url.hash !== "" || url.hostname === "") return undefined
  const host = url.hostname.replace(/^\[(.*)\]$/, "$1").replace(/\.$/, "")
  const endpoint = { host, port: url.port === "" ? 443 : Number(url.port), path: url.pathname + url.search }
  if (host === "" || (isIP(host) !== 0 && !isAllowed(endpoint, allowed) && !isPublicAddress(host))) return undefined
  return endpoint
}

export const isAllowed = ({ host, port }: Endpoint, allowed: AllowedHosts): boolean => allowed.has(`${host}:${port}`)

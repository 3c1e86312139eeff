/** By which names a browser may know us. Any other is another site, or a name someone bent towards us (A4.03). */

import { isIP } from "node:net"
import { isLoopback, type Tls } from "../config.ts"

export interface Origins {
  /** Whether a request's Origin is ours. A program that is no browser sends none. */
  isOwn(origin: string | undefined): boolean
  /** Whether the Host header names us. */
  isHost(host: string | undefined): boolean
  /** The origin of our sockets for the policy of a page that was asked for under this Host. */
  socketsOf(host: string | undefined): string
  /** The origin that this Host header names, or our own if it is not ours. */
  pagesOf(host: string | undefined): string
}

export interface Address {
  readonly host: string
  readonly port: number
  readonly tls: Tls | undefined
}

export function originsOf({ host, port, tls }: Address): Origins {
  const scheme = tls === undefined ? "http:" : "https:"
  const isName = (name: string): boolean => {
    const bare = name.replace(/^\[|\]$/g, "")
    if (tls === undefined) return isLoopback(bare)
    const inCertificate = isIP(bare) === 0 ? tls.certificate.checkHost(bare) : tls.certificate.checkIP(bare)
    return bare === host || inCertificate !== undefined
  }
  const isOwn = (origin: string): boolean => {
    const url = URL.parse(origin)
    if (url?.protocol !== scheme || url.origin !== origin) return false
    const standard = scheme === "https:" ? 443 : 80
    return isName(url.hostname) && (url.port === "" ? standard : Number(url.port)) === port
  }
  const isHost = (name: string | undefined): name is string => name !== undefined && isOwn(`${scheme}//${name.toLowerCase()}`)
  return {
    isOwn: (origin) => origin === undefined || isOwn(origin),
    isHost,
    pagesOf: (name) => `${scheme}//${isHost(name) ? name.toLowerCase() : `${host}:${port}`}`,
    socketsOf: (name) => `${tls === undefined ? "ws" : "wss"}://${isHost(name) ? name.toLowerCase() : `${host}:${port}`}`,
  }
}

/** The bare HTTP or HTTPS server under everything: time limits against slow senders, ciphers, and who may listen. */

import { createServer as createHttp, type RequestListener, type Server, type ServerOptions } from "node:http"
import { createServer as createHttps, type Server as HttpsServer } from "node:https"
import { once } from "node:events"
import type { TLSSocket } from "node:tls"
import type { AddressInfo } from "node:net"
import { codeOf, isLoopback, StartRefusal, type Config, type Tls } from "../config.ts"

/** Signalling puts a compressed SDP into the query; nothing else is long. */
const longestHead = 64 * 1024

const limits = {
  maxHeaderSize: longestHead,
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 10_000,
} satisfies ServerOptions

/** TLS 1.3, and 1.2 only with forward secrecy and authenticated encryption; the hybrid key exchange first. */
export const tlsRules = {
  minVersion: "TLSv1.2",
  ciphers: [
    "TLS_AES_256_GCM_SHA384",
    "TLS_CHACHA20_POLY1305_SHA256",
    "TLS_AES_128_GCM_SHA256",
    "ECDHE-ECDSA-AES256-GCM-SHA384",
    "ECDHE-RSA-AES256-GCM-SHA384",
    "ECDHE-ECDSA-CHACHA20-POLY1305",
    "ECDHE-RSA-CHACHA20-POLY1305",
    "ECDHE-ECDSA-AES128-GCM-SHA256",
    "ECDHE-RSA-AES128-GCM-SHA256",
  ].join(":"),
  ecdhCurve: "X25519MLKEM768:X25519:P-256",
  honorCipherOrder: true,
} as const

/**
 * `takeTurn`: is given the TLS streams that speak TURN instead of HTTP, at the port that every network lets out (D27.15). Throws
 * StartRefusal when certificate and key do not fit.
 */
export function listenerFor(tls: Tls | undefined, handler: RequestListener, takeTurn?: (stream: TLSSocket) => void): Server {
  if (tls === undefined) return createHttp(limits, handler)
  const protocols = { ALPNProtocols: ["http/1.1", ...(takeTurn === undefined ? [] : ["stun.turn"])] }
  try {
    const server = createHttps({ ...limits, ...tlsRules, ...protocols, cert: tls.cert, key: tls.key }, handler)
    return takeTurn === undefined ? server : partTurn(server, takeTurn)
  } catch (error) {
    throw new StartRefusal(`The certificate in CONCLAVE_TLS_CERT and the key in CONCLAVE_TLS_KEY cannot be used (${codeOf(error)}).`)
  }
}

/** The first byte of a TURN request is 0 (RFC 8489 section 5); no HTTP request begins so. */
function partTurn(server: HttpsServer, takeTurn: (stream: TLSSocket) => void): Server {
  const takeHttp = server.listeners("secureConnection") as ((stream: TLSSocket) => void)[]
  server.removeAllListeners("secureConnection")
  server.on("secureConnection", (stream: TLSSocket) => {
    const forget = (): void => void stream.destroy()
    stream.setTimeout(limits.headersTimeout, forget)
    stream.on("error", forget)
    stream.once("readable", () => {
      const first = stream.read() as Buffer | null
      if (first === null) return forget()
      stream.setTimeout(0)
      stream.off("timeout", forget)
      stream.off("error", forget)
      stream.unshift(first)
      if (first[0] === 0) takeTurn(stream)
      else for (const take of takeHttp) take.call(server, stream)
    })
  })
  return server
}

/** Resolves with the port when the server listens. Throws StartRefusal when it cannot. */
export async function listen(server: Server, { host, port }: Pick<Config, "host" | "port">): Promise<number> {
  // `localhost` may be two addresses; one is enough and browsers find it.
  const address = host === "localhost" ? "127.0.0.1" : host
  server.listen(port, address)
  try {
    await once(server, "listening")
  } catch (error) {
    throw new StartRefusal(sentenceFor(codeOf(error), host, port))
  }
  return (server.address() as AddressInfo).port
}

function sentenceFor(code: string, host: string, port: number): string {
  if (code === "EADDRINUSE") return `Port ${port} is taken by another program: end it, or set PORT to another port (0 for any free one).`
  if (code === "EACCES") return `Port ${port} may not be used by this user: set PORT to 1024 or above.`
  if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND") return `${host} in CONCLAVE_HOST is no address of this machine.`
  return `The server cannot listen on ${isLoopback(host) ? "" : `${host} `}port ${port} (${code}).`
}

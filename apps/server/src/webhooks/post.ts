/** One request to an address that somebody else chose (A4.04, D40.8 to D40.10). */

import { lookup, Resolver } from "node:dns/promises"
import { request } from "node:https"
import { isIP } from "node:net"
import type { DeliveryProblem } from "@conclave/api"
import { endpointIn, isAllowed, type AllowedHosts, type Endpoint } from "./endpoint.ts"
import type { Outcome } from "./plan.ts"
import { isPublicAddress } from "./public-address.ts"

export interface Letter {
  readonly endpoint: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** Never rejects. */
export type Post = (letter: Letter, signal: AbortSignal) => Promise<Outcome>

interface PostParts {
  readonly allowed: AllowedHosts
  /** All addresses of a name. */
  readonly lookUp?: (host: string) => Promise<readonly string[]>
  readonly isOpen?: (address: string) => boolean
  /** PEM of a certificate authority, instead of the usual ones. */
  readonly authority?: string
  readonly patienceMs?: number
}

/** Of a name with many, as many are tried. */
const mostAddresses = 4

export function poster({ allowed, lookUp, isOpen = isPublicAddress, authority, patienceMs = 10_000 }: PostParts): Post {
  return async (letter, signal) => {
    const endpoint = endpointIn(letter.endpoint, allowed)
    if (endpoint === undefined) return failed("no-public-address")
    const both = AbortSignal.any([signal, AbortSignal.timeout(patienceMs)])
    const isTrusted = isAllowed(endpoint, allowed)
    const ask = lookUp ?? (isTrusted ? askSystem : askNameServers)
    const addresses = isIP(endpoint.host) === 0 ? await untilAborted(ask(endpoint.host), both) : [endpoint.host]
    if (addresses === undefined) return failed(both.aborted ? "timeout" : "no-public-address")
    // All of them: whoever rules the name would else mix one in.
    if (addresses.length === 0 || !(isTrusted || addresses.every(isOpen))) return failed("no-public-address")
    for (const address of addresses.slice(0, mostAddresses)) {
      const outcome = await send(letter, { endpoint, address, authority, signal: both })
      if (outcome.problem !== "no-connection") return outcome
    }
    return failed("no-connection")
  }
}

const failed = (problem: DeliveryProblem): Outcome => ({ problem, status: undefined })

const resolver = new Resolver({ timeout: 2_000, tries: 2 })

/**
 * Asks name servers directly. The system's own way would hold one of the few threads that passwords are hashed on, for as long as a name
 * server that somebody else chose likes.
 */
async function askNameServers(host: string): Promise<readonly string[]> {
  const both = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)])
  return both.flatMap((answer) => (answer.status === "fulfilled" ? answer.value : []))
}

/** With the names that only this machine knows: for hosts that its operator named. */
const askSystem = async (host: string): Promise<readonly string[]> =>
  (await lookup(host, { all: true, order: "ipv4first" })).map(({ address }) => address)

/** Undefined when it fails, or when time is up. */
async function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  const aborted = new Promise<undefined>((resolve) => {
    if (signal.aborted) resolve(undefined)
    signal.addEventListener("abort", () => resolve(undefined), { once: true })
  })
  return Promise.race([work.catch(() => undefined), aborted])
}

interface Target {
  readonly endpoint: Endpoint
  readonly address: string
  readonly authority: string | undefined
  readonly signal: AbortSignal
}

/** Connects to the address, not the name: nothing is looked up again. The certificate must be the name's all the same. */
function send({ headers, body }: Letter, { endpoint, address, authority, signal }: Target): Promise<Outcome> {
  const { host, port, path } = endpoint
  const named = isIP(host) === 6 ? `[${host}]` : host
  return new Promise((resolve) => {
    const asked = request({
      method: "POST",
      host: address,
      port,
      path,
      servername: isIP(host) === 0 ? host : "",
      // One of its own: the shared one follows proxies that the environment names, and keeps connections.
      agent: false,
      rejectUnauthorized: true,
      minVersion: "TLSv1.2",
      ...(authority === undefined ? {} : { ca: authority }),
      signal,
      headers: {
        host: port === 443 ? named : `${named}:${port}`,
        "content-type": "application/json",
        "content-length": Buffer.byteLength(body),
        "user-agent": "Conclave-Webhooks/1",
        ...headers,
      },
    })
    asked.on("response", (response) => {
      const status = response.statusCode ?? 0
      // What else it says is nobody's business here.
      response.destroy()
      resolve({ problem: problemOf(status), status })
    })
    asked.on("error", (error) => resolve(failed(signal.aborted ? "timeout" : isAboutTls(error) ? "tls" : "no-connection")))
    asked.end(body)
  })
}

const problemOf = (status: number): DeliveryProblem | undefined =>
  status >= 200 && status < 300 ? undefined : status >= 300 && status < 400 ? "redirect" : "status"

const isAboutTls = (error: Error): boolean => "code" in error && /CERT|TLS|SSL|SIGNATURE|ISSUER|EPROTO/.test(String(error.code))

/** The one place that reads the environment. */

import { X509Certificate } from "node:crypto"
import { readFileSync } from "node:fs"
import { homedir } from "node:os"
import { delimiter, join, resolve } from "node:path"
import { fileURLToPath } from "node:url"
import { parseIssuers, type Issuer } from "./issuers.ts"
import { parsePostgresAddress, type PostgresAddress } from "./store/postgres-address.ts"
import type { AllowedHosts } from "./webhooks/endpoint.ts"

/** Why the server cannot start, as one sentence for the operator. */
export class StartRefusal extends Error {}

export interface Config {
  /** 0 is any free one. */
  readonly port: number
  readonly host: string
  readonly tls: Tls | undefined
  readonly dataFolder: string
  /** Undefined: SQLite in the data folder. */
  readonly postgres: PostgresAddress | undefined
  readonly clientFolder: string
  /** Where a livekit-server may be, best first. `isNamed`: the operator chose it, so no other is tried. */
  readonly sfu: { readonly candidates: readonly string[]; readonly isNamed: boolean }
  /** `tcpPort` 0: media by UDP only. */
  readonly media: { readonly address: string | undefined; readonly port: number | undefined; readonly tcpPort: number }
  /** UDP port of our own relay (TURN) on the media address. Undefined: the usual one; 0: there is no relay. */
  readonly turnPort: number | undefined
  /** Identity providers whose tokens members may show each other (D19). */
  readonly issuers: readonly Issuer[]
  /** `host:port` of webhook receivers that may have addresses which are not public (D40.9). */
  readonly webhookHosts: AllowedHosts
}

export interface Tls {
  readonly cert: Buffer
  readonly key: Buffer
  readonly certificate: X509Certificate
}

type Environment = Readonly<Record<string, string | undefined>>

export const sfuVersion = "1.13.5"
const defaultMediaTcpPort = 7881
const root = fileURLToPath(new URL("../../..", import.meta.url))

/** Throws StartRefusal. */
export function readConfig(env: Environment): Config {
  const host = env["CONCLAVE_HOST"] ?? "127.0.0.1"
  const tls = readTls(env)
  if (tls === undefined && !isLoopback(host)) {
    throw new StartRefusal(
      `CONCLAVE_HOST is ${host}, which other machines can reach: set CONCLAVE_TLS_CERT and CONCLAVE_TLS_KEY too, or leave CONCLAVE_HOST out.`,
    )
  }
  return {
    port: portIn(env, "PORT") ?? 8080,
    host,
    tls,
    dataFolder: resolve(env["CONCLAVE_DATA"] ?? join(root, ".data")),
    postgres: postgresIn(env),
    clientFolder: join(root, "apps/web/dist"),
    sfu: sfuCandidates(env),
    media: {
      address: env["CONCLAVE_MEDIA_ADDRESS"],
      port: portIn(env, "CONCLAVE_MEDIA_PORT"),
      // D27.10: the SFU listens there on all addresses, which nobody expects of a server that only this machine reaches.
      tcpPort: portIn(env, "CONCLAVE_MEDIA_TCP_PORT") ?? (isLoopback(host) ? 0 : defaultMediaTcpPort),
    },
    turnPort: portIn(env, "CONCLAVE_TURN_PORT"),
    issuers: issuersIn(env),
    webhookHosts: webhookHostsIn(env),
  }
}

/** The text is never quoted: there is a password in it. */
function postgresIn(env: Environment): PostgresAddress | undefined {
  const text = env["DATABASE_URL"]
  if (text === undefined || text === "") return undefined
  const read = parsePostgresAddress(text, (path) => fileIn("sslrootcert of DATABASE_URL", path).toString())
  if ("complaint" in read) throw new StartRefusal(`DATABASE_URL ${read.complaint}.`)
  return read
}

function issuersIn(env: Environment): readonly Issuer[] {
  const text = env["CONCLAVE_OIDC"]
  if (text === undefined || text.trim() === "") return []
  const issuers = parseIssuers(text)
  if (issuers === undefined)
    throw new StartRefusal(
      `CONCLAVE_OIDC is ${JSON.stringify(text)}; it must be an https address and a client id with a blank between, several with commas.`,
    )
  return issuers
}

/** With commas between; without a port 443 is meant. */
function webhookHostsIn(env: Environment): AllowedHosts {
  const named = (env["CONCLAVE_WEBHOOK_HOSTS"] ?? "").split(",").flatMap((one) => one.trim().toLowerCase() || [])
  return new Set(named.map((one) => hostAndPort("CONCLAVE_WEBHOOK_HOSTS", one)))
}

function hostAndPort(name: string, text: string): string {
  const url = /^[a-z0-9.:[\]-]+$/.test(text) ? URL.parse(`https://${text}`) : null
  if (url === null || url.hostname === "" || url.pathname !== "/")
    throw new StartRefusal(
      `${name} has ${JSON.stringify(text)}; it must be a host name or address, with a colon and a port if that is not 443.`,
    )
  return `${url.hostname.replace(/^\[(.*)\]$/, "$1")}:${url.port === "" ? 443 : url.port}`
}

export const isLoopback = (host: string): boolean => host === "localhost" || host === "::1" || /^127(\.\d{1,3}){3}$/.test(host)

/** The name to type into a browser. A server on all addresses is called what its certificate calls it. */
export function publicName({ host, tls }: Pick<Config, "host" | "tls">): string {
  if (isLoopback(host)) return "localhost"
  const isWildcard = host === "0.0.0.0" || host === "::"
  const names = [...(tls?.certificate.subjectAltName ?? "").matchAll(/(?:DNS|IP Address):([^,\s*]+)(?:,|$)/g)].flatMap(
    ([, name]) => name ?? [],
  )
  const name = isWildcard ? (names.find((one) => !isLoopback(one)) ?? host) : host
  return name.includes(":") ? `[${name}]` : name
}

function portIn(env: Environment, name: string): number | undefined {
  const text = env[name]
  if (text === undefined || text === "") return undefined
  const port = Number(text)
  if (!/^\d{1,5}$/.test(text) || port > 65535)
    throw new StartRefusal(`${name} is ${JSON.stringify(text)}; it must be a port number from 0 to 65535.`)
  return port
}

function readTls(env: Environment): Tls | undefined {
  const certPath = env["CONCLAVE_TLS_CERT"]
  const keyPath = env["CONCLAVE_TLS_KEY"]
  if (certPath === undefined && keyPath === undefined) return undefined
  if (certPath === undefined) throw new StartRefusal("CONCLAVE_TLS_KEY is set but CONCLAVE_TLS_CERT is not; HTTPS needs both.")
  if (keyPath === undefined) throw new StartRefusal("CONCLAVE_TLS_CERT is set but CONCLAVE_TLS_KEY is not; HTTPS needs both.")
  const cert = fileIn("CONCLAVE_TLS_CERT", certPath)
  const key = fileIn("CONCLAVE_TLS_KEY", keyPath)
  try {
    return { cert, key, certificate: new X509Certificate(cert) }
  } catch {
    throw new StartRefusal(`The file ${certPath} in CONCLAVE_TLS_CERT is not a certificate in PEM form.`)
  }
}

function fileIn(name: string, path: string): Buffer {
  try {
    return readFileSync(path)
  } catch (error) {
    throw new StartRefusal(`The file ${path} in ${name} cannot be read (${codeOf(error)}).`)
  }
}

/** The system's short word for what went wrong. */
export const codeOf = (error: unknown): string => (error instanceof Error && "code" in error ? String(error.code) : "unknown error")

function sfuCandidates(env: Environment): Config["sfu"] {
  const named = env["CONCLAVE_SFU_BIN"]
  if (named !== undefined && named !== "") return { candidates: [resolve(named)], isNamed: true }
  const onPath = (env["PATH"] ?? "")
    .split(delimiter)
    .filter(Boolean)
    .map((folder) => join(folder, "livekit-server"))
  const cache = env["CONCLAVE_CACHE"] ?? join(env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "conclave")
  return { candidates: [...onPath, join(cache, "sfu", sfuVersion, "livekit-server")], isNamed: false }
}

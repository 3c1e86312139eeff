/** `DATABASE_URL`, read strictly: what it asks for is done or refused, never guessed (D38.2, D38.3). */

import { isIP } from "node:net"

export interface PostgresAddress {
  /** A folder with a Unix socket, or a name or IP address. */
  readonly host: string
  readonly port: number
  /** Undefined: that of the process. */
  readonly user: string | undefined
  readonly database: string
  /** A function, so that nothing that prints an address prints it. */
  readonly password: (() => string) | undefined
  /** Undefined: in clear. Else the authority that must have signed the server's certificate, as PEM; undefined: those that Node knows. */
  readonly tls: { readonly authority: string | undefined } | undefined
}

/** What is wrong with the text, to be put behind `DATABASE_URL `. It quotes nothing of it: anything may be part of a password. */
export interface BadAddress {
  readonly complaint: string
}

const shape = "must look like postgresql://user:password@host/database, with all but letters and digits of the password as %XX"
const known = ["host", "user", "sslmode", "sslrootcert"]
/** Where Debian's and Docker's PostgreSQL have their socket. */
const usualSocketFolder = "/var/run/postgresql"

/** `readFile` reads what `sslrootcert` names. */
export function parsePostgresAddress(text: string, readFile: (path: string) => string): PostgresAddress | BadAddress {
  const url = urlOf(text)
  // A password with a slash that is not written %2F would put its rest here.
  if (url?.hash !== "" || url.pathname.includes("@")) return { complaint: shape }
  const parameters = url.searchParams
  for (const name of parameters.keys())
    if (!known.includes(name) || parameters.getAll(name).length > 1)
      return { complaint: `may have the parameters ${known.join(", ")}, each once, and no others; ? in a password is written %3F` }
  const [user, password, named, database] = [url.username, url.password, url.hostname, url.pathname.slice(1)].map(plain)
  if (database === undefined || user === undefined || password === undefined || named === undefined) return { complaint: shape }
  if (!/^[^/\0]+$/.test(database)) return { complaint: shape }
  const host = parameters.get("host") ?? (named.trim() === "" ? usualSocketFolder : named.replace(/^\[(.*)\]$/, "$1"))
  const mode = modeOf(host, parameters)
  if (typeof mode !== "string") return mode
  const authority = parameters.get("sslrootcert")
  return {
    host,
    port: url.port === "" ? 5432 : Number(url.port),
    user: parameters.get("user") ?? (user === "" ? undefined : user),
    database,
    password: password === "" ? undefined : () => password,
    tls: mode === "verify-full" ? { authority: authority === null ? undefined : readFile(authority) } : undefined,
  }
}

/** Undefined when it is none of PostgreSQL. The form without a host, `postgresql://user@/database`, is PostgreSQL's own. */
function urlOf(text: string): URL | undefined {
  if (!/^postgres(ql)?:\/\//.test(text)) return undefined
  return URL.parse(text.replace(/^(\w+:\/\/[^/?#]*@)(?=\/)/, "$1%20")) ?? undefined
}

function plain(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}

/** D38.3: over a network only to a server that has proved its name, unless `sslmode=disable` is written down. */
function modeOf(host: string, parameters: URLSearchParams): "verify-full" | "disable" | BadAddress {
  const mode = parameters.get("sslmode") ?? (isOnThisMachine(host) ? "disable" : "verify-full")
  if (mode !== "verify-full" && mode !== "disable")
    return {
      complaint: "has an sslmode that does not check who answers: it can be verify-full, or disable on a network that is yours alone",
    }
  if (mode === "verify-full" && host.startsWith("/"))
    return { complaint: "asks for sslmode=verify-full on a Unix socket, which has no TLS" }
  if (mode === "disable" && parameters.has("sslrootcert")) return { complaint: "has an sslrootcert and no sslmode=verify-full" }
  return mode
}

const isOnThisMachine = (host: string): boolean =>
  host.startsWith("/") || host === "localhost" || host === "::1" || (isIP(host) === 4 && host.startsWith("127."))

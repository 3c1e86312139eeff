import type { PostgresAddress } from "./postgres-address.ts"
import { DatabaseTaken } from "./database-taken.ts"

/** Why the database of DATABASE_URL could not be opened, as one sentence for the operator. It holds no password and nothing the server said. */
export function postgresSentence({ host, port, database, tls }: PostgresAddress, error: unknown): string {
  const where = host.startsWith("/") ? `in ${host}, port ${port}` : `at ${host}, port ${port}`
  if (error instanceof DatabaseTaken)
    return `The database ${database} is in use by another Conclave server: end it, or name another database in DATABASE_URL.`
  const said = error instanceof Error ? error.message : ""
  const code = error instanceof Error && "code" in error ? String(error.code) : ""
  if (code === "28P01" || /^SASL|password/i.test(said)) return `PostgreSQL ${where} refuses the user name or the password in DATABASE_URL.`
  if (code === "28000")
    return `PostgreSQL ${where} does not let this user in from here: see its pg_hba.conf and the user name in DATABASE_URL.`
  if (code === "3D000") return `PostgreSQL ${where} has no database ${database}: create it, or name another in DATABASE_URL.`
  if (code === "42501") return `The user in DATABASE_URL may not make tables in the database ${database}: make it the owner.`
  if (code === "53300") return `PostgreSQL ${where} has too many connections: raise its max_connections; Conclave needs 12.`
  if (code === "57P03") return `PostgreSQL ${where} is starting or stopping: try again in a moment.`
  if (tls !== undefined && isAboutTls(code, said))
    return `PostgreSQL ${where} does not prove by TLS that it is ${host} (${code === "" ? "no TLS" : code}): see sslmode and sslrootcert in docs/operating.md.`
  if (code.length === 5 && /\d/.test(code)) return `PostgreSQL ${where} cannot be used (SQLSTATE ${code}).`
  return `PostgreSQL ${where} cannot be reached (${code === "" ? "no answer" : code}): start it, or correct DATABASE_URL.`
}

const isAboutTls = (code: string, said: string): boolean => /CERT|SSL|TLS|SIGNATURE|ISSUER/.test(code) || said.includes("SSL connection")

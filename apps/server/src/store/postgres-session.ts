/** How every session of ours speaks to PostgreSQL, and what it must find there (D38.3, D38.4, D38.6). */

import type { ClientBase, ClientConfig, CustomTypesConfig } from "pg"
import pg from "pg"
import { userInfo } from "node:os"
import { StartRefusal } from "../config.ts"
import type { PostgresAddress } from "./postgres-address.ts"

/** Milliseconds. Nothing that one request asks for takes a tenth of it. */
const longestStatement = 15_000
const oldestVersion = 15

/** What the role or the database may have set otherwise. */
const settings = {
  synchronous_commit: "on",
  default_transaction_isolation: "read\\ committed",
  timezone: "UTC",
  bytea_output: "hex",
  // A server that lost power is noticed in half a minute, and the database is free for the next one (D38.7).
  tcp_keepalives_idle: "10",
  tcp_keepalives_interval: "5",
  tcp_keepalives_count: "3",
}

/** `patient` is for migrations, which take the time they need. */
export function sessionOf(address: PostgresAddress, pace: "quick" | "patient"): ClientConfig {
  const { host, port, user, database, password, tls } = address
  const limit = pace === "quick" ? longestStatement : 0
  return {
    host,
    port,
    user: user ?? userInfo().username,
    database,
    password,
    ssl: tls === undefined ? false : { rejectUnauthorized: true, minVersion: "TLSv1.2", ca: tls.authority },
    application_name: "conclave",
    options: Object.entries(settings)
      .map(([name, value]) => `-c ${name}=${value}`)
      .join(" "),
    statement_timeout: limit,
    idle_in_transaction_session_timeout: limit,
    // The limits above are the server's; this one is for a server that is gone without a word.
    query_timeout: limit === 0 ? undefined : limit + 5_000,
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    types: { getTypeParser },
  }
}

const bytea: number = pg.types.builtins.BYTEA

/** Bytes come as they do from SQLite; 64-bit numbers stay text, which the stores read with `Number`. */
const getTypeParser = ((type: number, format) =>
  type === bytea && format !== "binary"
    ? (text: string) => new Uint8Array(Buffer.from(text.slice(2), "hex"))
    : (pg.types.getTypeParser(type, format) as unknown)) as CustomTypesConfig["getTypeParser"]

/** What a session of ours found. */
export interface Found {
  /** As `server_version_num` says it: 150004 is 15.4. */
  readonly version: number
  readonly encoding: string
  readonly isReadOnly: boolean
  /** Settings without which an acknowledged row could be lost, and what they are. */
  readonly durability: Readonly<Record<"synchronous_commit" | "fsync" | "full_page_writes", string>>
}

export async function look(client: ClientBase): Promise<Found> {
  const names = ["server_version_num", "server_encoding", "transaction_read_only", "synchronous_commit", "fsync", "full_page_writes"]
  const { rows } = await client.query<Record<string, string>>(
    `select ${names.map((name) => `current_setting('${name}') as ${name}`).join(", ")}`,
  )
  const said = (name: string) => rows[0]?.[name] ?? ""
  return {
    version: Number(said("server_version_num")),
    encoding: said("server_encoding"),
    isReadOnly: said("transaction_read_only") === "on",
    durability: {
      synchronous_commit: said("synchronous_commit"),
      fsync: said("fsync"),
      full_page_writes: said("full_page_writes"),
    },
  }
}

/** D38.4: throws StartRefusal when this is no database to rely on. */
export function demandSound({ version, encoding, isReadOnly, durability }: Found): void {
  const lax = Object.entries(durability).find(([, value]) => value !== "on")
  if (version < oldestVersion * 10_000)
    throw new StartRefusal(`PostgreSQL at DATABASE_URL has version ${Math.floor(version / 10_000)}; ${oldestVersion} or newer is needed.`)
  if (lax !== undefined)
    throw new StartRefusal(
      `PostgreSQL at DATABASE_URL has ${lax.join(" = ")}, so what it has confirmed can be lost: set ${lax[0]} = on where it is configured.`,
    )
  if (isReadOnly) throw new StartRefusal("The database in DATABASE_URL is read-only, perhaps a standby: name the one that can be written.")
  if (encoding !== "UTF8")
    throw new StartRefusal(`The database in DATABASE_URL has the encoding ${encoding}: make one with encoding UTF8 and template template0.`)
}

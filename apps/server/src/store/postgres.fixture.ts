/**
 * A private PostgreSQL for tests: on a Unix socket in a folder of its own, without TCP, under the user `postgres` when we are root, as it
 * refuses root. It ends, and its folder goes, when the test run ends in whatever way: it watches a pipe that closes with us.
 */

import { execFileSync, spawn, type ChildProcess } from "node:child_process"
import { randomBytes } from "node:crypto"
import { once } from "node:events"
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import pg from "pg"
import { parsePostgresAddress, type PostgresAddress } from "./postgres-address.ts"

/** Otherwise than ours in everything that a session of ours has to set. */
const contrary = {
  listen_addresses: "",
  synchronous_commit: "off",
  timezone: "Asia/Kathmandu",
  default_transaction_isolation: "repeatable read",
  bytea_output: "escape",
  max_connections: "60",
  shared_buffers: "16MB",
  autovacuum: "off",
}

const script = `
"$@" &
pid=$!
cat >/dev/null
kill -QUIT $pid
wait $pid
rm -rf "$FOLDER"
`

export interface Cluster {
  /** Where the socket is. */
  readonly folder: string
  /** Runs a program that comes with PostgreSQL. */
  program(name: "pg_dump" | "pg_restore", args: readonly string[]): void
  /** As the text of DATABASE_URL. `user` is the owner unless named. */
  url(database: string, by?: { user?: string; password?: string }): string
  address(database: string): PostgresAddress
  /** Makes an empty database. */
  make(database: string): Promise<void>
  /** As the superuser, in the database `postgres` unless named. */
  run(sql: string, database?: string): Promise<pg.QueryResult<Record<string, unknown>>>
  [Symbol.asyncDispose](): Promise<void>
}

export async function startCluster(): Promise<Cluster> {
  const bin = programs()
  const who = process.getuid?.() === 0 ? idsOf("postgres") : undefined
  // Not TMPDIR: a socket's path is at most 107 characters.
  const folder = mkdtempSync("/tmp/conclave-postgres-")
  const password = randomBytes(12).toString("hex")
  writeFileSync(join(folder, "password"), password, { mode: 0o600 })
  if (who !== undefined) for (const path of [folder, join(folder, "password")]) chownSync(path, who.uid, who.gid)
  chmodSync(folder, 0o700)
  const data = join(folder, "data")
  // Language rules for the order of texts, so that nothing leans on the order of bytes.
  const language = ["--locale-provider=icu", "--icu-locale=en-US", "--locale=C.UTF-8", "--encoding=UTF8"]
  const access = ["--username=owner", "--auth=scram-sha-256", `--pwfile=${join(folder, "password")}`]
  execFileSync(join(bin, "initdb"), ["-D", data, ...access, ...language, "--no-sync"], {
    ...who,
    stdio: ["ignore", "ignore", "inherit"],
    cwd: folder,
  })
  const settings = Object.entries(contrary).flatMap(([name, value]) => ["-c", `${name}=${value}`])
  const command = [join(bin, "postgres"), "-D", data, "-k", folder, ...settings]
  const child = spawn("/bin/sh", ["-c", script, "sh", ...command], {
    ...who,
    stdio: ["pipe", "ignore", "pipe"],
    cwd: folder,
    env: { FOLDER: folder, PATH: process.env["PATH"] },
  })
  await ready(child)
  const url = (database: string, { user = "owner", password: other = password } = {}) =>
    `postgresql://${user}:${other}@/${database}?host=${encodeURIComponent(folder)}`
  const run = async (sql: string, database = "postgres") => {
    const client = new pg.Client({ host: folder, user: "owner", password, database })
    await client.connect()
    try {
      return await client.query<Record<string, unknown>>(sql)
    } finally {
      await client.end()
    }
  }
  return {
    folder,
    program: (name, args) => void execFileSync(join(bin, name), args, { stdio: ["ignore", "ignore", "inherit"] }),
    url,
    address: (database) => addressOf(url(database)),
    make: (database) => run(`create database "${database}"`).then(() => undefined),
    run,
    async [Symbol.asyncDispose]() {
      child.stdin.end()
      if (child.exitCode === null) await once(child, "exit")
    },
  }
}

export function addressOf(url: string): PostgresAddress {
  const address = parsePostgresAddress(url, () => "")
  if ("complaint" in address) throw new Error(`bug: DATABASE_URL ${address.complaint}`)
  return address
}

/** The folder of Debian's newest PostgreSQL. */
function programs(): string {
  const all = "/usr/lib/postgresql"
  const versions = existsSync(all)
    ? readdirSync(all)
        .map(Number)
        .filter((version) => version >= 15)
    : []
  const bin = join(all, String(Math.max(...versions)), "bin")
  if (!existsSync(join(bin, "initdb")))
    throw new Error("The tests need Debian's package postgresql: npm test installs it when it is run as root.")
  return bin
}

function idsOf(user: string): { uid: number; gid: number } {
  const id = (what: string) => Number(execFileSync("id", [what, user], { encoding: "utf8" }))
  return { uid: id("-u"), gid: id("-g") }
}

async function ready(child: ChildProcess): Promise<void> {
  let said = ""
  child.stderr?.on("data", (chunk: Buffer) => (said += chunk.toString()))
  const early = once(child, "exit").then(() => Promise.reject(new Error(`PostgreSQL did not start: ${said}`)))
  early.catch(() => undefined)
  while (!said.includes("ready to accept connections")) await Promise.race([once(child.stderr ?? child, "data"), early])
}

import { once } from "node:events"
import { mkdtempSync } from "node:fs"
import { createServer, type AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { TLSSocket } from "node:tls"
import { afterAll, beforeAll, expect, test, vi } from "vitest"
import { Kysely, PostgresDialect, sql } from "kysely"
import pg from "pg"
import { idFrom, type RoomId } from "@conclave/wire"
import { testCertificate, testKey } from "../http/certificate.fixture.ts"
import { DatabaseTaken } from "./database-taken.ts"
import { migrate, type Database } from "./database.ts"
import { everyStoreContract } from "./every-store.contract.ts"
import { addressOf, startCluster, type Cluster } from "./postgres.fixture.ts"
import { postgresSentence } from "./postgres-sentence.ts"
import { demandSound, sessionOf } from "./postgres-session.ts"
import { postgresDatabase } from "./postgres.ts"
import { sqlRoomStore } from "./sql-room-store.ts"
import type { Tables } from "./tables.ts"

let cluster: Cluster
beforeAll(async () => {
  cluster = await startCluster()
})
afterAll(() => cluster[Symbol.asyncDispose]())

/** What the database told its server. */
const heard: string[] = []
const listening = {
  onAway: (isAway: boolean) => void heard.push(isAway ? "away" : "back"),
  onTaken: () => void heard.push("taken"),
}
const heardNow = (): string[] => heard.splice(0)

const made = new Map<string, Promise<void>>()
function makeOnce(name: string): Promise<void> {
  const making = made.get(name) ?? cluster.make(name)
  made.set(name, making)
  return making
}

async function open(name: string): Promise<Database> {
  await makeOnce(name)
  return postgresDatabase({ address: cluster.address(name), ...listening })
}

async function bare(name: string): Promise<Kysely<Tables>> {
  await makeOnce(name)
  return new Kysely({ dialect: new PostgresDialect({ pool: new pg.Pool(sessionOf(cluster.address(name), "patient")) }) })
}

everyStoreContract({ name: "PostgreSQL", bytes: "bytea", open, bare })

const room = (n: number): RoomId => idFrom(new Uint8Array(16).fill(n))
const makeRoom = (database: Database, n: number) =>
  sqlRoomStore(database).makeRoom({ id: room(n), accessHash: "", shelf: new Uint8Array(1) }, "key")

/** How opening failed: in words for the operator. */
async function sentence(url: string): Promise<string> {
  const address = addressOf(url)
  try {
    await (await postgresDatabase({ address, ...listening })).close()
  } catch (error) {
    return error instanceof Error && error.constructor.name === "StartRefusal" ? error.message : postgresSentence(address, error)
  }
  return "opened"
}

test("D38.4: every session makes sure of what is acknowledged, whatever the server's own settings say", async () => {
  const database = await open("sessions")
  const names = ["synchronous_commit", "timezone", "default_transaction_isolation", "statement_timeout", "application_name"]
  const ask = async (from: Pick<Database, "db">["db"]) =>
    (
      await sql<Record<string, string>>`select ${sql.join(names.map((name) => sql`current_setting(${name}) as ${sql.id(name)}`))}`.execute(
        from,
      )
    ).rows[0]
  const wanted = {
    synchronous_commit: "on",
    timezone: "UTC",
    default_transaction_isolation: "read committed",
    statement_timeout: "15s",
    application_name: "conclave",
  }
  expect(await Promise.all([ask(database.db), ask(database.db), database.transaction(ask)])).toEqual([wanted, wanted, wanted])
  expect((await cluster.run("show synchronous_commit")).rows).toEqual([{ synchronous_commit: "off" }])
  await database.close()
})

test("D38.4: a server that could lose what it confirmed, is too old, cannot be written or is not in UTF-8 is refused by name", async () => {
  const found = {
    version: 150004,
    encoding: "UTF8",
    isReadOnly: false,
    durability: { synchronous_commit: "on", fsync: "on", full_page_writes: "on" },
  }
  expect(() => demandSound(found)).not.toThrow()
  expect(() => demandSound({ ...found, version: 140011 })).toThrow(/^PostgreSQL at DATABASE_URL has version 14; 15 or newer is needed\.$/)
  for (const name of ["synchronous_commit", "fsync", "full_page_writes"] as const)
    for (const value of ["off", "local", ""])
      expect(() => demandSound({ ...found, durability: { ...found.durability, [name]: value } })).toThrow(`has ${name} = ${value},`)
  expect(() => demandSound({ ...found, isReadOnly: true })).toThrow(/read-only/)
  expect(() => demandSound({ ...found, encoding: "LATIN1" })).toThrow(/encoding LATIN1/)

  await cluster.run("alter system set fsync = off")
  await cluster.run("select pg_reload_conf()")
  await cluster.make("unsafe")
  await vi.waitFor(async () => expect(await sentence(cluster.url("unsafe"))).toContain("has fsync = off"), { timeout: 20_000 })
  await cluster.run("alter system reset fsync")
  await cluster.run("select pg_reload_conf()")
  await vi.waitFor(async () => expect(await sentence(cluster.url("unsafe"))).toBe("opened"), { timeout: 20_000 })
  await cluster.run("create database latin encoding 'SQL_ASCII' locale_provider libc locale 'C' template template0")
  expect(await sentence(cluster.url("latin"))).toContain("has the encoding SQL_ASCII")
})

test("D38.2: each way the database cannot be opened is one sentence of its own, without the password", async () => {
  await cluster.make("bare")
  await cluster.run("create role guest login password 'let-me-in'")
  const secret = { user: "guest", password: "wr0ng-secret" }
  const sentences = {
    password: await sentence(cluster.url("bare", secret)),
    user: await sentence(cluster.url("bare", { ...secret, user: "nobody" })),
    database: await sentence(cluster.url("missing")),
    rights: await sentence(cluster.url("bare", { user: "guest", password: "let-me-in" })),
    socket: await sentence("postgresql://guest:wr0ng-secret@/bare?host=/nowhere"),
    port: await sentence("postgresql://guest:wr0ng-secret@127.0.0.1:1/bare"),
    name: await sentence("postgresql://guest:wr0ng-secret@host.invalid/bare"),
  }
  expect(sentences).toEqual({
    password: expect.stringMatching(/refuses the user name or the password/) as string,
    user: sentences.password,
    database: expect.stringMatching(/has no database missing/) as string,
    rights: expect.stringMatching(/may not make tables in the database bare/) as string,
    socket: expect.stringMatching(/in \/nowhere, port 5432 cannot be reached \(ENOENT\)/) as string,
    port: expect.stringMatching(/at 127\.0\.0\.1, port 1 cannot be reached \(ECONNREFUSED\)/) as string,
    name: expect.stringMatching(/at host\.invalid, port 5432 cannot be reached \(E/) as string,
  })
  for (const one of Object.values(sentences)) {
    expect(one).toMatch(/^[^\n]+\.$/)
    expect(one).not.toMatch(/wr0ng|let-me-in/)
  }
})

test("D38.7: a second server on the same database is refused, and let in when the first has ended", async () => {
  const first = await open("sole")
  await expect(open("sole")).rejects.toThrow(DatabaseTaken)
  expect(await sentence(cluster.url("sole"))).toBe(
    "The database sole is in use by another Conclave server: end it, or name another database in DATABASE_URL.",
  )
  await makeRoom(first, 1)
  await first.close()
  const second = await open("sole")
  expect(await sqlRoomStore(second).loadRoom(room(1))).toMatchObject({ id: room(1) })
  await second.close()
})

test("D38.7, D38.8: of servers that start at once on an empty database one is let in, and the tables are made once", async () => {
  const starts = await Promise.allSettled([open("rush"), open("rush"), open("rush")])
  const [one, ...more] = starts.flatMap((start) => (start.status === "fulfilled" ? [start.value] : []))
  expect(more).toEqual([])
  expect(starts.filter((start) => start.status === "rejected" && start.reason instanceof DatabaseTaken)).toHaveLength(2)
  await one?.close()
  // Even without the lock, Kysely's own has them take turns.
  const others = await Promise.all([bare("rush without lock"), bare("rush without lock"), bare("rush without lock")])
  await Promise.all(others.map((db) => migrate(db, "bytea")))
  await Promise.all(others.map((db) => db.destroy()))
})

const endSessions = (name: string, which = "true") =>
  cluster.run(`select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}' and ${which}`)
const holdsLock = "pid in (select pid from pg_locks where locktype = 'advisory')"

test("D38.7: without its lock a server asks nothing; it goes on when it has it again", async () => {
  const database = await open("away")
  heardNow()
  await makeRoom(database, 1)
  await cluster.run("alter database away allow_connections false")
  await endSessions("away")
  await vi.waitFor(() => expect(heard).toContain("away"), { timeout: 20_000 })
  await expect(makeRoom(database, 2)).rejects.toMatchObject({ code: "storage-failed" })
  await cluster.run("alter database away allow_connections true")
  await vi.waitFor(() => expect(heard).toContain("back"), { timeout: 20_000 })
  await makeRoom(database, 2)
  expect(heardNow()).toEqual(["away", "back"])
  await database.close()
})

test("D38.7: a server whose database another one had meanwhile hears that it must end, and writes nothing more", async () => {
  const database = await open("lost")
  heardNow()
  // Another server came and went while this one was cut off.
  await cluster.run("update serving set run = 'another'", "lost")
  await endSessions("lost", holdsLock)
  await vi.waitFor(() => expect(heard).toContain("taken"), { timeout: 20_000 })
  await expect(makeRoom(database, 1)).rejects.toMatchObject({ code: "storage-failed" })
  await database.close()
})

test("D38.5: a session that breaks inside a transaction fails that transaction and nothing else", async () => {
  const database = await open("broken")
  await makeRoom(database, 1)
  const change = { access_hash: "changed" }
  const work = database.transaction(async (transaction) => {
    await transaction.updateTable("rooms").set(change).execute()
    await endSessions("broken", `not (${holdsLock})`)
    await transaction.updateTable("rooms").set(change).execute()
  })
  await expect(work).rejects.toThrow()
  expect(await sqlRoomStore(database).loadRoom(room(1))).toMatchObject({ accessHash: "" })
  await database.close()
})

test("D38.5: transactions that read and then write come out as if one had followed the other", async () => {
  const database = await open("serial")
  await makeRoom(database, 1)
  const addOne = () =>
    database.transaction(async (transaction) => {
      const { version } = await transaction.selectFrom("rooms").select("version").executeTakeFirstOrThrow()
      await transaction
        .updateTable("rooms")
        .set({ version: Number(version) + 1 })
        .execute()
    })
  await Promise.all(Array.from({ length: 20 }, addOne))
  expect(await sqlRoomStore(database).roomKeys(room(1))).toMatchObject({ version: 21 })
  await database.close()
})

test("D38.10: a dump made while the server runs opens as a database with all that was confirmed before it", async () => {
  const running = await open("dumped")
  await makeRoom(running, 1)
  const file = join(mkdtempSync(join(tmpdir(), "conclave-dump-")), "conclave.dump")
  cluster.program("pg_dump", ["--format=custom", `--file=${file}`, cluster.url("dumped")])
  await makeOnce("restored")
  cluster.program("pg_restore", ["--clean", "--if-exists", "--no-owner", `--dbname=${cluster.url("restored")}`, file])
  const restored = await open("restored")
  expect(await sqlRoomStore(restored).loadRoom(room(1))).toMatchObject({ id: room(1) })
  for (const database of [restored, running]) await database.close()
})

test("D38.3: who answers without TLS, or with a certificate that nobody vouches for, is told neither user nor password", async () => {
  let isPlain = true
  const said: Buffer[] = []
  const server = createServer((socket) => {
    socket.on("error", () => undefined)
    socket.once("data", (request) => {
      said.push(request)
      socket.write(isPlain ? "N" : "S")
      if (isPlain) {
        socket.on("data", (more) => said.push(more))
        return
      }
      const secured = new TLSSocket(socket, { isServer: true, cert: testCertificate, key: testKey })
      secured.on("error", () => undefined).on("data", (more: Buffer) => said.push(more))
    })
  }).listen(0, "127.0.0.1")
  await once(server, "listening")
  const url = `postgresql://guest:wr0ng-secret@localhost:${(server.address() as AddressInfo).port}/db?sslmode=verify-full`
  expect(await sentence(url)).toMatch(/does not prove by TLS that it is localhost \(no TLS\): see sslmode/)
  isPlain = false
  expect(await sentence(url)).toMatch(/does not prove by TLS that it is localhost \([A-Z_]+\): see sslmode/)
  // SSLRequest, twice.
  expect(said.map((one) => one.toString("hex"))).toEqual(["0000000804d2162f", "0000000804d2162f"])
  server.close()
})

test("D38.6: a statement that takes too long is ended by the server", async () => {
  const database = await open("slow")
  const asked = database.db.connection().execute(async (one) => {
    await sql`set statement_timeout = 50`.execute(one)
    await sql`select pg_sleep(600)`.execute(one)
  })
  await expect(asked).rejects.toMatchObject({ code: "57014" })
  await database.close()
})

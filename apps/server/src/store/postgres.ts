/** The database of `DATABASE_URL`. */

import { randomUUID } from "node:crypto"
import { Kysely, PostgresDialect, type PostgresPoolClient } from "kysely"
import pg from "pg"
import { migrate, type Database } from "./database.ts"
import { demandSound, look, sessionOf } from "./postgres-session.ts"
import type { PostgresAddress } from "./postgres-address.ts"
import { SoleServer } from "./sole-server.ts"
import type { Tables } from "./tables.ts"

/** Sessions for queries, beside the one that holds the lock. */
const mostSessions = 10
/** Of transactions that stood in each other's way at least one got through, so this many at once are sure to. */
const mostAttempts = 25

export interface PostgresParts {
  readonly address: PostgresAddress
  /** The database does not answer, or does again; until then every query fails. */
  readonly onAway: (isAway: boolean) => void
  /** Another server has the database: this one must end. */
  readonly onTaken: () => void
}

/** Opens the database and brings its tables up to date. Throws StartRefusal, DatabaseTaken and what the driver says. */
export async function postgresDatabase({ address, onAway, onTaken }: PostgresParts): Promise<Database> {
  const sole = await SoleServer.become({ connect: () => connectForLock(address), run: randomUUID(), onAway, onTaken })
  try {
    await migrateFirst(address)
    const pool = openPool(address)
    const db = kyselyOn(pool, () => sole.isAlone())
    const indexes = await uniqueIndexes(pool)
    return {
      db,
      transaction: (work) => untilAlone(() => db.transaction().setIsolationLevel("serializable").execute(work)),
      uniqueColumns: (error) => (codeOf(error) === "23505" ? indexes.get((error as pg.DatabaseError).constraint ?? "") : undefined),
      async close() {
        await db.destroy()
        await sole.release()
      },
    }
  } catch (error) {
    await sole.release()
    throw error
  }
}

async function connectForLock(address: PostgresAddress): Promise<pg.Client> {
  const client = new pg.Client({ ...sessionOf(address, "quick"), query_timeout: 5_000 })
  client.on("error", () => undefined)
  await client.connect()
  try {
    demandSound(await look(client))
  } catch (error) {
    await client.end()
    throw error
  }
  return client
}

function openPool(address: PostgresAddress, pace: "quick" | "patient" = "quick"): pg.Pool {
  const pool = new pg.Pool({ ...sessionOf(address, pace), max: pace === "quick" ? mostSessions : 1, maxLifetimeSeconds: 3_600 })
  // A session that breaks fails its query, or is replaced when it had none; without a listener it would end the process.
  pool.on("error", () => undefined)
  pool.on("connect", (client) => void client.on("error", () => undefined))
  return pool
}

async function migrateFirst(address: PostgresAddress): Promise<void> {
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: openPool(address, "patient") }) })
  try {
    await migrate(db, "bytea")
  } finally {
    await db.destroy()
  }
}

/** D38.7: while the lock is not held there is no session to be had. */
function kyselyOn(pool: pg.Pool, isAlone: () => boolean): Kysely<Tables> {
  const connect = async (): Promise<PostgresPoolClient> => {
    if (!isAlone()) throw new Error("the database does not answer")
    return pool.connect()
  }
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool: { connect, end: () => pool.end(), options: pool.options } }) })
}

/** D38.5: a transaction that another stood in the way of is done again. */
async function untilAlone<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      // serialization_failure, deadlock_detected
      if (attempt === mostAttempts || !["40001", "40P01"].includes(codeOf(error) ?? "")) throw error
    }
  }
}

const codeOf = (error: unknown): string | undefined => (error instanceof pg.DatabaseError ? error.code : undefined)

/** Columns of every unique index by its name: the driver names the index, and the words around it depend on the server's language. */
async function uniqueIndexes(pool: pg.Pool): Promise<ReadonlyMap<string, string>> {
  const { rows } = await pool.query<{ name: string; columns: string }>(`
    select indexes.relname as name, string_agg(tables.relname || '.' || attribute.attname, ', ' order by key.place) as columns
    from pg_index
    join pg_class indexes on indexes.oid = pg_index.indexrelid
    join pg_class tables on tables.oid = pg_index.indrelid
    cross join unnest(pg_index.indkey) with ordinality as key (number, place)
    join pg_attribute attribute on attribute.attrelid = tables.oid and attribute.attnum = key.number
    where pg_index.indisunique and tables.relnamespace = current_schema()::regnamespace
    group by indexes.relname`)
  return new Map(rows.map(({ name, columns }) => [name, columns]))
}

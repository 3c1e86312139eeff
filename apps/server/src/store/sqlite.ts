/** The embedded database: one file in the data folder. */

import { mkdirSync } from "node:fs"
import { join } from "node:path"
import { Kysely, SqliteAdapter, SqliteDialect, type SqliteDatabase } from "kysely"
import { migrate, type Database } from "./database.ts"
import { openSqlite } from "./node-sqlite.ts"
import type { Tables } from "./tables.ts"

/**
 * Opens the database in a folder, which is made if it is missing, and brings its tables up to date. Throws what the file system or
 * SQLite says.
 */
export async function sqliteDatabase(folder: string): Promise<Database> {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const database = fitSqlite(openSqlite(join(folder, "conclave.sqlite")))
  try {
    await migrate(database.db, "blob")
  } catch (error) {
    await database.close()
    throw error
  }
  return database
}

/** One connection that all share: Kysely lets transactions and statements run one after the other. */
export function fitSqlite(database: SqliteDatabase): Database {
  const db = new Kysely<Tables>({ dialect: new Dialect({ database }) })
  return { db, transaction: (work) => db.transaction().execute(work), uniqueColumns, close: () => db.destroy() }
}

/** D38.8: Kysely does not count on it, but SQLite undoes DDL too, so a migration that breaks off leaves nothing. */
class Dialect extends SqliteDialect {
  override createAdapter(): SqliteAdapter {
    return new Adapter()
  }
}

class Adapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}

/** SQLite says `UNIQUE constraint failed: entries.call, entries.epoch, …`. */
export function uniqueColumns(error: unknown): string | undefined {
  return error instanceof Error ? /^UNIQUE constraint failed: (.*)$/.exec(error.message)?.[1] : undefined
}

/** Fits Node's own SQLite to Kysely's dialect. */

import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite"
import type { SqliteDatabase, SqliteStatement } from "kysely"

/** Statements kept ready. Queries are few; lists of values make some vary. */
const mostKept = 200

const pragmas = ["locking_mode = EXCLUSIVE", "journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "secure_delete = ON"]

/**
 * Opens the file so that a commit survives a power cut (WAL, synchronous FULL) and no second process can use it.
 * Throws what SQLite says when the file cannot be opened, is locked or is no database.
 */
export function openSqlite(path: string): SqliteDatabase {
  const database = new DatabaseSync(path, { timeout: 2000 })
  try {
    for (const pragma of pragmas) database.exec(`PRAGMA ${pragma}`)
    // The lock is taken by the first write.
    database.exec("BEGIN IMMEDIATE; COMMIT")
  } catch (error) {
    database.close()
    throw error
  }
  const kept = new Map<string, SqliteStatement>()
  return {
    close: () => database.close(),
    prepare(sql) {
      const known = kept.get(sql)
      if (known !== undefined) return known
      const statement = fit(database.prepare(sql))
      if (kept.size >= mostKept) kept.clear()
      kept.set(sql, statement)
      return statement
    },
  }
}

const fit = (statement: StatementSync): SqliteStatement => ({
  reader: statement.columns().length > 0,
  all: (values) => statement.all(...(values as SQLInputValue[])),
  run: (values) => statement.run(...(values as SQLInputValue[])),
  iterate: (values) => statement.iterate(...(values as SQLInputValue[])),
})

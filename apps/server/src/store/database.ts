/** What the stores need of a SQL database, whichever it is. */

import type { Kysely, Transaction } from "kysely"
import { Migrator } from "kysely/migration"
import { Problem, type ProblemCode } from "@conclave/wire"
import { StartRefusal } from "../config.ts"
import { migrations, type BytesType } from "./migrations/all.ts"
import type { Tables } from "./tables.ts"

/** One open database; all stores share it. Its maker has brought the tables up to date. */
export interface Database {
  /** For single statements. What reads and then writes belongs into `transaction`. */
  readonly db: Kysely<Tables>
  /**
   * All of the work or none of it, as if no other transaction ran meanwhile (D38.5). PostgreSQL may call `work` several times, so it
   * does nothing but ask this database.
   */
  transaction<T>(work: (transaction: Transaction<Tables>) => Promise<T>): Promise<T>
  /** Columns, as `table.column` with commas between, of the unique index that refused; undefined when the error is another. */
  uniqueColumns(error: unknown): string | undefined
  close(): Promise<void>
}

/** Brings the tables up to date. Throws what the database says, and StartRefusal when a newer version has been at it (D38.9). */
export async function migrate(db: Kysely<Tables>, bytes: BytesType): Promise<void> {
  const provider = { getMigrations: () => Promise.resolve(migrations(bytes)) }
  const { error } = await new Migrator({ db, provider }).migrateToLatest()
  if (error instanceof Error && error.message.startsWith("corrupted migrations"))
    throw new StartRefusal("The database was brought up to date by a newer Conclave: run that one, or put back a copy from before it.")
  if (error !== undefined) throw error instanceof Error ? error : new Error("bug: a migration failed", { cause: error })
}

/**
 * What a store lets out is a Problem: one that its own work threw, the one named for the unique index that refused, or `storage-failed`.
 */
export const guarded =
  ({ uniqueColumns }: Pick<Database, "uniqueColumns">) =>
  <T>(work: Promise<T>, onUnique?: (columns: string) => ProblemCode): Promise<T> =>
    work.catch((error: unknown) => {
      if (error instanceof Problem) throw error
      const columns = uniqueColumns(error)
      throw new Problem(columns === undefined ? "storage-failed" : (onUnique?.(columns) ?? "storage-failed"), { cause: error })
    })

/** How the contracts of the stores get at a database. */

import type { Kysely } from "kysely"
import type { Database } from "./database.ts"
import type { BytesType } from "./migrations/all.ts"
import type { Tables } from "./tables.ts"

/** Opens the database of this name, empty the first time; one that was closed comes back as it was. */
export type OpenDatabase = (name: string) => Promise<Database>

export interface DatabaseAdapter {
  readonly name: string
  readonly bytes: BytesType
  readonly open: OpenDatabase
  /** The same database as some other version left it: its tables are not brought up to date. */
  readonly bare: (name: string) => Promise<Kysely<Tables>>
}

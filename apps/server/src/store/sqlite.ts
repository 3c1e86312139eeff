/** The embedded database: one file in the data folder. */

import { mkdirSync } from "node:fs"
import { join } from "node:path"
import { Kysely, SqliteDialect } from "kysely"
import type { RoomStore } from "../rooms/ports.ts"
import { openSqlite } from "./node-sqlite.ts"
import { sqlRoomStore } from "./sql-room-store.ts"
import type { Tables } from "./tables.ts"

/** Opens the store in a folder, which is made if it is missing. Throws what the file system or SQLite says. */
export async function sqliteRoomStore(folder: string): Promise<RoomStore> {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database: openSqlite(join(folder, "conclave.sqlite")) }) })
  return sqlRoomStore({ db, bytes: "blob", uniqueColumns })
}

/** SQLite says `UNIQUE constraint failed: entries.call, entries.epoch, …`. */
export function uniqueColumns(error: unknown): string | undefined {
  return error instanceof Error ? /^UNIQUE constraint failed: (.*)$/.exec(error.message)?.[1] : undefined
}

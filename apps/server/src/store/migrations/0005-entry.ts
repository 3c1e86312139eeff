import type { Kysely } from "kysely"
import type { Migration } from "kysely/migration"

/** What rooms of the API are furnished with, and tokens that let somebody into one (D39). */
export const entry: Migration = {
  async up(db: Kysely<unknown>) {
    for (const column of ["opening", "key_hash"]) await db.schema.alterTable("room_records").addColumn(column, "text").execute()
    await db.schema
      .createTable("room_tokens")
      .addColumn("id", "text", (column) => column.primaryKey())
      .addColumn("room", "text", (column) => column.notNull())
      .addColumn("hash", "text", (column) => column.notNull().unique())
      .addColumn("role", "text", (column) => column.notNull())
      .addColumn("name", "text")
      .addColumn("external_id", "text")
      .addColumn("by_key", "text")
      .addColumn("by_account", "text")
      .addColumn("created_at", "bigint", (column) => column.notNull())
      .addColumn("expires_at", "bigint", (column) => column.notNull())
      .execute()
    await db.schema.createIndex("tokens_of_room").on("room_tokens").columns(["room", "created_at"]).execute()
    await db.schema.createIndex("tokens_by_end").on("room_tokens").column("expires_at").execute()
  },
}

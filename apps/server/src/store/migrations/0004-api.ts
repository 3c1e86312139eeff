import type { Kysely } from "kysely"
import type { Migration } from "kysely/migration"

/** Developer keys, rooms made by the API, and what was answered to requests that may come twice (D37). */
export const api: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable("developer_keys")
      .addColumn("id", "text", (column) => column.primaryKey())
      .addColumn("team", "text", (column) => column.notNull())
      .addColumn("name", "text", (column) => column.notNull())
      .addColumn("hash", "text", (column) => column.notNull().unique())
      .addColumn("old_hash", "text", (column) => column.unique())
      .addColumn("old_until", "bigint")
      .addColumn("scopes", "text", (column) => column.notNull())
      .addColumn("created_at", "bigint", (column) => column.notNull())
      .addColumn("created_by", "text")
      .addColumn("expires_at", "bigint", (column) => column.notNull())
      .addColumn("last_used_at", "bigint")
      .execute()
    await db.schema.createIndex("keys_of_team").on("developer_keys").columns(["team", "created_at"]).execute()
    await db.schema
      .createTable("room_records")
      .addColumn("id", "text", (column) => column.primaryKey())
      .addColumn("team", "text", (column) => column.notNull())
      .addColumn("kind", "text", (column) => column.notNull())
      .addColumn("link", "text", (column) => column.unique())
      .addColumn("friendly_url", "text", (column) => column.notNull().unique())
      .addColumn("topic", "text")
      .addColumn("privacy", "text", (column) => column.notNull())
      .addColumn("external_id", "text")
      .addColumn("default_role", "text", (column) => column.notNull())
      .addColumn("roles", "text", (column) => column.notNull())
      .addColumn("tags", "text", (column) => column.notNull())
      .addColumn("is_locked", "integer", (column) => column.notNull())
      .addColumn("max_participants", "integer")
      .addColumn("expires_at", "bigint")
      .addColumn("created_at", "bigint", (column) => column.notNull())
      .addColumn("updated_at", "bigint", (column) => column.notNull())
      .addColumn("version", "bigint", (column) => column.notNull())
      .execute()
    await db.schema.createIndex("rooms_of_team").on("room_records").columns(["team", "created_at"]).execute()
    await db.schema
      .createTable("requests")
      .addColumn("asker", "text", (column) => column.notNull())
      .addColumn("key", "text", (column) => column.notNull())
      .addColumn("hash", "text", (column) => column.notNull())
      .addColumn("at", "bigint", (column) => column.notNull())
      .addColumn("status", "integer")
      .addColumn("answer", "text")
      .addPrimaryKeyConstraint("requests_key", ["asker", "key"])
      .execute()
    await db.schema.createIndex("requests_by_age").on("requests").column("at").execute()
  },
}

import { sql, type Kysely } from "kysely"
import type { Migration } from "kysely/migration"

/** Webhooks, what is to be sent to them, and what was used by day (D40). */
export const webhooks = (bytes: "blob" | "bytea"): Migration => ({
  async up(db: Kysely<unknown>) {
    const blob = sql.raw<Uint8Array>(bytes)
    await db.schema
      .createTable("webhooks")
      .addColumn("id", "text", (column) => column.primaryKey())
      .addColumn("team", "text", (column) => column.notNull().references("teams.id").onDelete("cascade"))
      .addColumn("name", "text", (column) => column.notNull())
      .addColumn("endpoint", "text", (column) => column.notNull())
      .addColumn("events", "text", (column) => column.notNull())
      .addColumn("disabled_because", "text")
      .addColumn("failing_since", "bigint")
      .addColumn("sealed_secret", blob, (column) => column.notNull())
      .addColumn("old_sealed_secret", blob)
      .addColumn("old_until", "bigint")
      // Counts its deliveries, so that two of one moment keep their order.
      .addColumn("last_place", "bigint", (column) => column.notNull())
      .addColumn("by_kind", "text", (column) => column.notNull())
      .addColumn("by_id", "text", (column) => column.notNull())
      .addColumn("made_at", "bigint", (column) => column.notNull())
      .addColumn("updated_at", "bigint", (column) => column.notNull())
      .execute()
    await db.schema.createIndex("webhooks_of_team").on("webhooks").columns(["team", "made_at"]).execute()
    await db.schema
      .createTable("deliveries")
      .addColumn("id", "text", (column) => column.primaryKey())
      .addColumn("webhook", "text", (column) => column.notNull().references("webhooks.id").onDelete("cascade"))
      .addColumn("place", "bigint", (column) => column.notNull())
      .addColumn("event", "text", (column) => column.notNull())
      .addColumn("type", "text", (column) => column.notNull())
      .addColumn("body", "text", (column) => column.notNull())
      .addColumn("state", "text", (column) => column.notNull())
      .addColumn("is_replay", "integer", (column) => column.notNull())
      .addColumn("attempts", "integer", (column) => column.notNull())
      .addColumn("created_at", "bigint", (column) => column.notNull())
      .addColumn("last_at", "bigint")
      .addColumn("next_at", "bigint")
      .addColumn("status", "integer")
      .addColumn("problem", "text")
      .addColumn("took_ms", "bigint")
      .execute()
    await db.schema.createIndex("deliveries_in_order").unique().on("deliveries").columns(["webhook", "place"]).execute()
    await db.schema.createIndex("deliveries_waiting").on("deliveries").columns(["webhook", "state", "place"]).execute()
    await db.schema.createIndex("deliveries_due").on("deliveries").columns(["state", "next_at"]).execute()
    await db.schema
      .createTable("usage_days")
      .addColumn("team", "text", (column) => column.notNull().references("teams.id").onDelete("cascade"))
      .addColumn("day", "text", (column) => column.notNull())
      .addColumn("calls", "bigint", (column) => column.notNull())
      .addColumn("participant_ms", "bigint", (column) => column.notNull())
      .addColumn("peak", "bigint", (column) => column.notNull())
      .addPrimaryKeyConstraint("usage_days_key", ["team", "day"])
      .execute()
  },
})

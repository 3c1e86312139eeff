import { sql, type Kysely } from "kysely"
import type { Migration } from "kysely/migration"

/** Only what SQLite and PostgreSQL both understand; `bytes` is the one word they spell differently. */
export const rooms = (bytes: "blob" | "bytea"): Migration => ({
  async up(db: Kysely<unknown>) {
    const blob = sql.raw<Uint8Array>(bytes)
    await db.schema
      .createTable("rooms")
      .addColumn("id", "text", (column) => column.primaryKey())
      .addColumn("access_hash", "text", (column) => column.notNull())
      .addColumn("shelf", blob, (column) => column.notNull())
      .execute()
    await db.schema
      .createTable("calls")
      .addColumn("id", "text", (column) => column.primaryKey())
      .addColumn("room", "text", (column) => column.notNull().references("rooms.id"))
      .addColumn("settled", "bigint", (column) => column.notNull())
      .addColumn("ended", "integer", (column) => column.notNull())
      .execute()
    // One call at a time, even if two servers found one.
    await db.schema.createIndex("one_call").unique().on("calls").column("room").where(sql.ref("ended"), "=", sql.lit(0)).execute()
    await db.schema
      .createTable("members")
      .addColumn("call", "text", (column) => column.notNull().references("calls.id"))
      .addColumn("member", "text", (column) => column.notNull())
      .addColumn("session_hash", "text", (column) => column.notNull())
      .addColumn("joined", "bigint", (column) => column.notNull())
      .addColumn("place", "bigint", (column) => column.notNull())
      .addColumn("out_at", "bigint")
      .addColumn("pass_hash", "text")
      .addPrimaryKeyConstraint("members_key", ["call", "member"])
      .execute()
    await db.schema.createIndex("members_by_name").on("members").column("member").execute()
    await db.schema
      .createTable("entries")
      .addColumn("call", "text", (column) => column.notNull().references("calls.id"))
      .addColumn("seq", "bigint", (column) => column.notNull())
      .addColumn("type", "text", (column) => column.notNull())
      .addColumn("epoch", "bigint", (column) => column.notNull())
      .addColumn("attempt", "integer")
      .addColumn("sender", "text")
      .addColumn("adds", "text")
      .addColumn("removes", "text")
      .addColumn("of_seq", "bigint")
      .addColumn("body", blob)
      .addPrimaryKeyConstraint("entries_key", ["call", "seq"])
      .execute()
    // D9: one commit per (call, epoch, attempt). NULLs, which all other entries have, never collide.
    await db.schema.createIndex("one_commit").unique().on("entries").columns(["call", "epoch", "attempt"]).execute()
    await db.schema
      .createTable("trees")
      .addColumn("call", "text", (column) => column.notNull().references("calls.id"))
      .addColumn("seq", "bigint", (column) => column.notNull())
      .addColumn("tree", blob, (column) => column.notNull())
      .addPrimaryKeyConstraint("trees_key", ["call", "seq"])
      .execute()
    await db.schema
      .createTable("welcomes")
      .addColumn("call", "text", (column) => column.notNull().references("calls.id"))
      .addColumn("member", "text", (column) => column.notNull())
      .addColumn("seq", "bigint", (column) => column.notNull())
      .addColumn("epoch", "bigint", (column) => column.notNull())
      .addColumn("welcome", blob, (column) => column.notNull())
      .addPrimaryKeyConstraint("welcomes_key", ["call", "member"])
      .execute()
  },
})

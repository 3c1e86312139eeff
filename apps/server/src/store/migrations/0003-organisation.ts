import { sql, type Kysely } from "kysely"
import type { Migration } from "kysely/migration"

/** Accounts, what they log in with, their sessions, invitations, teams and roles (D36). */
export const organisation = (bytes: "blob" | "bytea"): Migration => ({
  async up(db: Kysely<unknown>) {
    const blob = sql.raw<Uint8Array>(bytes)
    await db.schema
      .createTable("organisation")
      // One row, so that of two setups at once one is refused.
      .addColumn("id", "text", (column) => column.primaryKey())
      .addColumn("name", "text", (column) => column.notNull())
      .addColumn("made_at", "bigint", (column) => column.notNull())
      .execute()
    await db.schema
      .createTable("accounts")
      .addColumn("id", "text", (column) => column.primaryKey())
      .addColumn("email", "text", (column) => column.notNull().unique())
      .addColumn("name", "text", (column) => column.notNull())
      .addColumn("role", "text", (column) => column.notNull())
      .addColumn("password_hash", "text", (column) => column.notNull())
      .addColumn("made_at", "bigint", (column) => column.notNull())
      .execute()
    await db.schema
      .createTable("teams")
      .addColumn("id", "text", (column) => column.primaryKey())
      .addColumn("name", "text", (column) => column.notNull())
      .addColumn("made_at", "bigint", (column) => column.notNull())
      .execute()
    await db.schema
      .createTable("memberships")
      .addColumn("team", "text", (column) => column.notNull().references("teams.id").onDelete("cascade"))
      .addColumn("account", "text", (column) => column.notNull().references("accounts.id").onDelete("cascade"))
      .addColumn("role", "text", (column) => column.notNull())
      .addPrimaryKeyConstraint("memberships_key", ["team", "account"])
      .execute()
    await db.schema.createIndex("memberships_of_account").on("memberships").column("account").execute()
    await db.schema
      .createTable("authenticator_apps")
      .addColumn("account", "text", (column) => column.primaryKey().references("accounts.id").onDelete("cascade"))
      .addColumn("sealed_seed", blob, (column) => column.notNull())
      .addColumn("last_step", "bigint", (column) => column.notNull())
      .execute()
    await db.schema
      .createTable("recovery_codes")
      .addColumn("account", "text", (column) => column.notNull().references("accounts.id").onDelete("cascade"))
      .addColumn("hash", "text", (column) => column.notNull())
      .addPrimaryKeyConstraint("recovery_codes_key", ["account", "hash"])
      .execute()
    await db.schema
      .createTable("passkeys")
      .addColumn("id", "text", (column) => column.primaryKey())
      .addColumn("account", "text", (column) => column.notNull().references("accounts.id").onDelete("cascade"))
      .addColumn("credential", "text", (column) => column.notNull().unique())
      .addColumn("public_key", blob, (column) => column.notNull())
      .addColumn("counter", "bigint", (column) => column.notNull())
      .addColumn("name", "text", (column) => column.notNull())
      .addColumn("made_at", "bigint", (column) => column.notNull())
      .addColumn("used_at", "bigint")
      .execute()
    await db.schema.createIndex("passkeys_of_account").on("passkeys").column("account").execute()
    await db.schema
      .createTable("sessions")
      .addColumn("id", "text", (column) => column.primaryKey())
      .addColumn("hash", "text", (column) => column.notNull().unique())
      .addColumn("account", "text", (column) => column.notNull().references("accounts.id").onDelete("cascade"))
      .addColumn("made_at", "bigint", (column) => column.notNull())
      .addColumn("seen_at", "bigint", (column) => column.notNull())
      .addColumn("proven_at", "bigint", (column) => column.notNull())
      .addColumn("agent", "text", (column) => column.notNull())
      .execute()
    await db.schema.createIndex("sessions_of_account").on("sessions").column("account").execute()
    await db.schema
      .createTable("invitations")
      .addColumn("id", "text", (column) => column.primaryKey())
      .addColumn("hash", "text", (column) => column.notNull().unique())
      .addColumn("account", "text", (column) => column.unique().references("accounts.id").onDelete("cascade"))
      .addColumn("role", "text", (column) => column.notNull())
      .addColumn("team", "text", (column) => column.references("teams.id").onDelete("cascade"))
      .addColumn("team_role", "text")
      // Whoever is sent away takes their open invitations along.
      .addColumn("by_account", "text", (column) => column.notNull().references("accounts.id").onDelete("cascade"))
      .addColumn("made_at", "bigint", (column) => column.notNull())
      .addColumn("expires_at", "bigint", (column) => column.notNull())
      .execute()
  },
})

import type { Kysely } from "kysely"
import type { Migration } from "kysely/migration"

/** Who may change what a room keeps (D3.10), and by which links it was reached before (D3.11). A room made earlier has no key. */
export const roomKeys: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .alterTable("rooms")
      .addColumn("version", "bigint", (column) => column.notNull().defaultTo(1))
      .execute()
    for (const list of ["keys", "replaced"])
      await db.schema
        .alterTable("rooms")
        .addColumn(list, "text", (column) => column.notNull().defaultTo("[]"))
        .execute()
  },
}

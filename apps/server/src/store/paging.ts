/** Pages of a table by `made_at` and `id`, in either direction. */

import { sql, type RawBuilder } from "kysely"
import type { Wanted } from "../organisation/ports.ts"

/** Whether a row comes after the one the asker saw last. Without one every row does; after one that is gone none does. */
export function isBeyond(table: "accounts" | "invitations" | "teams" | "webhooks", { order, after }: Wanted<string>): RawBuilder<boolean> {
  if (after === undefined) return sql<boolean>`1 = 1`
  const [at, id] = [sql.ref(`${table}.made_at`), sql.ref(`${table}.id`)]
  const last = sql`(select made_at, id from ${sql.table(table)} where id = ${after})`
  return order === "asc" ? sql<boolean>`(${at}, ${id}) > ${last}` : sql<boolean>`(${at}, ${id}) < ${last}`
}

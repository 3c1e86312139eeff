/** Requests with an Idempotency-Key, and what was answered. */

import type { RequestName, RequestStore } from "../api/ports.ts"
import { guarded, type Database } from "./database.ts"

export function requests(database: Database): RequestStore {
  const { db } = database
  const guard = guarded(database)
  return {
    begin: (request) => guard(begin(database, request)),
    done: ({ asker, key }, { status, body }) =>
      guard(
        db
          .updateTable("requests")
          .set({ status, answer: body ?? null })
          .where("asker", "=", asker)
          .where("key", "=", key)
          .execute(),
      ).then(() => undefined),
    forget: ({ asker, key }) =>
      guard(db.deleteFrom("requests").where("asker", "=", asker).where("key", "=", key).execute()).then(() => undefined),
    sweep: (before) => guard(db.deleteFrom("requests").where("at", "<", before).execute()).then(() => undefined),
  }
}

async function begin(
  { db }: Database,
  { asker, key, hash, at }: RequestName & { readonly hash: string; readonly at: number },
): ReturnType<RequestStore["begin"]> {
  // Of two at once, one inserts and the other finds it.
  const { numInsertedOrUpdatedRows } = await db
    .insertInto("requests")
    .values({ asker, key, hash, at, status: null, answer: null })
    .onConflict((conflict) => conflict.columns(["asker", "key"]).doNothing())
    .executeTakeFirstOrThrow()
  if (numInsertedOrUpdatedRows === 1n) return "begun"
  const kept = await db.selectFrom("requests").selectAll().where("asker", "=", asker).where("key", "=", key).executeTakeFirst()
  // Forgotten in between: it may be sent again.
  if (kept === undefined) return "busy"
  if (kept.hash !== hash) return "other"
  return kept.status === null ? "busy" : { status: kept.status, body: kept.answer ?? undefined }
}

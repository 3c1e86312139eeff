/** Sessions as rows. */

import type { Selectable } from "kysely"
import type { AccountId } from "@conclave/api"
import type { Session, SessionStore } from "../organisation/ports.ts"
import { guarded, type Database } from "./database.ts"
import type { Tables } from "./tables.ts"

export function sessions(database: Database): SessionStore {
  const { db } = database
  const guard = guarded(database)
  return {
    add: ({ id, account, madeAt, seenAt, provenAt, agent }, hash) =>
      guard(
        db.insertInto("sessions").values({ id, hash, account, made_at: madeAt, seen_at: seenAt, proven_at: provenAt, agent }).execute(),
      ).then(() => undefined),
    byHash: (hash) =>
      guard(db.selectFrom("sessions").selectAll().where("hash", "=", hash).executeTakeFirst()).then((row) => row && sessionOf(row)),
    list: (account) =>
      guard(db.selectFrom("sessions").selectAll().where("account", "=", account).orderBy("made_at", "desc").execute()).then((rows) =>
        rows.map(sessionOf),
      ),
    notice: (id, seenAt) => guard(db.updateTable("sessions").set({ seen_at: seenAt }).where("id", "=", id).execute()).then(() => undefined),
    rotate: (before, after, provenAt) =>
      guard(db.updateTable("sessions").set({ hash: after, proven_at: provenAt }).where("hash", "=", before).executeTakeFirst()).then(
        ({ numUpdatedRows }) => numUpdatedRows === 1n,
      ),
    end: (account, id) =>
      guard(db.deleteFrom("sessions").where("account", "=", account).where("id", "=", id).executeTakeFirst()).then(
        ({ numDeletedRows }) => numDeletedRows === 1n,
      ),
    async endAll(account, except) {
      const all = db.deleteFrom("sessions").where("account", "=", account)
      await guard((except === undefined ? all : all.where("id", "<>", except)).execute())
    },
    sweep: ({ madeAt, seenAt }) =>
      guard(
        db
          .deleteFrom("sessions")
          .where((is) => is.or([is("made_at", "<", madeAt), is("seen_at", "<", seenAt)]))
          .execute(),
      ).then(() => undefined),
  }
}

const sessionOf = (row: Selectable<Tables["sessions"]>): Session => ({
  id: row.id as Session["id"],
  account: row.account as AccountId,
  madeAt: Number(row.made_at),
  seenAt: Number(row.seen_at),
  provenAt: Number(row.proven_at),
  agent: row.agent,
})

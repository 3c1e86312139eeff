/** Webhooks as rows. */

import type { Insertable, Kysely, Selectable, Transaction } from "kysely"
import type { WebhookId } from "@conclave/api"
import type { Page, Wanted } from "../api/ports.ts"
import type { Webhook, WebhookStore } from "../webhooks/ports.ts"
import type { Bell } from "./bell.ts"
import { numberOrNone } from "./columns.ts"
import { guarded, type Database } from "./database.ts"
import { deliveries } from "./deliveries.ts"
import { isBeyond } from "./paging.ts"
import type { Tables } from "./tables.ts"

export function webhooks(database: Database, bell: Bell): WebhookStore {
  const { db } = database
  const guard = guarded(database)
  return {
    add: (webhook, most) => guard(database.transaction((transaction) => insert(transaction, webhook, most))),
    get: (id) => guard(db.selectFrom("webhooks").selectAll().where("id", "=", id).executeTakeFirst()).then((row) => row && webhookOf(row)),
    list: (wanted) => guard(list(db, wanted)),
    change: (webhook) =>
      guard(change(db, webhook)).then((isThere) => {
        // What waited while it was switched off is due.
        bell.ring()
        return isThere
      }),
    rotate: (id, sealedSecret, { oldUntil, at }) =>
      guard(
        db
          .updateTable("webhooks")
          .set((make) => ({
            old_sealed_secret: make.ref("sealed_secret"),
            sealed_secret: sealedSecret,
            old_until: oldUntil,
            updated_at: at,
          }))
          .where("id", "=", id)
          .execute(),
      ).then(() => undefined),
    remove: (id) => guard(db.deleteFrom("webhooks").where("id", "=", id).execute()).then(() => undefined),
    deliveries: deliveries(database, bell),
  }
}

async function insert(db: Transaction<Tables>, webhook: Webhook, most: number): Promise<"done" | "too-many"> {
  const { had } = await db
    .selectFrom("webhooks")
    .where("team", "=", webhook.team)
    .select(({ fn }) => fn.countAll().as("had"))
    .executeTakeFirstOrThrow()
  if (Number(had) >= most) return "too-many"
  await db.insertInto("webhooks").values(rowOf(webhook)).execute()
  return "done"
}

/** Not the secrets: those are `rotate`'s. */
async function change(db: Kysely<Tables>, webhook: Webhook): Promise<boolean> {
  const { name, endpoint, events, disabled_because, failing_since, updated_at } = rowOf(webhook)
  const { numUpdatedRows } = await db
    .updateTable("webhooks")
    .set({ name, endpoint, events, disabled_because, failing_since, updated_at })
    .where("id", "=", webhook.id)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

async function list(db: Kysely<Tables>, { teams, ...wanted }: Wanted<WebhookId>): Promise<Page<Webhook>> {
  let query = db.selectFrom("webhooks")
  if (teams !== "all") {
    if (teams.length === 0) return { found: [], total: 0 }
    query = query.where("team", "in", [...teams])
  }
  const { total } = await query.select(({ fn }) => fn.countAll().as("total")).executeTakeFirstOrThrow()
  const { order, limit, offset } = wanted
  const page = query.selectAll().where(isBeyond("webhooks", wanted)).orderBy("made_at", order).orderBy("id", order)
  return { found: (await page.limit(limit).offset(offset).execute()).map(webhookOf), total: Number(total) }
}

const rowOf = (webhook: Webhook): Insertable<Tables["webhooks"]> => ({
  id: webhook.id,
  team: webhook.team,
  name: webhook.name,
  endpoint: webhook.endpoint,
  events: JSON.stringify(webhook.events),
  disabled_because: webhook.disabledBecause ?? null,
  failing_since: webhook.failingSince ?? null,
  sealed_secret: webhook.sealedSecret,
  old_sealed_secret: webhook.old?.sealedSecret ?? null,
  old_until: webhook.old?.until ?? null,
  last_place: 0,
  by_kind: webhook.createdBy.kind,
  by_id: webhook.createdBy.id,
  made_at: webhook.createdAt,
  updated_at: webhook.updatedAt,
})

/** The table holds only what `rowOf` made, so this trusts it. */
const webhookOf = (row: Selectable<Tables["webhooks"]>): Webhook => ({
  id: row.id as Webhook["id"],
  team: row.team as Webhook["team"],
  name: row.name,
  endpoint: row.endpoint,
  events: JSON.parse(row.events) as Webhook["events"],
  disabledBecause: (row.disabled_because ?? undefined) as Webhook["disabledBecause"],
  failingSince: numberOrNone(row.failing_since),
  sealedSecret: new Uint8Array(row.sealed_secret),
  old:
    row.old_sealed_secret === null || row.old_until === null
      ? undefined
      : { sealedSecret: new Uint8Array(row.old_sealed_secret), until: Number(row.old_until) },
  createdBy: { kind: row.by_kind as Webhook["createdBy"]["kind"], id: row.by_id },
  createdAt: Number(row.made_at),
  updatedAt: Number(row.updated_at),
})

/** What is to be sent to webhooks, and what was, as rows. */

import { sql, type Kysely, type Selectable, type Transaction } from "kysely"
import type { DeliveryId, WebhookId } from "@conclave/api"
import type { Page } from "../api/ports.ts"
import type { Attempted, Delivery, DeliveryStore, Standing, SweepBounds } from "../webhooks/ports.ts"
import type { Bell } from "./bell.ts"
import { numberOrNone } from "./columns.ts"
import { guarded, type Database } from "./database.ts"
import { insertDelivery, keepForReceivers, ringing } from "./outbox.ts"
import type { Tables } from "./tables.ts"

export function deliveries(database: Database, bell: Bell): DeliveryStore {
  const { db } = database
  const guard = guarded(database)
  return {
    tell: (happened) => guard(ringing(database, bell, (transaction) => keepForReceivers(transaction, happened))),
    add: (webhook, fresh) =>
      guard(database.transaction((transaction) => insertDelivery(transaction, webhook, fresh))).then((row) => {
        if (row !== undefined) bell.ring()
        return row && deliveryOf(row as Row)
      }),
    get: (webhook, id) =>
      guard(db.selectFrom("deliveries").selectAll().where("webhook", "=", webhook).where("id", "=", id).executeTakeFirst()).then(
        (row) => row && deliveryOf(row),
      ),
    list: (webhook, wanted) => guard(list(db, webhook, wanted)),
    due: (at, wanted) => guard(due(db, at, wanted)),
    nextDue: (but) => guard(nextDue(db, but)),
    attempted: (id, outcome, standing) => guard(database.transaction((transaction) => attempted(transaction, { id, outcome, standing }))),
    sweep: (bounds) => guard(sweep(db, bounds)),
    counts: () => guard(counts(db)),
    onNew: (listener) => bell.onRing(listener),
  }
}

type Row = Selectable<Tables["deliveries"]>

async function list(
  db: Kysely<Tables>,
  webhook: WebhookId,
  { limit, offset, order, after, state }: Parameters<DeliveryStore["list"]>[1],
): Promise<Page<Delivery>> {
  let query = db.selectFrom("deliveries").where("webhook", "=", webhook)
  if (state !== undefined) query = query.where("state", "=", state)
  const { total } = await query.select(({ fn }) => fn.countAll().as("total")).executeTakeFirstOrThrow()
  if (after !== undefined) {
    const last = db.selectFrom("deliveries").select("place").where("webhook", "=", webhook).where("id", "=", after)
    query = query.where("place", order === "asc" ? ">" : "<", last)
  }
  const rows = await query.selectAll().orderBy("place", order).limit(limit).offset(offset).execute()
  return { found: rows.map(deliveryOf), total: Number(total) }
}

/**
 * Of each enabled webhook but these, the first that is due. It is looked up webhook by webhook and then fetched by its id: asked for in any
 * other way, databases look at everything that waits for each thing that waits. (`+ 0`: by its place and not by the index of times.)
 */
async function due(db: Kysely<Tables>, at: number, { but, most }: Parameters<DeliveryStore["due"]>[1]): Promise<readonly Delivery[]> {
  const first = sql<string>`(select due.id from deliveries due
    where due.webhook = webhooks.id and due.state = 'waiting' and due.next_at + 0 <= ${at} order by due.place limit 1)`
  const enabled = db.selectFrom("webhooks").select(first.as("id")).where("disabled_because", "is", null)
  const rows = await db
    .selectFrom("deliveries")
    .where("id", "in", but.length === 0 ? enabled : enabled.where("id", "not in", [...but]))
    .selectAll()
    .orderBy("next_at")
    .limit(most)
    .execute()
  return rows.map(deliveryOf)
}

async function nextDue(db: Kysely<Tables>, but: readonly WebhookId[]): Promise<number | undefined> {
  const query = db
    .selectFrom("deliveries")
    .innerJoin("webhooks", "webhooks.id", "deliveries.webhook")
    .where("deliveries.state", "=", "waiting")
    .where("webhooks.disabled_because", "is", null)
  const row = await (but.length === 0 ? query : query.where("deliveries.webhook", "not in", [...but]))
    .select("deliveries.next_at as at")
    .orderBy("deliveries.next_at")
    .limit(1)
    .executeTakeFirst()
  return numberOrNone(row?.at ?? null)
}

async function attempted(
  db: Transaction<Tables>,
  { id, outcome, standing }: { readonly id: DeliveryId; readonly outcome: Attempted; readonly standing: Standing },
): Promise<void> {
  const { state, at, nextAt = null, status = null, problem = null, tookMs } = outcome
  const row = await db
    .updateTable("deliveries")
    .set((make) => ({
      attempts: make("attempts", "+", 1),
      ...{ state, last_at: at, next_at: nextAt, status, problem, took_ms: tookMs },
    }))
    .where("id", "=", id)
    .returning("webhook")
    .executeTakeFirst()
  // Deleted meanwhile.
  if (row === undefined) return
  const { failingSince = null, disabledBecause = null } = standing
  await db
    .updateTable("webhooks")
    .set({ failing_since: failingSince, disabled_because: disabledBecause })
    .where("id", "=", row.webhook)
    // Whoever switched it off meanwhile meant it.
    .where("disabled_because", "is", null)
    .execute()
}

async function sweep(db: Kysely<Tables>, { before, mostDone, mostWaiting }: SweepBounds): Promise<void> {
  await db.deleteFrom("deliveries").where("created_at", "<", before).execute()
  await dropAllButNewest(db, mostDone, sql<boolean>`state <> 'waiting'`)
  await dropAllButNewest(db, mostWaiting, sql<boolean>`state = 'waiting'`)
}

async function dropAllButNewest(db: Kysely<Tables>, most: number, which: ReturnType<typeof sql<boolean>>): Promise<void> {
  const full = await db
    .selectFrom("deliveries")
    .where(which)
    .groupBy("webhook")
    .having(({ fn }) => fn.countAll(), ">", most)
    .select("webhook")
    .execute()
  for (const { webhook } of full) {
    const of = db.selectFrom("deliveries").where("webhook", "=", webhook).where(which)
    const last = await of.select("place").orderBy("place", "desc").offset(most).limit(1).executeTakeFirst()
    if (last === undefined) continue
    await db.deleteFrom("deliveries").where("webhook", "=", webhook).where(which).where("place", "<=", Number(last.place)).execute()
  }
}

async function counts(db: Kysely<Tables>): ReturnType<DeliveryStore["counts"]> {
  const waits = await db
    .selectFrom("deliveries")
    .where("state", "=", "waiting")
    .select(({ fn }) => [fn.countAll().as("waiting"), fn.min("created_at").as("oldest")])
    .executeTakeFirstOrThrow()
  const { failing } = await db
    .selectFrom("webhooks")
    .where("failing_since", "is not", null)
    .select(({ fn }) => fn.countAll().as("failing"))
    .executeTakeFirstOrThrow()
  return {
    waiting: Number(waits.waiting),
    oldestWaiting: numberOrNone(waits.oldest),
    failing: Number(failing),
  }
}

/** The table holds only what `insertDelivery` made, so this trusts it. */
const deliveryOf = (row: Row): Delivery => ({
  id: row.id as DeliveryId,
  webhook: row.webhook as WebhookId,
  event: row.event,
  type: row.type as Delivery["type"],
  body: row.body,
  state: row.state as Delivery["state"],
  isReplay: row.is_replay === 1,
  attempts: row.attempts,
  createdAt: Number(row.created_at),
  lastAt: numberOrNone(row.last_at),
  nextAt: numberOrNone(row.next_at),
  status: row.status ?? undefined,
  problem: (row.problem ?? undefined) as Delivery["problem"],
  tookMs: numberOrNone(row.took_ms),
})

/** D40.6: what happened is kept for its receivers in the transaction that makes it happen. */

import { randomBytes } from "node:crypto"
import { sql, type Insertable, type Transaction } from "kysely"
import { newEvent } from "../webhooks/event.ts"
import type { Delivery, Happened } from "../webhooks/ports.ts"
import type { Bell } from "./bell.ts"
import type { Database } from "./database.ts"
import type { Tables } from "./tables.ts"

/** Does the work, which gives how many deliveries there are now to be made, and rings when there are some. */
export async function ringing(database: Database, bell: Bell, work: (transaction: Transaction<Tables>) => Promise<number>): Promise<void> {
  if ((await database.transaction(work)) > 0) bell.ring()
}

/** Gives how many deliveries there are now to be made. */
export async function keepForReceivers(db: Transaction<Tables>, happened: readonly Happened[]): Promise<number> {
  let kept = 0
  for (const one of happened) {
    const receivers = await receiversOf(db, one)
    if (receivers.length === 0) continue
    const { id: event, body } = newEvent(one)
    for (const webhook of receivers) {
      await insertDelivery(db, webhook, { event, type: one.type, body, isReplay: false, at: one.at })
      kept += 1
    }
  }
  return kept
}

async function receiversOf(db: Transaction<Tables>, { team, type }: Happened): Promise<readonly string[]> {
  const rows = await db
    .selectFrom("webhooks")
    .select(["id", "events"])
    .where("team", "=", team)
    .where("disabled_because", "is", null)
    .execute()
  return rows.filter(({ events }) => (JSON.parse(events) as string[]).includes(type)).map(({ id }) => id)
}

type Fresh = Pick<Delivery, "event" | "type" | "body" | "isReplay"> & { readonly at: number }

/** In its place behind those before it; undefined: the webhook is gone. */
export async function insertDelivery(
  db: Transaction<Tables>,
  webhook: string,
  { event, type, body, isReplay, at }: Fresh,
): Promise<Insertable<Tables["deliveries"]> | undefined> {
  const placed = await db
    .updateTable("webhooks")
    .set({ last_place: sql<number>`last_place + 1` })
    .where("id", "=", webhook)
    .returning("last_place")
    .executeTakeFirst()
  if (placed === undefined) return undefined
  const row = {
    id: randomBytes(16).toString("base64url"),
    webhook,
    place: Number(placed.last_place),
    event,
    type,
    body,
    state: "waiting",
    is_replay: isReplay ? 1 : 0,
    attempts: 0,
    created_at: at,
    last_at: null,
    next_at: at,
    status: null,
    problem: null,
    took_ms: null,
  }
  await db.insertInto("deliveries").values(row).execute()
  return row
}

/** Developer keys as rows. */

import type { Kysely, Selectable, Transaction } from "kysely"
import type { KeyId } from "@conclave/api"
import type { DeveloperKey, KeyStore, Page, Wanted } from "../api/ports.ts"
import { keyEvent } from "../webhooks/key-events.ts"
import type { Bell } from "./bell.ts"
import { numberOrNone } from "./columns.ts"
import { guarded, type Database } from "./database.ts"
import { keepForReceivers, ringing } from "./outbox.ts"
import type { Tables } from "./tables.ts"

/** Noting every use would be a write for every request. */
const noteEvery = 15 * 60 * 1000

export function developerKeys(database: Database, bell: Bell): KeyStore {
  const { db } = database
  const guard = guarded(database)
  return {
    add: (key, hash) =>
      guard(
        ringing(database, bell, async (transaction) => {
          await insert(transaction, key, hash)
          return keepForReceivers(transaction, [keyEvent("key_created", key, key.createdAt)])
        }),
      ),
    byHash: (hash, at) => guard(byHash(db, hash, at)),
    get: (id) =>
      guard(db.selectFrom("developer_keys").selectAll().where("id", "=", id).executeTakeFirst()).then((row) => row && keyOf(row)),
    list: (wanted) => guard(database.transaction((transaction) => list(transaction, wanted))),
    rotate: (id, hash, { oldUntil, at }) =>
      guard(
        ringing(database, bell, async (transaction) => {
          const values = { hash, old_until: oldUntil }
          await transaction
            .updateTable("developer_keys")
            .set((make) => ({ old_hash: make.ref("hash"), ...values }))
            .where("id", "=", id)
            .execute()
          return tellOf(transaction, "key_rotated", { id, at })
        }),
      ),
    remove: (id, at) =>
      guard(
        ringing(database, bell, async (transaction) => {
          await disableWebhooksOf(transaction, id)
          const kept = await tellOf(transaction, "key_revoked", { id, at })
          await transaction.deleteFrom("developer_keys").where("id", "=", id).execute()
          return kept
        }),
      ),
  }
}

/** D40.17: whoever stole the key may have made them. */
async function disableWebhooksOf(db: Transaction<Tables>, key: KeyId): Promise<void> {
  await db
    .updateTable("webhooks")
    .set({ disabled_because: "key-revoked" })
    .where("by_kind", "=", "key")
    .where("by_id", "=", key)
    .where("disabled_because", "is", null)
    .execute()
}

async function tellOf(
  db: Transaction<Tables>,
  type: "key_rotated" | "key_revoked",
  { id, at }: { readonly id: KeyId; readonly at: number },
): Promise<number> {
  const row = await db.selectFrom("developer_keys").selectAll().where("id", "=", id).executeTakeFirst()
  return row === undefined ? 0 : keepForReceivers(db, [keyEvent(type, keyOf(row), at)])
}

async function insert(db: Kysely<Tables>, key: DeveloperKey, hash: string): Promise<void> {
  const { id, team, name, scopes, createdAt, createdBy = null, expiresAt, lastUsedAt = null } = key
  const times = { created_at: createdAt, created_by: createdBy, expires_at: expiresAt, last_used_at: lastUsedAt }
  const values = { id, team, name, hash, old_hash: null, old_until: null, scopes: JSON.stringify(scopes), ...times }
  await db.insertInto("developer_keys").values(values).execute()
}

async function byHash(db: Kysely<Tables>, hash: string, at: number): Promise<DeveloperKey | undefined> {
  const row = await db
    .selectFrom("developer_keys")
    .selectAll()
    .where((is) => is.or([is("hash", "=", hash), is.and([is("old_hash", "=", hash), is("old_until", ">", at)])]))
    .where("expires_at", ">", at)
    .executeTakeFirst()
  if (row === undefined) return undefined
  if (Number(row.last_used_at ?? 0) < at - noteEvery)
    await db.updateTable("developer_keys").set({ last_used_at: at }).where("id", "=", row.id).execute()
  return keyOf(row)
}

async function list(db: Kysely<Tables>, { teams, limit, offset, order, after }: Wanted<KeyId>): Promise<Page<DeveloperKey>> {
  let query = db.selectFrom("developer_keys")
  if (teams !== "all") {
    if (teams.length === 0) return { found: [], total: 0 }
    query = query.where("team", "in", [...teams])
  }
  const { total } = await query.select(({ fn }) => fn.countAll().as("total")).executeTakeFirstOrThrow()
  const last = after && (await db.selectFrom("developer_keys").select(["created_at", "id"]).where("id", "=", after).executeTakeFirst())
  const beyond = order === "asc" ? ">" : "<"
  if (last !== undefined) {
    const at = Number(last.created_at)
    query = query.where((is) => is.or([is("created_at", beyond, at), is.and([is("created_at", "=", at), is("id", beyond, last.id)])]))
  }
  const rows = await query.selectAll().orderBy("created_at", order).orderBy("id", order).limit(limit).offset(offset).execute()
  return { found: rows.map(keyOf), total: Number(total) }
}

/** The table holds only what `insert` made, so this trusts it. */
const keyOf = (row: Selectable<Tables["developer_keys"]>): DeveloperKey => ({
  id: row.id as DeveloperKey["id"],
  team: row.team as DeveloperKey["team"],
  name: row.name,
  scopes: JSON.parse(row.scopes) as DeveloperKey["scopes"],
  createdAt: Number(row.created_at),
  createdBy: (row.created_by ?? undefined) as DeveloperKey["createdBy"],
  expiresAt: Number(row.expires_at),
  lastUsedAt: numberOrNone(row.last_used_at),
})

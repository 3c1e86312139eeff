/** Joining tokens as rows. */

import { sql, type Kysely, type Selectable } from "kysely"
import type { AccountId, KeyId } from "@conclave/api"
import type { Page, RoomToken, RoomTokenStore } from "../api/ports.ts"
import { guarded, type Database } from "./database.ts"
import type { Tables } from "./tables.ts"

export function roomTokens(database: Database): RoomTokenStore {
  const { db } = database
  const guard = guarded(database)
  const one = (column: "id" | "hash", value: string): Promise<RoomToken | undefined> =>
    guard(db.selectFrom("room_tokens").selectAll().where(column, "=", value).executeTakeFirst()).then((row) => row && tokenOf(row))
  return {
    add: (token, hash) => guard(insert(db, token, hash)),
    byHash: (hash) => one("hash", hash),
    get: (id) => one("id", id),
    list: (room, wanted) => guard(database.transaction((transaction) => list(transaction, room, wanted))),
    remove: (id) => guard(db.deleteFrom("room_tokens").where("id", "=", id).execute()).then(() => undefined),
    sweep: (before) => guard(db.deleteFrom("room_tokens").where("expires_at", "<", before).execute()).then(() => undefined),
  }
}

async function insert(db: Kysely<Tables>, { id, room, role, name, externalId, by, createdAt, expiresAt }: RoomToken, hash: string) {
  const maker = "key" in by ? { by_key: by.key, by_account: null } : { by_key: null, by_account: by.account }
  const times = { created_at: createdAt, expires_at: expiresAt }
  await db
    .insertInto("room_tokens")
    .values({ id, room, hash, role, name, external_id: externalId, ...maker, ...times })
    .execute()
}

async function list(
  db: Kysely<Tables>,
  room: string,
  { limit, offset, order, after }: Parameters<RoomTokenStore["list"]>[1],
): Promise<Page<RoomToken>> {
  const all = db.selectFrom("room_tokens").where("room", "=", room)
  const { total } = await all.select(({ fn }) => fn.countAll().as("total")).executeTakeFirstOrThrow()
  let query = all.selectAll().orderBy("created_at", order).orderBy("id", order).limit(limit).offset(offset)
  if (after !== undefined) {
    const last = sql`(select created_at, id from room_tokens where id = ${after})`
    query = query.where(order === "asc" ? sql<boolean>`(created_at, id) > ${last}` : sql<boolean>`(created_at, id) < ${last}`)
  }
  return { found: (await query.execute()).map(tokenOf), total: Number(total) }
}

/** The table holds only what `insert` made, so this trusts it. */
const tokenOf = (row: Selectable<Tables["room_tokens"]>): RoomToken => ({
  id: row.id as RoomToken["id"],
  room: row.room as RoomToken["room"],
  role: row.role as RoomToken["role"],
  name: row.name,
  externalId: row.external_id,
  by: row.by_key === null ? { account: row.by_account as AccountId } : { key: row.by_key as KeyId },
  createdAt: Number(row.created_at),
  expiresAt: Number(row.expires_at),
})

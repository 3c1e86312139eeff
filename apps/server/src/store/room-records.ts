/** What the API keeps of rooms, as rows. */

import { sql, type Insertable, type Kysely, type Selectable } from "kysely"
import type { Page, RoomRecord, RoomRecordStore, WantedRooms } from "../api/ports.ts"
import { roomCreated, roomDeleted, roomUpdated } from "../webhooks/room-events.ts"
import type { Bell } from "./bell.ts"
import { numberOrNone } from "./columns.ts"
import { guarded, type Database } from "./database.ts"
import { keepForReceivers, ringing } from "./outbox.ts"
import type { Tables } from "./tables.ts"

type Row = Selectable<Tables["room_records"]>

export function roomRecords(database: Database, bell: Bell): RoomRecordStore {
  const { db } = database
  const guard = guarded(database)
  const isTaken = (error: unknown): boolean => database.uniqueColumns(error)?.includes("friendly_url") === true
  const one = (column: "id" | "friendly_url" | "link", value: string): Promise<RoomRecord | undefined> =>
    guard(db.selectFrom("room_records").selectAll().where(column, "=", value).executeTakeFirst()).then((row) => row && recordOf(row))
  return {
    add: (room) =>
      guard(
        ringing(database, bell, async (transaction) => {
          await transaction.insertInto("room_records").values(rowOf(room)).execute()
          return keepForReceivers(transaction, [roomCreated(room)])
        }).then(
          () => true,
          (error: unknown) => {
            if (isTaken(error)) return false
            throw error
          },
        ),
      ),
    get: (id) => one("id", id),
    byFriendlyUrl: (friendlyUrl) => one("friendly_url", friendlyUrl),
    list: (wanted) => guard(database.transaction((transaction) => list(transaction, wanted))),
    byLinks: (links, teams) => guard(byLinks(db, links, teams)),
    replace: (before, after) =>
      guard(
        replace(database, bell, { before, after }).catch((error: unknown) => {
          if (isTaken(error)) return "taken" as const
          throw error
        }),
      ),
    remove: (id, at) =>
      guard(
        ringing(database, bell, async (transaction) => {
          const row = await transaction.selectFrom("room_records").selectAll().where("id", "=", id).executeTakeFirst()
          if (row === undefined) return 0
          await transaction.deleteFrom("room_tokens").where("room", "=", id).execute()
          await transaction.deleteFrom("room_records").where("id", "=", id).execute()
          return keepForReceivers(transaction, [roomDeleted(recordOf(row), at)])
        }),
      ),
  }
}

async function replace(
  database: Database,
  bell: Bell,
  { before, after }: { readonly before: RoomRecord; readonly after: RoomRecord },
): Promise<"kept" | "stale"> {
  let outcome: "kept" | "stale" = "stale"
  await ringing(database, bell, async (transaction) => {
    const { numUpdatedRows } = await transaction
      .updateTable("room_records")
      .set({ ...rowOf(after), version: before.version + 1 })
      .where("id", "=", before.id)
      .where("version", "=", before.version)
      .executeTakeFirst()
    outcome = numUpdatedRows === 0n ? "stale" : "kept"
    return outcome === "stale" ? 0 : keepForReceivers(transaction, roomUpdated(before, after))
  })
  return outcome
}

async function list(
  db: Kysely<Tables>,
  { teams, limit, offset, order, after, tag, externalId, search }: WantedRooms,
): Promise<Page<RoomRecord>> {
  let query = db.selectFrom("room_records")
  if (teams !== "all") {
    if (teams.length === 0) return { found: [], total: 0 }
    query = query.where("team", "in", [...teams])
  }
  if (externalId !== undefined) query = query.where("external_id", "=", externalId)
  // What both databases have to find one text in another, with upper and lower case told apart.
  if (tag !== undefined) query = query.where(sql<boolean>`replace(tags, ${JSON.stringify(tag)}, '') <> tags`)
  if (search !== undefined) query = query.where(holds(search))
  const { total } = await query.select(({ fn }) => fn.countAll().as("total")).executeTakeFirstOrThrow()
  const last = after && (await db.selectFrom("room_records").select(["created_at", "id"]).where("id", "=", after).executeTakeFirst())
  const beyond = order === "asc" ? ">" : "<"
  if (last !== undefined) {
    const at = Number(last.created_at)
    query = query.where((is) => is.or([is("created_at", beyond, at), is.and([is("created_at", "=", at), is("id", beyond, last.id)])]))
  }
  const rows = await query.selectAll().orderBy("created_at", order).orderBy("id", order).limit(limit).offset(offset).execute()
  return { found: rows.map(recordOf), total: Number(total) }
}

/** Each database folds both texts as it folds letters: A to Z at least. No character of the text has a meaning of its own. */
function holds(text: string) {
  const part = sql`lower(cast(${text} as text))`
  return sql<boolean>`(replace(lower(topic), ${part}, '') <> lower(topic) or replace(friendly_url, ${part}, '') <> friendly_url)`
}

/** As many as a statement may name. */
const mostNamed = 500

async function byLinks(db: Kysely<Tables>, links: readonly string[], teams: "all" | readonly string[]): Promise<readonly RoomRecord[]> {
  if (teams !== "all" && teams.length === 0) return []
  const found: RoomRecord[] = []
  for (let from = 0; from < links.length; from += mostNamed) {
    const named = db
      .selectFrom("room_records")
      .selectAll()
      .where("link", "in", links.slice(from, from + mostNamed))
    const rows = await (teams === "all" ? named : named.where("team", "in", [...teams])).execute()
    found.push(...rows.map(recordOf))
  }
  return found.sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1))
}

const rowOf = (room: RoomRecord): Insertable<Tables["room_records"]> => ({
  id: room.id,
  team: room.team,
  kind: room.kind,
  link: room.link ?? null,
  friendly_url: room.friendlyUrl,
  topic: room.topic,
  privacy: room.privacy,
  external_id: room.externalId,
  default_role: room.defaultRole,
  roles: JSON.stringify(room.roles),
  tags: JSON.stringify(room.tags),
  is_locked: room.isLocked ? 1 : 0,
  max_participants: room.maxParticipants,
  expires_at: room.expiresAt,
  created_at: room.createdAt,
  updated_at: room.updatedAt,
  version: room.version,
  opening: room.furnishing?.opening ?? null,
  key_hash: room.furnishing?.keyHash ?? null,
})

/** The table holds only what `rowOf` made, so this trusts it. */
const recordOf = (row: Row): RoomRecord => ({
  id: row.id as RoomRecord["id"],
  team: row.team as RoomRecord["team"],
  kind: row.kind as RoomRecord["kind"],
  link: (row.link ?? undefined) as RoomRecord["link"],
  friendlyUrl: row.friendly_url,
  topic: row.topic,
  privacy: row.privacy as RoomRecord["privacy"],
  externalId: row.external_id,
  defaultRole: row.default_role as RoomRecord["defaultRole"],
  roles: JSON.parse(row.roles) as RoomRecord["roles"],
  tags: JSON.parse(row.tags) as RoomRecord["tags"],
  isLocked: row.is_locked === 1,
  maxParticipants: row.max_participants,
  expiresAt: numberOrNone(row.expires_at) ?? null,
  createdAt: Number(row.created_at),
  updatedAt: Number(row.updated_at),
  version: Number(row.version),
  furnishing: row.opening === null || row.key_hash === null ? undefined : { opening: row.opening, keyHash: row.key_hash },
})

/** Rooms as rows: made once, changed by who may. */

import type { Kysely, Selectable, Transaction } from "kysely"
import { Problem, type RoomId } from "@conclave/wire"
import type { RoomBase, RoomChange } from "@conclave/delivery"
import type { PublicKey, RoomKeys, SignedChange } from "../rooms/ports.ts"
import { freshToken, hashOf } from "../tokens.ts"
import type { Tables } from "./tables.ts"

type KeptRoom = Selectable<Tables["rooms"]>

/** Links that are remembered as replaced. */
const mostReplaced = 20

export async function insertRoom(db: Kysely<Tables>, { id, accessHash, shelf }: RoomBase, key: PublicKey): Promise<void> {
  const values = { id, access_hash: accessHash, shelf, version: 1, keys: JSON.stringify([key]), replaced: "[]" }
  await db.insertInto("rooms").values(values).execute()
}

/** Undefined when there is no such room. */
export async function readRoom(db: Kysely<Tables>, room: string): Promise<(RoomChange & RoomBase) | undefined> {
  const row = await rowOf(db, room)
  return row && { ...changeOf(row), id: row.id as RoomId }
}

/** Undefined when there is no such room. */
export async function readKeys(db: Kysely<Tables>, room: string): Promise<RoomKeys | undefined> {
  const row = await db.selectFrom("rooms").select(["version", "keys"]).where("id", "=", room).executeTakeFirst()
  return row && { version: Number(row.version), keys: listIn(row.keys) }
}

/** D3.10: looks and replaces in one transaction, so that of two changes the higher version stays. */
export async function replaceRoom(db: Transaction<Tables>, room: string, change: SignedChange): Promise<RoomChange> {
  const old = await rowOf(db, room)
  if (old === undefined) throw new Problem("no-such-room")
  if (!listIn(old.keys).includes(change.by)) throw new Problem("not-allowed")
  if (change.version <= Number(old.version)) throw new Problem("stale-version")
  const earlier = [old.access_hash, ...listIn(old.replaced)].filter((hash) => hash !== change.accessHash)
  const fresh: KeptRoom = {
    id: old.id,
    access_hash: change.accessHash,
    shelf: change.shelf,
    version: change.version,
    keys: JSON.stringify(change.keys),
    replaced: JSON.stringify(earlier.slice(0, mostReplaced)),
  }
  await db
    .updateTable("rooms")
    .set({ ...fresh, version: change.version })
    .where("id", "=", room)
    .execute()
  return changeOf(fresh)
}

/** D37.17: nobody knows what this hashes, so no link opens it; the link before hears that it was replaced (D3.11). */
export async function retire(db: Transaction<Tables>, room: string): Promise<RoomChange> {
  const old = await rowOf(db, room)
  if (old === undefined) throw new Problem("no-such-room")
  const fresh: KeptRoom = {
    id: old.id,
    access_hash: hashOf(freshToken()),
    shelf: new Uint8Array(1),
    version: Number(old.version) + 1,
    keys: "[]",
    replaced: JSON.stringify([old.access_hash, ...listIn(old.replaced)].slice(0, mostReplaced)),
  }
  await db
    .updateTable("rooms")
    .set({ ...fresh, version: Number(fresh.version) })
    .where("id", "=", room)
    .execute()
  return changeOf(fresh)
}

const rowOf = (db: Kysely<Tables>, room: string): Promise<KeptRoom | undefined> =>
  db.selectFrom("rooms").selectAll().where("id", "=", room).executeTakeFirst()

const changeOf = (row: KeptRoom): RoomChange => ({
  version: Number(row.version),
  accessHash: row.access_hash,
  shelf: new Uint8Array(row.shelf),
  replaced: listIn(row.replaced),
})

const listIn = (text: string): string[] => JSON.parse(text) as string[]

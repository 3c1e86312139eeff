/** Rooms in a SQL database, in the subset that SQLite and PostgreSQL share. */

import type { Kysely, Transaction } from "kysely"
import type { CallId, MemberId } from "@conclave/wire"
import type { Row } from "@conclave/delivery"
import type { RoomStore } from "../rooms/ports.ts"
import { guarded, type Database } from "./database.ts"
import { loadCall } from "./load-call.ts"
import { entryOf, tableEntryOf } from "./entries.ts"
import { insertRoom, readKeys, readRoom, replaceRoom, retire } from "./rooms.ts"
import type { Tables } from "./tables.ts"

/** The rooms of a database, which closes with them. */
export function sqlRoomStore(database: Database): RoomStore {
  const { db } = database
  const guard = guarded(database)
  return {
    makeRoom: (base, key) => guard(insertRoom(db, base, key), () => "room-exists"),
    roomKeys: (room) => guard(readKeys(db, room)),
    changeRoom: (room, change) => guard(database.transaction((transaction) => replaceRoom(transaction, room, change))),
    retireRoom: (room) => guard(database.transaction((transaction) => retireRoom(transaction, room))),
    loadRoom: (room) => guard(database.transaction((transaction) => loadRoom(transaction, room))),
    write: (room, rows) =>
      guard(
        database.transaction((transaction) => writeRows(transaction, room, rows)),
        (columns) => (columns.includes("calls.") ? "call-exists" : "stale-epoch"),
      ),
    entries: (range) => guard(readEntries(db, range)),
    welcome: (call, member) => guard(readWelcome(db, call, member)),
    sessionOf: (call, member) =>
      guard(current(db, member).where("call", "=", call).select("session_hash").executeTakeFirst()).then((row) => row?.session_hash),
    givePass: (call, member, pass) =>
      guard(db.updateTable("members").set({ pass_hash: pass }).where("call", "=", call).where("member", "=", member).execute()).then(
        () => undefined,
      ),
    callOfPass: (member, pass) =>
      guard(current(db, member).where("pass_hash", "=", pass).select("call").executeTakeFirst()).then(
        (row) => row?.call as CallId | undefined,
      ),
    close: () => database.close(),
  }
}

/** A call's end deletes its members, so whoever is in the table and not out is in a call. */
const current = (db: Kysely<Tables>, member: MemberId) => db.selectFrom("members").where("member", "=", member).where("out_at", "is", null)

async function loadRoom(db: Kysely<Tables>, room: string): ReturnType<RoomStore["loadRoom"]> {
  const kept = await readRoom(db, room)
  return kept && { ...kept, call: await loadCall(db, room) }
}

async function retireRoom(db: Transaction<Tables>, room: string): ReturnType<RoomStore["retireRoom"]> {
  const change = await retire(db, room)
  const on = await db.selectFrom("calls").select("id").where("room", "=", room).where("ended", "=", 0).executeTakeFirst()
  if (on !== undefined) await endCall(db, on.id)
  return change
}

async function readEntries(
  db: Kysely<Tables>,
  { call, after, upTo, most }: Parameters<RoomStore["entries"]>[0],
): ReturnType<RoomStore["entries"]> {
  const rows = await db
    .selectFrom("entries")
    .selectAll()
    .where("call", "=", call)
    .where("seq", ">", after)
    .where("seq", "<=", upTo)
    .orderBy("seq")
    .limit(most)
    .execute()
  return rows.map(entryOf)
}

async function readWelcome(db: Kysely<Tables>, call: CallId, member: MemberId): ReturnType<RoomStore["welcome"]> {
  const row = await db
    .selectFrom("welcomes")
    .innerJoin("trees", (join) => join.onRef("trees.call", "=", "welcomes.call").onRef("trees.seq", "=", "welcomes.seq"))
    .where("welcomes.call", "=", call)
    .where("welcomes.member", "=", member)
    .select(["welcomes.seq", "welcomes.epoch", "welcomes.welcome", "trees.tree"])
    .executeTakeFirst()
  return row && { seq: Number(row.seq) as never, epoch: Number(row.epoch) as never, welcome: row.welcome, tree: row.tree }
}

async function writeRows(db: Transaction<Tables>, room: string, rows: readonly Row[]): Promise<void> {
  for (const row of rows) await writeRow(db, room, row)
}

async function writeRow(db: Transaction<Tables>, room: string, row: Row): Promise<void> {
  const { call } = row
  switch (row.row) {
    case "call":
      await db.insertInto("calls").values({ id: call, room, settled: 0, ended: 0 }).execute()
      return
    case "member":
      return writeMember(db, row)
    case "entry":
      await db.insertInto("entries").values(tableEntryOf(call, row.entry)).execute()
      return
    case "tree":
      await db.insertInto("trees").values({ call, seq: row.seq, tree: row.tree }).execute()
      return
    case "welcome": {
      const { member, seq, epoch, welcome } = row
      await db.deleteFrom("welcomes").where("call", "=", call).where("member", "=", member).execute()
      await db.insertInto("welcomes").values({ call, member, seq, epoch, welcome }).execute()
      return
    }
    case "member-out":
    case "member-back": {
      const out_at = row.row === "member-out" ? row.seq : null
      await db.updateTable("members").set({ out_at }).where("call", "=", call).where("member", "=", row.member).execute()
      return
    }
    case "settled":
      await db.updateTable("calls").set({ settled: row.seq }).where("id", "=", call).where("settled", "<", row.seq).execute()
      return
    case "call-ended":
      return endCall(db, call)
  }
}

async function endCall(db: Transaction<Tables>, call: string): Promise<void> {
  for (const table of ["welcomes", "trees", "entries", "members"] as const) await db.deleteFrom(table).where("call", "=", call).execute()
  await db.updateTable("calls").set({ ended: 1 }).where("id", "=", call).execute()
}

/** New, or added again after the commit that had added it became void. */
async function writeMember(db: Transaction<Tables>, { call, member, sessionHash, joined }: Extract<Row, { row: "member" }>): Promise<void> {
  await db.deleteFrom("members").where("call", "=", call).where("member", "=", member).execute()
  const last = await db
    .selectFrom("members")
    .where("call", "=", call)
    .select(({ fn }) => fn.max("place").as("place"))
    .executeTakeFirst()
  const place = Number(last?.place ?? 0) + 1
  await db.insertInto("members").values({ call, member, session_hash: sessionHash, joined, place, out_at: null, pass_hash: null }).execute()
}

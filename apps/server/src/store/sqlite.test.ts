import { mkdirSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, expect, test } from "vitest"
import { idFrom, type CallId, type MemberId, type RoomId, type Seq } from "@conclave/wire"
import { migrate } from "./database.ts"
import { everyStoreContract } from "./every-store.contract.ts"
import { openSqlite } from "./node-sqlite.ts"
import { fitSqlite, sqliteDatabase } from "./sqlite.ts"
import { sqlRoomStore } from "./sql-room-store.ts"
import { storeSentence } from "./store-sentence.ts"

const base = mkdtempSync(join(tmpdir(), "conclave-sqlite-"))
afterAll(() => rmSync(base, { recursive: true, force: true }))

everyStoreContract({
  name: "SQLite",
  bytes: "blob",
  open: (name) => sqliteDatabase(join(base, name)),
  bare: (name) => {
    mkdirSync(join(base, name), { recursive: true })
    return Promise.resolve(fitSqlite(openSqlite(join(base, name, "conclave.sqlite"))).db)
  },
})

test("D9.17: acknowledged means durable: the log is written ahead and synced in full", () => {
  const database = openSqlite(join(mkdtempSync(join(base, "pragma-")), "x.sqlite"))
  const ask = (pragma: string) => database.prepare(`PRAGMA ${pragma}`).all([])
  expect(ask("journal_mode")).toEqual([{ journal_mode: "wal" }])
  expect(ask("synchronous")).toEqual([{ synchronous: 2 }])
  database.close()
})

test("D9.17: a second server on the same data folder is refused", async () => {
  const path = mkdtempSync(join(base, "twice-"))
  const first = await sqliteDatabase(path)
  await expect(sqliteDatabase(path)).rejects.toThrow(/locked/)
  await first.close()
})

test("A6.08: when the disk is full writing is refused by name, nothing is half kept, and it goes on when there is room", async () => {
  const database = openSqlite(join(mkdtempSync(join(base, "full-")), "x.sqlite"))
  const fitted = fitSqlite(database)
  await migrate(fitted.db, "blob")
  const store = sqlRoomStore(fitted)
  const [room, call, from]: [RoomId, CallId, MemberId] = [
    idFrom(new Uint8Array(16)),
    idFrom(new Uint8Array(16)),
    idFrom(new Uint8Array(16)),
  ]
  await store.makeRoom({ id: room, accessHash: "", shelf: new Uint8Array(1) }, "key")
  await store.write(room, [{ row: "call", call }])
  const [size] = database.prepare("PRAGMA page_count").all([]) as { page_count: number }[]
  database.prepare(`PRAGMA max_page_count = ${(size?.page_count ?? 0) + 20}`).all([])
  const write = (seq: number) =>
    store.write(room, [
      { row: "entry", call, entry: { type: "message", seq: seq as Seq, epoch: 0 as never, from, message: new Uint8Array(30_000) } },
    ])
  let kept = 0
  const failure = await (async () => {
    for (;;) await write(++kept)
  })().catch((error: unknown) => error)
  expect(failure).toMatchObject({ code: "storage-failed" })
  kept--
  const all = () => store.entries({ call, after: 0 as Seq, upTo: 999 as Seq, most: 999 })
  expect((await all()).map((entry) => entry.seq)).toEqual(Array.from({ length: kept }, (_, i) => i + 1))
  database.prepare("PRAGMA max_page_count = 100000").all([])
  await write(kept + 1)
  expect(await all()).toHaveLength(kept + 1)
  await store.close()
})

test("A6.08: each way a store cannot be opened is one sentence that names the folder", () => {
  const said = [
    "ENOSPC: no space left on device",
    "database or disk is full",
    "database is locked",
    "file is not a database",
    "unable to open database file",
  ]
  const sentences = said.map((text) => storeSentence("/data", new Error(text)))
  for (const sentence of sentences) expect(sentence).toMatch(/^[^\n]*\/data[^\n]*\.$|^[^\n]*\/data[^\n]*can\.$/)
  expect(sentences[0]).toMatch(/full/)
  expect(sentences[0]).toBe(sentences[1])
  expect(new Set(sentences).size).toBe(4)
})

import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, expect, test } from "vitest"
import { openSqlite } from "./node-sqlite.ts"
import { roomStoreContract } from "./room-store.contract.ts"
import { sqliteRoomStore } from "./sqlite.ts"

const base = mkdtempSync(join(tmpdir(), "conclave-sqlite-"))
afterAll(() => rmSync(base, { recursive: true, force: true }))

let folder = ""
roomStoreContract("SQLite", {
  fresh: () => sqliteRoomStore((folder = mkdtempSync(join(base, "store-")))),
  again: async (store) => {
    await store.close()
    return sqliteRoomStore(folder)
  },
})

test("D9: acknowledged means durable: the log is written ahead and synced in full", () => {
  const database = openSqlite(join(mkdtempSync(join(base, "pragma-")), "x.sqlite"))
  const ask = (pragma: string) => database.prepare(`PRAGMA ${pragma}`).all([])
  expect(ask("journal_mode")).toEqual([{ journal_mode: "wal" }])
  expect(ask("synchronous")).toEqual([{ synchronous: 2 }])
  database.close()
})

test("a second server on the same data folder is refused", async () => {
  const path = mkdtempSync(join(base, "twice-"))
  const first = await sqliteRoomStore(path)
  await expect(sqliteRoomStore(path)).rejects.toThrow(/locked/)
  await first.close()
})

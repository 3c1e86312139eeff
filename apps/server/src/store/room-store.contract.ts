import { randomBytes, randomUUID } from "node:crypto"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { idFrom, Problem } from "@conclave/wire"
import type { CallId, Entry, Epoch, MemberId, RoomId, Seq } from "@conclave/wire"
import { memoryJournal, type RoomBase, type Row } from "@conclave/delivery"
import type { RoomStore, SignedChange } from "../rooms/ports.ts"
import type { OpenDatabase } from "./database.fixture.ts"
import { sqlRoomStore } from "./sql-room-store.ts"

const bytes = (length: number) => new Uint8Array(randomBytes(length))
const newId = <T extends RoomId | CallId | MemberId>(): T => idFrom<T>(bytes(16))
const seq = (n: number) => n as Seq
const epoch = (n: number) => n as Epoch

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => "kept",
    (error: unknown) => (error instanceof Problem ? error.code : `no problem: ${String(error)}`),
  )

/** What the RoomStore promises on any database. */
export function roomStoreContract(adapter: string, open: OpenDatabase) {
  describe(`RoomStore on ${adapter}`, () => {
    let name: string
    let store: RoomStore
    let base: RoomBase
    let call: CallId
    let founder: MemberId

    const again = async (before: RoomStore): Promise<RoomStore> => {
      await before.close()
      return sqlRoomStore(await open(name))
    }

    const commit = (by: Partial<Extract<Entry, { type: "commit" }>> = {}): Row => ({
      row: "entry",
      call,
      entry: { type: "commit", seq: seq(1), epoch: epoch(0), attempt: 0, from: founder, adds: [], removes: [], commit: bytes(9), ...by },
    })
    const message = (at: number): Row => ({
      row: "entry",
      call,
      entry: { type: "message", seq: seq(at), epoch: epoch(0), from: founder, message: bytes(5) },
    })

    beforeEach(async () => {
      name = randomUUID()
      store = sqlRoomStore(await open(name))
      base = { id: newId(), accessHash: "hash", shelf: bytes(30) }
      call = newId()
      founder = newId()
      await store.makeRoom(base, "room key")
      await store.write(base.id, [
        { row: "call", call },
        { row: "member", call, member: founder, sessionHash: "session", joined: seq(0) },
      ])
    })
    afterEach(() => store.close())

    test("D2.11: a room is kept with its access hash and its shelf, and its name is taken", async () => {
      store = await again(store)
      expect(await store.loadRoom(base.id)).toMatchObject(base)
      expect(await codeOf(store.makeRoom(base, "another key"))).toBe("room-exists")
      expect(await store.loadRoom(newId())).toBeUndefined()
    })

    const change = (version: number, by: Partial<SignedChange> = {}): SignedChange => {
      return { version, accessHash: `hash ${version}`, shelf: bytes(20), keys: ["room key", "host"], by: "room key", ...by }
    }

    test("D3.10: what is kept is replaced as a whole, by a key that may, and a restart finds it", async () => {
      expect(await store.roomKeys(base.id)).toEqual({ version: 1, keys: ["room key"] })
      const two = change(2)
      const kept = { version: 2, accessHash: "hash 2", shelf: two.shelf, replaced: ["hash"] }
      expect(await store.changeRoom(base.id, two)).toEqual(kept)
      store = await again(store)
      expect(await store.loadRoom(base.id)).toMatchObject({ id: base.id, ...kept, call: { id: call } })
      expect(await store.roomKeys(base.id)).toEqual({ version: 2, keys: ["room key", "host"] })
      expect(await codeOf(store.changeRoom(base.id, change(3, { by: "host", keys: ["room key"] })))).toBe("kept")
      expect(await codeOf(store.changeRoom(base.id, change(4, { by: "host" })))).toBe("not-allowed")
    })

    test("D3.10: a version that is not higher, a key that may not and a room that is none change nothing", async () => {
      await store.changeRoom(base.id, change(5))
      const before = await store.loadRoom(base.id)
      expect(await codeOf(store.changeRoom(base.id, change(5)))).toBe("stale-version")
      expect(await codeOf(store.changeRoom(base.id, change(4)))).toBe("stale-version")
      expect(await codeOf(store.changeRoom(base.id, change(6, { by: "stranger" })))).toBe("not-allowed")
      expect(await codeOf(store.changeRoom(newId(), change(6)))).toBe("no-such-room")
      expect(await store.roomKeys(newId())).toBeUndefined()
      expect(await store.loadRoom(base.id)).toEqual(before)
    })

    test("D3.10: of changes that race the highest version stays, and none is kept after it", async () => {
      const versions = [4, 2, 7, 3, 7, 6]
      const outcomes = await Promise.all(versions.map((version) => codeOf(store.changeRoom(base.id, change(version)))))
      expect(new Set(outcomes)).toEqual(new Set(["kept", "stale-version"]))
      expect(outcomes.filter((outcome, i) => outcome === "kept" && versions[i] === 7)).toHaveLength(1)
      expect(await store.loadRoom(base.id)).toMatchObject({ version: 7, accessHash: "hash 7" })
    })

    test("D3.11: the newest twenty replaced links are remembered, the newest first, and the one in force is not among them", async () => {
      for (let version = 2; version <= 25; version++) await store.changeRoom(base.id, change(version))
      store = await again(store)
      const replaced = (await store.loadRoom(base.id))?.replaced
      expect(replaced).toEqual(Array.from({ length: 20 }, (_, i) => `hash ${24 - i}`))
      const same = await store.changeRoom(base.id, change(26, { accessHash: "hash 25" }))
      expect(same.replaced).toEqual(replaced)
      expect((await store.changeRoom(base.id, change(27, { accessHash: "hash 24" }))).replaced.slice(0, 2)).toEqual(["hash 25", "hash 23"])
    })

    test("D37.17: a retired room is opened by no link and changed by no key, its link counts as replaced, and its call is over", async () => {
      const change = await store.retireRoom(base.id)
      expect(change).toMatchObject({ version: 2, replaced: ["hash"] })
      expect(change.accessHash).not.toBe("hash")
      store = await again(store)
      expect(await store.loadRoom(base.id)).toEqual({ id: base.id, ...change, call: undefined })
      expect(await store.roomKeys(base.id)).toEqual({ version: 2, keys: [] })
      expect(await codeOf(store.makeRoom(base, "room key"))).toBe("room-exists")
      expect(await codeOf(store.retireRoom(newId()))).toBe("no-such-room")
      expect((await store.retireRoom(base.id)).accessHash).not.toBe(change.accessHash)
    })

    test("D9.17: of two commits racing for one epoch and attempt, one is kept", async () => {
      const outcomes = await Promise.all([
        codeOf(store.write(base.id, [commit()])),
        codeOf(store.write(base.id, [commit({ seq: seq(2) })])),
      ])
      expect(outcomes.sort()).toEqual(["kept", "stale-epoch"])
      expect(await codeOf(store.write(base.id, [commit({ seq: seq(3), attempt: 1 })]))).toBe("kept")
    })

    test("D9.2: commit, welcomes and tree are kept together or not at all", async () => {
      await store.write(base.id, [commit()])
      const joiner: MemberId = newId()
      const rows: Row[] = [
        { row: "member", call, member: joiner, sessionHash: "s", joined: seq(2) },
        { row: "welcome", call, seq: seq(2), epoch: epoch(1), member: joiner, welcome: bytes(8) },
        { row: "tree", call, seq: seq(2), tree: bytes(8) },
      ]
      expect(await codeOf(store.write(base.id, [...rows, commit({ seq: seq(2) })]))).toBe("stale-epoch")
      expect(await store.welcome(call, joiner)).toBeUndefined()
      expect(await store.sessionOf(call, joiner)).toBeUndefined()
      await store.write(base.id, [...rows, commit({ seq: seq(2), epoch: epoch(1) })])
      store = await again(store)
      expect(await store.welcome(call, joiner)).toMatchObject({ seq: 2, epoch: 1 })
    })

    test("D9.17: a room has one call at a time, and the name of an ended one is used up", async () => {
      expect(await codeOf(store.write(base.id, [{ row: "call", call: newId() }]))).toBe("call-exists")
      await store.write(base.id, [{ row: "call-ended", call }])
      expect(await codeOf(store.write(base.id, [{ row: "call", call }]))).toBe("call-exists")
      expect(await codeOf(store.write(base.id, [{ row: "call", call: newId() }]))).toBe("kept")
    })

    test("D9: entries come back in order, from where one asks, as they were", async () => {
      const rows = [message(1), commit({ seq: seq(2), adds: [newId()], removes: [newId(), newId()] }), message(3)]
      for (const row of rows) await store.write(base.id, [row])
      await store.write(base.id, [{ row: "entry", call, entry: { type: "void", seq: seq(4), of: seq(2), epoch: epoch(0) } }])
      const all = rows.map((row) => row.row === "entry" && row.entry)
      expect(await store.entries({ call, after: seq(0), upTo: seq(3), most: 10 })).toEqual(all)
      expect(await store.entries({ call, after: seq(1), upTo: seq(4), most: 2 })).toEqual(all.slice(1))
      expect((await store.entries({ call, after: seq(3), upTo: seq(9), most: 9 })).map((entry) => entry.type)).toEqual(["void"])
    })

    test("D9.10: what is loaded after a restart is what the in-memory journal says", async () => {
      const journal = memoryJournal(base)
      const [ada, ben]: [MemberId, MemberId] = [newId(), newId()]
      const writes: Row[][] = [
        [{ row: "member", call, member: ada, sessionHash: "a", joined: seq(1) }, commit({ adds: [ada] })],
        [{ row: "settled", call, seq: seq(1) }],
        [
          { row: "member", call, member: ben, sessionHash: "b", joined: seq(2) },
          { row: "member-out", call, member: ada, seq: seq(2) },
          commit({ seq: seq(2), epoch: epoch(1), adds: [ben], removes: [ada] }),
        ],
        [message(3)],
        [
          { row: "entry", call, entry: { type: "void", seq: seq(4), of: seq(2), epoch: epoch(1) } },
          { row: "member-out", call, member: ben, seq: seq(4) },
          { row: "member-back", call, member: ada },
        ],
        [
          commit({ seq: seq(5), epoch: epoch(1), attempt: 1, from: ada, removes: [founder] }),
          { row: "member-out", call, member: founder, seq: seq(5) },
        ],
      ]
      journal.write([
        { row: "call", call },
        { row: "member", call, member: founder, sessionHash: "session", joined: seq(0) },
      ])
      for (const rows of writes) {
        journal.write(rows)
        await store.write(base.id, rows)
        store = await again(store)
        expect(await store.loadRoom(base.id)).toEqual(journal.load())
      }
    })

    test("D9.18: the end of a call deletes its log, its sessions and its passes", async () => {
      await store.write(base.id, [commit(), message(2)])
      await store.givePass(call, founder, "pass")
      await store.write(base.id, [{ row: "call-ended", call }])
      expect(await store.entries({ call, after: seq(0), upTo: seq(9), most: 9 })).toEqual([])
      expect(await store.sessionOf(call, founder)).toBeUndefined()
      expect(await store.callOfPass(founder, "pass")).toBeUndefined()
      expect((await store.loadRoom(base.id))?.call).toBeUndefined()
    })

    test("D11.1, A4.11: a pass opens one member's way while it is in the call, and only the newest does", async () => {
      await store.givePass(call, founder, "old")
      await store.givePass(call, founder, "new")
      store = await again(store)
      expect(await store.callOfPass(founder, "new")).toBe(call)
      expect(await store.callOfPass(founder, "old")).toBeUndefined()
      expect(await store.callOfPass(newId(), "new")).toBeUndefined()
      await store.write(base.id, [{ row: "member-out", call, member: founder, seq: seq(1) }])
      expect(await store.callOfPass(founder, "new")).toBeUndefined()
      expect(await store.sessionOf(call, founder)).toBeUndefined()
      await store.write(base.id, [{ row: "member-back", call, member: founder }])
      expect(await store.callOfPass(founder, "new")).toBe(call)
    })
  })
}

import { randomBytes, randomUUID } from "node:crypto"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import type { AccountId, KeyId, RoomRecordId, RoomTokenId, TeamId } from "@conclave/api"
import type { RoomId } from "@conclave/wire"
import type { ApiStore, DeveloperKey, RoomRecord, RoomToken } from "../api/ports.ts"
import type { Database } from "./database.ts"
import type { OpenDatabase } from "./database.fixture.ts"
import { sqlApiStore } from "./sql-api-store.ts"

const newId = <T extends string>() => randomBytes(16).toString("base64url") as T

/** What the ApiStore promises on any database. */
export function apiStoreContract(adapter: string, open: OpenDatabase) {
  describe(`ApiStore on ${adapter}`, () => {
    let name: string
    let database: Database
    let store: ApiStore
    const [team, other] = [newId<TeamId>(), newId<TeamId>()]

    beforeEach(async () => {
      name = randomUUID()
      database = await open(name)
      store = sqlApiStore(database)
    })
    afterEach(() => database.close())

    const again = async (): Promise<void> => {
      await database.close()
      database = await open(name)
      store = sqlApiStore(database)
    }

    const keyOf = (by: Partial<DeveloperKey> = {}): DeveloperKey => {
      const times = { createdAt: 1_800_000_000_000, createdBy: undefined, expiresAt: 1_900_000_000_000, lastUsedAt: undefined }
      return { id: newId<KeyId>(), team, name: "CI", scopes: ["rooms.read", "live.read"], ...times, ...by }
    }
    const roomOf = (by: Partial<RoomRecord> = {}): RoomRecord => ({
      id: newId<RoomRecordId>(),
      team,
      kind: "sealed-by-identity",
      link: undefined,
      furnishing: undefined,
      topic: "Ünïcode ☃",
      friendlyUrl: randomBytes(8).toString("hex"),
      privacy: "private",
      externalId: null,
      defaultRole: "speaker",
      roles: ["moderator", "speaker"],
      tags: ["a"],
      isLocked: false,
      maxParticipants: null,
      expiresAt: null,
      createdAt: 1_800_000_000_000,
      updatedAt: 1_800_000_000_000,
      version: 1,
      ...by,
    })
    const everything = { teams: "all", limit: 100, offset: 0, order: "asc", after: undefined } as const
    const allRooms = { ...everything, tag: undefined, externalId: undefined, search: undefined }

    test("D37.6, D37.7: a key is found by its hash while it holds, and its use is noted to a quarter of an hour", async () => {
      const key = keyOf()
      await store.keys.add(key, "hash")
      await again()
      const at = key.createdAt + 3_600_000
      expect(await store.keys.byHash("hash", at)).toEqual(key)
      expect((await store.keys.get(key.id))?.lastUsedAt).toBe(at)
      await store.keys.byHash("hash", at + 60_000)
      expect((await store.keys.get(key.id))?.lastUsedAt).toBe(at)
      expect(await store.keys.byHash("hash", key.expiresAt)).toBeUndefined()
      expect(await store.keys.byHash("other", at)).toBeUndefined()
      await store.keys.remove(key.id, at)
      expect(await store.keys.byHash("hash", at)).toBeUndefined()
    })

    test("D37.8: after a rotation the secret before holds until then and no longer, and the one before that not at all", async () => {
      const key = keyOf()
      const at = key.createdAt
      const holds = async (hash: string, when: number) => (await store.keys.byHash(hash, when)) !== undefined
      await store.keys.add(key, "one")
      await store.keys.rotate(key.id, "two", { oldUntil: at + 1000, at })
      expect([await holds("one", at), await holds("two", at), await holds("one", at + 1000)]).toEqual([true, true, false])
      await store.keys.rotate(key.id, "three", { oldUntil: at + 2000, at })
      expect([await holds("one", at), await holds("two", at), await holds("three", at)]).toEqual([false, true, true])
    })

    test("D37.10: keys are listed by team, in pages", async () => {
      const keys = [keyOf({ createdAt: 5 }), keyOf({ createdAt: 6 }), keyOf({ createdAt: 7, team: other })]
      for (const key of keys) await store.keys.add(key, key.id)
      const ids = async (by: object) => (await store.keys.list({ ...everything, ...by })).found.map(({ createdAt }) => createdAt)
      expect(await ids({})).toEqual([5, 6, 7])
      expect(await ids({ teams: [team], order: "desc" })).toEqual([6, 5])
      expect(await ids({ teams: [] })).toEqual([])
      expect(await ids({ after: keys[0]?.id, limit: 1 })).toEqual([6])
      expect((await store.keys.list({ ...everything, limit: 1 })).total).toBe(3)
    })

    test("D37.12: a record comes back as it was, by id and by friendly_url, also after a restart", async () => {
      const rooms = [
        roomOf(),
        roomOf({ link: newId<RoomId>(), isLocked: true, maxParticipants: 5, expiresAt: 1_900_000_000_000, tags: [] }),
      ]
      for (const room of rooms) expect(await store.rooms.add(room)).toBe(true)
      await again()
      for (const room of rooms) {
        expect(await store.rooms.get(room.id)).toEqual(room)
        expect(await store.rooms.byFriendlyUrl(room.friendlyUrl)).toEqual(room)
      }
      expect(await store.rooms.get(newId())).toBeUndefined()
    })

    test("D37.18: a friendly_url belongs to one room, when it is made and when it is changed, also of two at once", async () => {
      const [one, two] = [roomOf({ friendlyUrl: "one" }), roomOf({ friendlyUrl: "two" })]
      expect([await store.rooms.add(one), await store.rooms.add(two), await store.rooms.add(roomOf({ friendlyUrl: "one" }))]).toEqual([
        true,
        true,
        false,
      ])
      expect(await store.rooms.replace(two, { ...two, friendlyUrl: "one" })).toBe("taken")
      expect(await store.rooms.get(two.id)).toEqual(two)
      const both = await Promise.all([store.rooms.add(roomOf({ friendlyUrl: "x" })), store.rooms.add(roomOf({ friendlyUrl: "x" }))])
      expect(both.sort()).toEqual([false, true])
    })

    test("D37.13: of two changes of one record the second is told that it came too late", async () => {
      const room = roomOf()
      await store.rooms.add(room)
      expect(await store.rooms.replace(room, { ...room, topic: "first", version: 2 })).toBe("kept")
      expect(await store.rooms.replace(room, { ...room, topic: "second", version: 2 })).toBe("stale")
      expect(await store.rooms.get(room.id)).toEqual({ ...room, topic: "first", version: 2 })
      await store.rooms.remove(room.id, room.createdAt)
      expect(await store.rooms.replace(room, room)).toBe("stale")
    })

    test("D37.10: records are listed by team, tag and external_id; tags are compared letter by letter", async () => {
      const tags = [["a", "b"], ["A"], ['"a"'], ["a%"], ["aa"]]
      for (const [n, list] of tags.entries())
        await store.rooms.add(roomOf({ createdAt: n, tags: list, externalId: `${n}`, team: n === 4 ? other : team }))
      const found = async (by: object) => (await store.rooms.list({ ...allRooms, ...by })).found.map(({ createdAt }) => createdAt)
      expect(await found({ tag: "a" })).toEqual([0])
      expect(await found({ tag: "A" })).toEqual([1])
      expect(await found({ tag: "%" })).toEqual([])
      expect(await found({ externalId: "3" })).toEqual([3])
      expect(await found({ teams: [other] })).toEqual([4])
      expect(await found({ order: "desc", limit: 2, offset: 1 })).toEqual([3, 2])
    })

    test("D41.39: records are looked for by a part of their topic or address; nothing in what is looked for is a pattern", async () => {
      const topics = ["Budget 100%", "Ärzte", null, "a_b"]
      for (const [n, topic] of topics.entries()) await store.rooms.add(roomOf({ createdAt: n, topic, friendlyUrl: `room-number-${n}` }))
      const found = async (search: string) => (await store.rooms.list({ ...allRooms, search })).found.map(({ createdAt }) => createdAt)
      expect(await found("bUDg")).toEqual([0])
      expect(await found("Ärz")).toEqual([1])
      expect(await found("NUMBER-2")).toEqual([2])
      expect(await found("%")).toEqual([0])
      expect(await found("_")).toEqual([3])
      expect(await found("\\")).toEqual([])
      expect(await found("nowhere")).toEqual([])
    })

    test("D37.19: the records of links are found, of the teams that are asked for, however many are named", async () => {
      const links = [newId<RoomId>(), newId<RoomId>(), newId<RoomId>()]
      for (const [n, link] of links.entries()) await store.rooms.add(roomOf({ link, createdAt: n, team: n === 2 ? other : team }))
      const many = [...Array.from({ length: 1200 }, () => newId<RoomId>()), ...links]
      const found = async (teams: "all" | TeamId[]) => (await store.rooms.byLinks(many, teams)).map(({ createdAt }) => createdAt)
      expect([await found("all"), await found([other]), await found([]), await store.rooms.byLinks([], "all")]).toEqual([
        [0, 1, 2],
        [2],
        [],
        [],
      ])
    })

    test("D39.1, D39.3: what a room is furnished with is kept with it over a restart, and goes with it", async () => {
      const room = roomOf({ link: newId<RoomId>(), furnishing: { opening: newId(), keyHash: newId() } })
      await store.rooms.add(room)
      await again()
      expect(await store.rooms.get(room.id)).toEqual(room)
      const bare: RoomRecord = { ...room, link: undefined, furnishing: undefined, version: 2 }
      expect(await store.rooms.replace(room, bare)).toBe("kept")
      expect(await store.rooms.get(room.id)).toEqual(bare)
    })

    const tokenOf = (by: Partial<RoomToken> = {}): RoomToken => {
      const times = { createdAt: 1_800_000_000_000, expiresAt: 1_800_000_060_000 }
      const about = { role: "speaker", name: "Zoé ☃", externalId: null, by: { key: newId<KeyId>() } } as const
      return { id: newId<RoomTokenId>(), room: newId<RoomRecordId>(), ...about, ...times, ...by }
    }

    test("D39.4: a token is found by its hash, expired or not, until it is withdrawn, swept, or its room is deleted", async () => {
      const room = roomOf()
      await store.rooms.add(room)
      const tokens = [
        tokenOf({ room: room.id }),
        tokenOf({ room: room.id, name: null, externalId: "x", by: { account: newId<AccountId>() } }),
        tokenOf(),
        tokenOf({ expiresAt: 5 }),
      ]
      for (const token of tokens) await store.tokens.add(token, `hash ${token.id}`)
      await again()
      for (const token of tokens) {
        expect(await store.tokens.byHash(`hash ${token.id}`)).toEqual(token)
        expect(await store.tokens.get(token.id)).toEqual(token)
      }
      expect(await store.tokens.byHash("other")).toBeUndefined()
      await store.tokens.remove(tokens[0]!.id)
      await store.tokens.sweep(6)
      await store.rooms.remove(room.id, room.createdAt)
      const left = await Promise.all(tokens.map(({ id }) => store.tokens.get(id)))
      expect(left).toEqual([undefined, undefined, tokens[2], undefined])
    })

    test("D37.10, D39.4: tokens are listed by room, in pages, also several of one moment", async () => {
      const { room } = tokenOf()
      const ids = ["a", "b", "c", "d"].map((letter) => `${letter.repeat(21)}A` as RoomTokenId)
      for (const [n, id] of ids.entries()) await store.tokens.add(tokenOf({ id, room, createdAt: n < 2 ? 1 : 2 }), id)
      await store.tokens.add(tokenOf(), "another room's")
      const page = { limit: 100, offset: 0, order: "asc", after: undefined } as const
      const found = async (by: object) => (await store.tokens.list(room, { ...page, ...by })).found.map(({ id }) => id)
      expect(await found({})).toEqual(ids)
      expect(await found({ order: "desc", limit: 2 })).toEqual([ids[3], ids[2]])
      expect(await found({ after: ids[0], limit: 2 })).toEqual([ids[1], ids[2]])
      expect(await found({ order: "desc", after: ids[2] })).toEqual([ids[1], ids[0]])
      expect((await store.tokens.list(room, { ...page, limit: 1 })).total).toBe(4)
    })

    test("D37.11: of requests with one Idempotency-Key one is begun; its answer comes back, or that there was one", async () => {
      const request = { asker: "key x", key: "k", hash: "h", at: 1000 }
      const begun = await Promise.all([store.requests.begin(request), store.requests.begin(request)])
      expect(begun.sort()).toEqual(["begun", "busy"])
      expect(await store.requests.begin({ ...request, hash: "other" })).toBe("other")
      expect(await store.requests.begin({ ...request, asker: "key y" })).toBe("begun")
      await store.requests.done(request, { status: 201, body: '{"a":1}' })
      await again()
      expect(await store.requests.begin(request)).toEqual({ status: 201, body: '{"a":1}' })
      await store.requests.done(request, { status: 201, body: undefined })
      expect(await store.requests.begin(request)).toEqual({ status: 201, body: undefined })
      await store.requests.forget(request)
      expect(await store.requests.begin(request)).toBe("begun")
      await store.requests.sweep(1001)
      expect(await store.requests.begin({ ...request, at: 2000 })).toBe("begun")
    })
  })
}

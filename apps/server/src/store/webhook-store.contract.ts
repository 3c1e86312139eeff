import { randomBytes, randomUUID } from "node:crypto"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import type { KeyId, TeamId, WebhookId } from "@conclave/api"
import type { Happened, Webhook } from "../webhooks/ports.ts"
import { allStores, type Stores } from "./all-stores.ts"
import type { Database } from "./database.ts"
import type { OpenDatabase } from "./database.fixture.ts"

const newId = <T extends string>() => randomBytes(16).toString("base64url") as T

/** What WebhookStore and UsageStore promise on any database. */
export function webhookStoreContract(adapter: string, open: OpenDatabase) {
  describe(`WebhookStore on ${adapter}`, () => {
    let name: string
    let database: Database
    let stores: Stores
    let [team, other] = ["" as TeamId, "" as TeamId]

    beforeEach(async () => {
      name = randomUUID()
      database = await open(name)
      stores = allStores(database)
      ;[team, other] = [newId(), newId()]
      for (const id of [team, other]) await stores.organisation.teams.add({ id, name: "Team", madeAt: 1 })
    })
    afterEach(() => database.close())

    const again = async (): Promise<void> => {
      await database.close()
      database = await open(name)
      stores = allStores(database)
    }

    const webhookOf = (by: Partial<Webhook> = {}): Webhook => ({
      id: newId<WebhookId>(),
      team,
      name: "Ünïcode ☃",
      endpoint: "https://example.org/hook?x=1",
      events: ["room_created", "key_created"],
      disabledBecause: undefined,
      failingSince: undefined,
      sealedSecret: new Uint8Array(randomBytes(60)),
      old: undefined,
      createdBy: { kind: "key", id: "k" },
      createdAt: 1000,
      updatedAt: 1000,
      ...by,
    })
    const added = async (by: Partial<Webhook> = {}): Promise<Webhook> => {
      const webhook = webhookOf(by)
      expect(await stores.webhooks.add(webhook, 20)).toBe("done")
      return webhook
    }
    const happened = (by: Partial<Happened> = {}): Happened => ({ type: "room_created", team, at: 5000, data: { room_id: "r" }, ...by })
    const everything = { limit: 100, offset: 0, order: "asc", after: undefined, state: undefined } as const
    const allOf = async ({ id }: Webhook) => (await stores.webhooks.deliveries.list(id, everything)).found
    const due = (at: number, but: WebhookId[] = [], most = 10) => stores.webhooks.deliveries.due(at, { but, most })
    const outcome = { state: "waiting", at: 6000, nextAt: 9000, status: 500, problem: "status", tookMs: 12 } as const

    test("D40.2, D40.4: a webhook comes back as it was, also after a restart; a rotation keeps the secret before", async () => {
      const webhook = await added({ disabledBecause: "failing", failingSince: 77 })
      await again()
      expect(await stores.webhooks.get(webhook.id)).toEqual(webhook)
      const sealedSecret = new Uint8Array(randomBytes(60))
      await stores.webhooks.rotate(webhook.id, sealedSecret, { oldUntil: 3000, at: 2000 })
      const rotated = { ...webhook, sealedSecret, old: { sealedSecret: webhook.sealedSecret, until: 3000 }, updatedAt: 2000 }
      expect(await stores.webhooks.get(webhook.id)).toEqual(rotated)
      const changed = { ...rotated, name: "new", events: ["room_deleted"] as const, disabledBecause: undefined, failingSince: undefined }
      expect([await stores.webhooks.change(changed), await stores.webhooks.change(webhookOf())]).toEqual([true, false])
      expect(await stores.webhooks.get(webhook.id)).toEqual(changed)
      await stores.webhooks.remove(webhook.id)
      expect(await stores.webhooks.get(webhook.id)).toBeUndefined()
    })

    test("D40.2: a team has so many webhooks and no more, also of two made at once; lists are by team, in pages", async () => {
      const made = await Promise.all([1, 2, 3].map((createdAt) => stores.webhooks.add(webhookOf({ createdAt }), 2)))
      expect(made.sort()).toEqual(["done", "done", "too-many"])
      const foreign = await added({ team: other, createdAt: 9 })
      const list = async (by: object) => stores.webhooks.list({ teams: "all", limit: 10, offset: 0, order: "asc", after: undefined, ...by })
      expect((await list({})).total).toBe(3)
      expect((await list({ teams: [other] })).found.map(({ id }) => id)).toEqual([foreign.id])
      expect((await list({ teams: [] })).found).toEqual([])
      const [first] = (await list({ limit: 1 })).found
      expect((await list({ after: first!.id })).found).toHaveLength(2)
    })

    test("D40.6: what happens is kept for every webhook of the team that wants to hear of it, in order, and rings once", async () => {
      const [one, both, off, foreign] = [
        await added({ events: ["room_created"] }),
        await added({ events: ["room_created", "room_deleted"] }),
        await added({ disabledBecause: "by-hand" }),
        await added({ team: other }),
      ]
      let rung = 0
      stores.webhooks.deliveries.onNew(() => (rung += 1))
      await stores.webhooks.deliveries.tell([happened(), happened({ type: "room_deleted" }), happened({ type: "session_ended" })])
      expect(rung).toBe(1)
      await stores.webhooks.deliveries.tell([happened({ type: "session_ended" })])
      expect(rung).toBe(1)
      await again()
      expect((await allOf(one)).map(({ type }) => type)).toEqual(["room_created"])
      expect((await allOf(both)).map(({ type }) => type)).toEqual(["room_created", "room_deleted"])
      expect([await allOf(off), await allOf(foreign)]).toEqual([[], []])
      const [first] = await allOf(one)
      expect(first).toMatchObject({ state: "waiting", attempts: 0, createdAt: 5000, nextAt: 5000, isReplay: false, lastAt: undefined })
      const body = JSON.parse(first!.body) as object
      expect(body).toEqual({
        id: first!.event,
        type: "room_created",
        created_at: "1970-01-01T00:00:05.000Z",
        team_id: team,
        data: { room_id: "r" },
      })
      // One event, whoever hears of it.
      expect((await allOf(both))[0]!.event).toBe(first!.event)
    })

    test("D40.6: a key and what is told of it are kept together, and neither when the key cannot be", async () => {
      const webhook = await added()
      const times = { createdAt: 10, createdBy: undefined, expiresAt: 1e12, lastUsedAt: undefined }
      const key = { id: newId<KeyId>(), team, name: "CI", scopes: ["rooms.read"], ...times } as const
      await stores.api.keys.add(key, "hash")
      expect((await allOf(webhook)).map(({ type }) => type)).toEqual(["key_created"])
      await expect(stores.api.keys.add({ ...key, id: newId<KeyId>() }, "hash")).rejects.toThrow()
      expect(await allOf(webhook)).toHaveLength(1)
    })

    test("D40.12: of each webhook the oldest that is due comes, of enabled ones that are not busy, as many as are asked for", async () => {
      const [one, two] = [await added(), await added()]
      for (const at of [5000, 5001, 5002]) await stores.webhooks.deliveries.tell([happened({ at })])
      expect((await due(4999)).length).toBe(0)
      const [first] = await allOf(one)
      expect((await due(6000)).map(({ createdAt }) => createdAt)).toEqual([5000, 5000])
      expect((await due(6000, [], 1)).length).toBe(1)
      expect((await due(6000, [one.id])).map(({ webhook }) => webhook)).toEqual([two.id])
      await stores.webhooks.deliveries.attempted(first!.id, outcome, { failingSince: 6000, disabledBecause: undefined })
      expect((await due(6000, [two.id])).map(({ createdAt }) => createdAt)).toEqual([5001])
      expect((await due(9000, [two.id])).map(({ createdAt }) => createdAt)).toEqual([5000])
      expect([await stores.webhooks.deliveries.nextDue([two.id]), await stores.webhooks.deliveries.nextDue([one.id, two.id])]).toEqual([
        5001,
        undefined,
      ])
      expect((await stores.webhooks.get(one.id))?.failingSince).toBe(6000)
      await stores.webhooks.change({ ...two, disabledBecause: "by-hand" })
      expect((await due(9000)).map(({ webhook }) => webhook)).toEqual([one.id])
    })

    test("D40.13, D40.14: an attempt is noted with its webhook's standing; who switched it off meanwhile meant it; a replay goes last", async () => {
      const webhook = await added()
      const { deliveries } = stores.webhooks
      await deliveries.tell([happened()])
      const [first] = await allOf(webhook)
      await deliveries.attempted(first!.id, outcome, { failingSince: 6000, disabledBecause: "failing" })
      expect(await deliveries.get(webhook.id, first!.id)).toMatchObject({
        attempts: 1,
        lastAt: 6000,
        nextAt: 9000,
        status: 500,
        problem: "status",
        tookMs: 12,
      })
      expect(await stores.webhooks.get(webhook.id)).toMatchObject({ failingSince: 6000, disabledBecause: "failing" })
      await stores.webhooks.change({ ...webhook, disabledBecause: "by-hand" })
      await deliveries.attempted(first!.id, { ...outcome, state: "delivered" }, { failingSince: undefined, disabledBecause: undefined })
      expect((await stores.webhooks.get(webhook.id))?.disabledBecause).toBe("by-hand")
      const { event, type, body } = first!
      const replay = await deliveries.add(webhook.id, { event, type, body, isReplay: true, at: 7000 })
      expect(await allOf(webhook)).toEqual([await deliveries.get(webhook.id, first!.id), replay])
      expect(replay).toMatchObject({ event, body, isReplay: true, attempts: 0 })
      expect(await deliveries.add(newId(), { event, type, body, isReplay: true, at: 7000 })).toBeUndefined()
      expect(await deliveries.get(newId(), first!.id)).toBeUndefined()
      expect(await deliveries.counts()).toEqual({ waiting: 1, oldestWaiting: 7000, failing: 0 })
    })

    test("D40.14: of what is done and of what waits the newest are kept, and nothing that is too old", async () => {
      const webhook = await added()
      const { deliveries } = stores.webhooks
      for (let at = 1; at <= 10; at++) await deliveries.tell([happened({ at })])
      for (const { id, createdAt } of await allOf(webhook))
        if (createdAt > 5)
          await deliveries.attempted(
            id,
            { ...outcome, state: "delivered", nextAt: undefined },
            { failingSince: undefined, disabledBecause: undefined },
          )
      await deliveries.sweep({ before: 2, mostDone: 3, mostWaiting: 2 })
      expect((await allOf(webhook)).map(({ createdAt }) => createdAt)).toEqual([4, 5, 8, 9, 10])
      const page = await deliveries.list(webhook.id, { ...everything, state: "waiting", order: "desc", limit: 1 })
      expect([page.total, page.found.map(({ createdAt }) => createdAt)]).toEqual([2, [5]])
      const next = await deliveries.list(webhook.id, { ...everything, order: "desc", after: page.found[0]!.id })
      expect(next.found.map(({ createdAt }) => createdAt)).toEqual([4])
    })

    test("D40.2: with a team its webhooks, their deliveries and its usage go", async () => {
      const webhook = await added()
      await stores.webhooks.deliveries.tell([happened()])
      await stores.usage.add([{ team, day: "2026-11-21", calls: 1, participantMs: 1, peak: 1 }])
      expect(await stores.organisation.teams.remove(team)).toBe("done")
      expect([await stores.webhooks.get(webhook.id), await allOf(webhook)]).toEqual([undefined, []])
      const wanted = { teams: "all", from: "2026-01-01", to: "2026-12-31", most: 10 } as const
      expect(await stores.usage.between(wanted)).toEqual([])
      await stores.usage.add([{ team, day: "2026-11-21", calls: 1, participantMs: 1, peak: 1 }])
      expect(await stores.usage.between(wanted)).toEqual([])
    })

    test("D40.15: usage adds up by team and day, keeps the highest crowd, and says when it is too much to give", async () => {
      const of = (day: string, by: object = {}) => ({ team, day, calls: 1, participantMs: 5_000_000_000, peak: 3, ...by })
      await stores.usage.add([of("2026-11-20"), of("2026-11-21"), of("2026-11-21", { team: other })])
      await stores.usage.add([of("2026-11-21", { peak: 2 })])
      await again()
      const between = (by: object) => stores.usage.between({ teams: "all", from: "2026-11-20", to: "2026-11-21", most: 10, ...by })
      expect(await between({ teams: [team] })).toEqual([of("2026-11-20"), of("2026-11-21", { calls: 2, participantMs: 10_000_000_000 })])
      expect(await between({ from: "2026-11-21", teams: [other] })).toEqual([of("2026-11-21", { team: other })])
      expect([(await between({}))?.length, await between({ most: 2 }), await between({ teams: [] })]).toEqual([3, undefined, []])
    })
  })
}

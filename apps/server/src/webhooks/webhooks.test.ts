import { createHmac } from "node:crypto"
import { afterEach, beforeEach, expect, test } from "vitest"
import type { Scope, TeamId } from "@conclave/api"
import { ask, newKey, type TestKey } from "../api/api.fixture.ts"
import { House } from "../house.fixture.ts"
import { joinedBy, newTeamBy, setUpOwner, type Person } from "../organisation/people.fixture.ts"
import { Receiver, type Received } from "./receiver.fixture.ts"

let receiver: Receiver
let house: House
let owner: Person
let team: TeamId
let key: TestKey
let ahead = 0
beforeEach(async () => {
  ahead = 0
  receiver = await Receiver.open()
  house = await House.open({ webhookPost: receiver.post(), now: () => performance.timeOrigin + performance.now() + ahead })
  owner = await setUpOwner(house)
  team = (await newTeamBy(owner, "Team")) as TeamId
  key = await newKey(house, { team, expiresAt: Date.now() + 30 * 24 * 3600_000 })
})
afterEach(async () => {
  await house[Symbol.asyncDispose]()
  await receiver.close()
})

interface Made {
  readonly id: string
  readonly secret: string
}

async function newWebhook(events: readonly string[], by: object = {}): Promise<Made> {
  const body = { team_id: team, name: "CRM", endpoint: receiver.endpoint(), events, ...by }
  const made = await owner.ask("POST /webhooks", body)
  expect(made.status).toBe(201)
  return { id: String(made.body["id"]), secret: String(made.body["secret"]) }
}

const makeRoom = async (by = key) => String((await ask(house, "POST /rooms", { key: by, body: {} })).body["id"])
const keyBytes = ({ secret }: Made) => Buffer.from(secret.replace("whsec_", ""), "base64")

/** As a receiver checks it. */
const isSignedBy = (made: Made, { headers, text }: Received): boolean => {
  const signed = `${String(headers["webhook-id"])}.${String(headers["webhook-timestamp"])}.${text}`
  const mine = `v1,${createHmac("sha256", keyBytes(made)).update(signed).digest("base64")}`
  return String(headers["webhook-signature"]).split(" ").includes(mine)
}

type Listed = Readonly<Record<string, unknown>>
const deliveriesOf = async ({ id }: Made, query = ""): Promise<Listed[]> =>
  (await owner.ask(`GET /webhooks/${id}/deliveries${query}`)).body["data"] as Listed[]

/** The log once it says that the newest was tried so often; what arrives is noted a moment later. */
async function tried(made: Made, attempts = 1): Promise<Listed> {
  for (;;) {
    const [newest] = await deliveriesOf(made)
    if (newest !== undefined && Number(newest["attempts"]) >= attempts) return newest
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

test("D40.1, D40.4: what happens arrives signed; the secret is shown once and is kept only sealed", async () => {
  const made = await newWebhook(["room_created", "room_updated", "room_deleted"])
  const id = await makeRoom()
  const first = await receiver.next()
  expect(first.path).toBe("/hook")
  expect(isSignedBy(made, first)).toBe(true)
  expect(Math.abs(Number(first.headers["webhook-timestamp"]) - Date.now() / 1000)).toBeLessThan(60)
  expect(first.headers["webhook-id"]).toBe(first.body["id"])
  expect(Object.keys(first.body)).toEqual(["id", "type", "created_at", "team_id", "data"])
  expect(first.body).toMatchObject({ type: "room_created", team_id: team, data: { room_id: id, kind: "sealed-by-identity" } })
  await ask(house, `PATCH /rooms/${id}`, { key, body: { topic: "merger talks", is_locked: true } })
  const second = await receiver.next()
  expect(second.body).toMatchObject({ type: "room_updated", data: { room_id: id, changed: ["topic", "is_locked"] } })
  expect(second.text).not.toContain("merger")
  await ask(house, `PATCH /rooms/${id}`, { key, body: { is_locked: true } })
  await ask(house, `DELETE /rooms/${id}`, { key })
  expect((await receiver.next()).body).toMatchObject({ type: "room_deleted", data: { room_id: id } })
  const { body: shown } = await owner.ask(`GET /webhooks/${made.id}`)
  expect(shown["created_by"]).toEqual({ kind: "account", id: await owner.id() })
  for (const answer of [await owner.ask("GET /webhooks"), await owner.ask(`GET /webhooks/${made.id}`)])
    expect(JSON.stringify(answer.body)).not.toContain("whsec_")
  const kept = await house.everythingKept()
  expect(kept).not.toContain(made.secret.slice(6))
  expect(kept).not.toContain(keyBytes(made).toString("latin1"))
})

test("D40.2, D40.5: a webhook hears of its own team alone, and of what it asked for; keys are told without what opens", async () => {
  const made = await newWebhook(["key_created", "key_rotated", "key_revoked"])
  const other = await newTeamBy(owner, "Other")
  await owner.ask("POST /keys", { team_id: other, name: "elsewhere", scopes: ["rooms.read"] })
  await makeRoom()
  const fresh = await owner.ask("POST /keys", { team_id: team, name: "CI", scopes: ["rooms.read"] })
  const rotated = await owner.ask(`POST /keys/${String(fresh.body["id"])}/rotate`)
  await owner.ask(`DELETE /keys/${String(fresh.body["id"])}`)
  const told = [await receiver.next(), await receiver.next(), await receiver.next()]
  expect(told.map(({ body }) => body["type"])).toEqual(["key_created", "key_rotated", "key_revoked"])
  for (const one of told) {
    expect(one.body["data"]).toEqual({ key_id: fresh.body["id"], name: "CI", scopes: ["rooms.read"] })
    expect(isSignedBy(made, one)).toBe(true)
    for (const text of [fresh.body["key"], rotated.body["key"]]) expect(one.text).not.toContain(String(text))
  }
})

test("D40.3: being sent something takes the right to read it, when it is asked for and when it is sent elsewhere", async () => {
  const body = { name: "w", endpoint: receiver.endpoint() }
  const only = (...scopes: Scope[]) => newKey(house, { team, scopes })
  const narrow = await only("webhooks.read", "webhooks.write")
  for (const event of ["room_created", "session_started", "participant_joined", "key_created"])
    expect((await ask(house, "POST /webhooks", { key: narrow, body: { ...body, events: [event] } })).body["code"]).toBe("denied")
  const wider = await only("webhooks.write", "rooms.read")
  expect((await ask(house, "POST /webhooks", { key: wider, body: { ...body, events: ["room_created"] } })).body["created_by"]).toEqual({
    kind: "key",
    id: wider.id,
  })
  const { id } = await newWebhook(["key_created"])
  const change = (by: object) => ask(house, `PATCH /webhooks/${id}`, { key: wider, body: by })
  expect((await change({ events: ["room_created", "session_ended"] })).body["code"]).toBe("denied")
  expect((await change({ endpoint: receiver.endpoint("/mine") })).body["code"]).toBe("denied")
  expect((await change({ name: "renamed" })).status).toBe(200)
  const member = await joinedBy(house, owner, { name: "Mem", team })
  expect((await member.ask("POST /webhooks", { ...body, team_id: team, events: ["room_created"] })).code).toBe("denied")
})

test("D40.17: with a key the webhooks that it made are switched off, until somebody who may switches them on again", async () => {
  const stolen = await newKey(house, { team })
  const made = await ask(house, "POST /webhooks", {
    key: stolen,
    body: { name: "theirs", endpoint: receiver.endpoint("/theirs"), events: ["room_created"] },
  })
  const own = await newWebhook(["room_created"])
  await owner.ask(`DELETE /keys/${stolen.id}`)
  const path = `/webhooks/${String(made.body["id"])}` as const
  expect((await owner.ask(`GET ${path}`)).body).toMatchObject({ is_enabled: false, disabled_because: "key-revoked" })
  await makeRoom()
  expect(isSignedBy(own, await receiver.next())).toBe(true)
  expect((await owner.ask(`GET ${path}/deliveries`)).body["total_count"]).toBe(0)
  expect((await owner.ask(`PATCH ${path}`, { is_enabled: true })).body).toMatchObject({ is_enabled: true, disabled_because: null })
})

test("D40.4: after a rotation both secrets sign until the overlap is over, then the new one alone", async () => {
  const before = await newWebhook(["room_created"])
  const { body } = await owner.ask(`POST /webhooks/${before.id}/rotate`, { overlap_hours: 1 })
  const after = { id: before.id, secret: String(body["secret"]) }
  expect(after.secret).not.toBe(before.secret)
  await makeRoom()
  const both = await receiver.next()
  expect([isSignedBy(before, both), isSignedBy(after, both)]).toEqual([true, true])
  ahead += 3600_000 + 1
  await makeRoom()
  const one = await receiver.next()
  expect([isSignedBy(before, one), isSignedBy(after, one)]).toEqual([false, true])
  expect((await owner.ask(`GET /webhooks/${before.id}`)).body["old_secret_until"]).toBe(null)
})

test("D40.11, D40.12, A4.12: what fails comes again with the same id and a fresh time, the oldest first", async () => {
  const made = await newWebhook(["room_created"])
  receiver.replies = [500]
  await makeRoom()
  const first = await receiver.next()
  expect(await tried(made)).toMatchObject({ state: "waiting", attempts: 1, response_status: 500, problem: "status" })
  expect((await owner.ask(`GET /webhooks/${made.id}`)).body["failing_since"]).not.toBe(null)
  ahead += 5000
  await makeRoom()
  const [again, second] = [await receiver.next(), await receiver.next()]
  expect([again.text, again.headers["webhook-id"]]).toEqual([first.text, first.headers["webhook-id"]])
  expect(Number(again.headers["webhook-timestamp"])).toBeGreaterThan(Number(first.headers["webhook-timestamp"]))
  expect(isSignedBy(made, again)).toBe(true)
  expect(second.body["id"]).not.toBe(first.body["id"])
  await tried(made)
  expect((await deliveriesOf(made, "?order=asc")).map(({ state, attempts }) => [state, attempts])).toEqual([
    ["delivered", 2],
    ["delivered", 1],
  ])
  expect((await owner.ask(`GET /webhooks/${made.id}`)).body["failing_since"]).toBe(null)
})

test("D40.6: what happened while nobody could be reached, or before the server died, arrives after the next start", async () => {
  const made = await newWebhook(["room_created"])
  receiver.replies = ["never"]
  const id = await makeRoom()
  await receiver.next()
  await house.stop()
  await house.start()
  const again = await receiver.next()
  expect(again.body).toMatchObject({ data: { room_id: id } })
  expect(await tried(made)).toMatchObject({ state: "delivered", attempts: 1 })
})

test("D40.13: after 5 days without a success it is disabled and says so; enabled again, it is sent what waits", async () => {
  const made = await newWebhook(["room_created"])
  receiver.replies = [500, 500]
  await makeRoom()
  await tried(made)
  ahead += 5 * 24 * 3600_000
  await owner.logIn()
  await owner.ask(`POST /webhooks/${made.id}/test`)
  const isDisabled = async () => (await owner.ask(`GET /webhooks/${made.id}`)).body
  while ((await isDisabled())["is_enabled"] === true) await new Promise((resolve) => setTimeout(resolve, 10))
  expect(await isDisabled()).toMatchObject({ disabled_because: "failing" })
  expect((await owner.ask("GET /health")).body["webhooks"]).toMatchObject({ waiting_count: 2, failing_count: 1 })
  await makeRoom()
  expect((await deliveriesOf(made)).length).toBe(2)
  expect((await owner.ask(`PATCH /webhooks/${made.id}`, { is_enabled: true })).body).toMatchObject({ failing_since: null })
  await receiver.next()
  await receiver.next()
  const arrived = [await receiver.next()]
  ahead += 5000
  await owner.ask(`POST /webhooks/${made.id}/test`)
  arrived.push(await receiver.next(), await receiver.next())
  expect(new Set(arrived.map(({ body }) => body["type"]))).toEqual(new Set(["room_created", "webhook_test"]))
})

test("D40.14: a replay is a delivery of its own with the same id and body; of other webhooks' deliveries there is none", async () => {
  const made = await newWebhook(["room_created"])
  await makeRoom()
  const first = await receiver.next()
  const { id } = await tried(made)
  const replay = await owner.ask(`POST /webhooks/${made.id}/deliveries/${String(id)}/replay`)
  expect(replay).toMatchObject({ status: 202, body: { is_replay: true, event_id: first.body["id"], state: "waiting" } })
  const second = await receiver.next()
  expect(second.text).toBe(first.text)
  expect(isSignedBy(made, second)).toBe(true)
  const other = await newWebhook(["room_deleted"])
  expect((await owner.ask(`POST /webhooks/${other.id}/deliveries/${String(id)}/replay`)).code).toBe("no-such-delivery")
})

test("A4.04, D40.2: an endpoint that nothing may be sent to is refused when it is given; a team has twenty webhooks", async () => {
  for (const endpoint of [
    "https://127.0.0.1/",
    "https://[::1]/",
    "https://2130706433/",
    "https://u:p@example.org/",
    "https://example.org/#x",
  ]) {
    const made = await owner.ask("POST /webhooks", { team_id: team, name: "w", endpoint, events: ["room_created"] })
    expect([endpoint, made.code]).toEqual([endpoint, "endpoint-refused"])
  }
  for (const endpoint of ["http://example.org/", "javascript:alert(1)", "https://exa mple.org/"])
    expect((await owner.ask("POST /webhooks", { team_id: team, name: "w", endpoint, events: ["room_created"] })).code).toBe("invalid")
  const { id } = await newWebhook(["room_created"])
  expect((await owner.ask(`PATCH /webhooks/${id}`, { endpoint: "https://10.0.0.1/" })).code).toBe("endpoint-refused")
  for (let n = 1; n < 20; n++) await newWebhook(["room_created"])
  const last = await owner.ask("POST /webhooks", { team_id: team, name: "w", endpoint: receiver.endpoint(), events: ["room_created"] })
  expect(last.code).toBe("too-many-webhooks")
})

import { afterAll, beforeAll, expect, test } from "vitest"
import { allOperations, openapi } from "@conclave/api"
import { fromBase64url, toBase64url, type RoomId } from "@conclave/wire"
import { accessHashOf, changeOf, House, newId, random, roomKey, type TestRoom } from "../house.fixture.ts"
import { ask, base64, newKey, newTeam, type TestKey } from "./api.fixture.ts"

let house: House
let key: TestKey
beforeAll(async () => {
  house = await House.open()
  key = await newKey(house)
})
afterAll(() => house[Symbol.asyncDispose]())

/** The example of the seeds, but for its friendly_url. */
const seed = {
  topic: "standup",
  privacy: "public",
  external_id: "myExtID123",
  default_role: "moderator",
  roles: ["moderator"],
  e2ee_enabled: true,
}

/** What a browser makes for a room sealed by link, and what it keeps. */
function made(): { room: TestRoom; upload: object } {
  const room = { room: newId<RoomId>(), access: random(32), shelf: random(40), key: roomKey() }
  const upload = {
    room: room.room,
    access_hash: toBase64url(accessHashOf(room.access)),
    shelf: toBase64url(room.shelf),
    key: toBase64url(room.key.publicKey),
  }
  return { room, upload }
}

test("D37.4, D37.12, D37.14: the seeds' example makes a room with end-to-end encryption, in all three spellings of the key", async () => {
  const spellings = [`Bearer ${base64(`${key.team}:${key.text}`)}`, `Bearer ${key.text}`, `Basic ${base64(`${key.team}:${key.text}`)}`]
  for (const [n, authorization] of spellings.entries()) {
    const body = { ...seed, friendly_url: `my-standup-${n}` }
    const { status, body: room } = await ask(house, "POST /rooms", { body, headers: { authorization, accept: "application/json" } })
    expect(status).toBe(201)
    expect(room).toMatchObject({ ...body, team_id: key.team, kind: "sealed-by-identity", can_be_entered: true })
  }
})

test("D37.4, D37.7: another team before the key, a cut key, a second colon, a key in the query and one that ran out open nothing", async () => {
  const other = await newTeam(house)
  const old = await newKey(house, { expiresAt: Date.now() - 1 })
  const bad = [
    `Bearer ${base64(`${other}:${key.text}`)}`,
    `Bearer ${key.text.slice(0, -1)}`,
    `Bearer ${base64(`${key.team}:${key.text}:x`)}`,
    `Bearer  ${key.text}`,
    `Token ${key.text}`,
    `Bearer ${old.text}`,
    "Bearer ",
  ]
  for (const authorization of bad) {
    const { status, body, headers } = await ask(house, "GET /rooms", { headers: { authorization } })
    expect([status, body["code"], headers.get("www-authenticate")]).toEqual([401, "not-signed-in", 'Bearer realm="conclave"'])
  }
  expect((await ask(house, `GET /rooms?key=${key.text}`)).status).toBe(401)
})

test("D37.18: a friendly_url that is left out is made of 128 random bits, and none is given twice", async () => {
  const [one, two] = [await ask(house, "POST /rooms", { key, body: {} }), await ask(house, "POST /rooms", { key, body: {} })]
  expect(one.body["friendly_url"]).toMatch(/^[0-9a-f]{32}$/)
  expect(one.body["friendly_url"]).not.toBe(two.body["friendly_url"])
  const again = await ask(house, "POST /rooms", { key, body: { friendly_url: one.body["friendly_url"] } })
  expect([again.status, again.body["code"]]).toEqual([409, "friendly-url-taken"])
})

test("D37.14, D37.15: without end-to-end encryption only by who has that right, and the answer says what it means", async () => {
  const plain = await newKey(house, { team: key.team, scopes: ["rooms.read", "rooms.write"] })
  const denied = await ask(house, "POST /rooms", { key: plain, body: { e2ee_enabled: false } })
  expect([denied.status, denied.body["code"]]).toEqual([403, "denied"])
  const { body: room } = await ask(house, "POST /rooms", { key, body: { e2ee_enabled: false } })
  expect(room).toMatchObject({ kind: "transport-only", e2ee_enabled: false })
  expect(room["kind_means"]).toMatch(/NOT end-to-end encrypted.*can see and hear/)
  expect((await ask(house, `PATCH /rooms/${String(room["id"])}`, { key: plain, body: { e2ee_enabled: true } })).status).toBe(200)
  expect((await ask(house, `PATCH /rooms/${String(room["id"])}`, { key: plain, body: { e2ee_enabled: false } })).status).toBe(403)
  expect((await ask(house, `GET /rooms/${String(room["id"])}`, { key })).body["kind"]).toBe("sealed-by-identity")
})

test("A4.01: rooms of another team are not there, by any name, for any operation", async () => {
  const { body: room } = await ask(house, "POST /rooms", { key, body: {} })
  const stranger = await newKey(house)
  for (const name of [room["id"], room["friendly_url"]].map(String))
    for (const request of ["GET", "PATCH", "DELETE"] as const) {
      const { status, body } = await ask(house, `${request} /rooms/${name}`, {
        key: stranger,
        ...(request === "PATCH" ? { body: {} } : {}),
      })
      expect([status, body["code"]]).toEqual([404, "not-found"])
    }
  expect((await ask(house, "GET /rooms", { key: stranger })).body).toEqual({ data: [], total_count: 0 })
  expect((await ask(house, `GET /rooms?team_id=${key.team}`, { key: stranger })).status).toBe(404)
  expect((await ask(house, "POST /rooms", { key: stranger, body: { team_id: key.team } })).status).toBe(404)
})

test("A4.02: a field that is none of the operation's is refused by name and changes nothing", async () => {
  const { body: room } = await ask(house, "POST /rooms", { key, body: {} })
  for (const body of ["null", "[]", "1", '"x"'])
    expect((await ask(house, `PATCH /rooms/${String(room["id"])}`, { key, body })).status, body).toBe(422)
  for (const extra of ["id", "kind", "link", "role", "is_admin", "created_at", "team_id"]) {
    const { status, body } = await ask(house, `PATCH /rooms/${String(room["id"])}`, { key, body: { topic: "x", [extra]: "owner" } })
    expect([status, body["code"], Object.keys(body["errors"] as object)]).toEqual([422, "invalid", [extra]])
  }
  expect((await ask(house, `GET /rooms/${String(room["id"])}`, { key })).body).toEqual(room)
})

test("D37.11: a repeated Idempotency-Key makes one room; with another body it is refused", async () => {
  const own = await newKey(house)
  const headers = { "idempotency-key": "order-17" }
  const first = await ask(house, "POST /rooms", { key: own, headers, body: { topic: "a", tags: [] } })
  const second = await ask(house, "POST /rooms", { key: own, headers, body: { tags: [], topic: "a" } })
  expect([second.status, second.body]).toEqual([first.status, first.body])
  const other = await ask(house, "POST /rooms", { key: own, headers, body: { topic: "b" } })
  expect([other.status, other.body["code"]]).toEqual([422, "idempotency-key-used"])
  const at = await Promise.all(
    Array.from({ length: 5 }, () => ask(house, "POST /rooms", { key: own, headers: { "idempotency-key": "x" }, body: {} })),
  )
  expect(new Set(at.map(({ status }) => status))).toEqual(new Set([201, 409].slice(0, new Set(at.map((one) => one.status)).size)))
  expect((await ask(house, "GET /rooms", { key: own })).body["total_count"]).toBe(2)
  const refused = await ask(house, "POST /rooms", { key: own, headers: { "idempotency-key": "y" }, body: { topic: 5 } })
  expect(refused.status).toBe(422)
  expect((await ask(house, "POST /rooms", { key: own, headers: { "idempotency-key": "y" }, body: { topic: "5" } })).status).toBe(201)
})

test("D37.10: lists come in pages, by tag and by external_id", async () => {
  const own = await newKey(house)
  for (let n = 0; n < 5; n++)
    await ask(house, "POST /rooms", { key: own, body: { topic: `${n}`, tags: n % 2 ? ["Odd"] : ["odd%"], external_id: `e${n}` } })
  const topics = async (query: string) => {
    const { body } = await ask(house, `GET /rooms?${query}`, { key: own })
    return [body["total_count"], (body["data"] as { topic: string }[]).map(({ topic }) => topic).join("")]
  }
  expect(await topics("order=asc")).toEqual([5, "01234"])
  expect(await topics("limit=2&offset=1")).toEqual([5, "32"])
  const third = (await ask(house, "GET /rooms?order=asc&limit=3", { key: own })).body["data"] as { id: string }[]
  expect(await topics(`order=asc&after=${third[2]!.id}`)).toEqual([5, "34"])
  expect(await topics("tag=Odd&order=asc")).toEqual([2, "13"])
  expect(await topics("external_id=e4")).toEqual([1, "4"])
  for (const bad of ["limit=0", "limit=101", "order=up", "limit=1e1", "after=x", "page=2"])
    expect((await ask(house, `GET /rooms?${bad}`, { key: own })).status, bad).toBe(422)
})

test("D37.16: a secret made in a browser makes a room sealed by link, which opens by that link", async () => {
  const { body: record } = await ask(house, "POST /rooms", { key, body: seed })
  const { room, upload } = made()
  const { status, body } = await ask(house, `PUT /rooms/${String(record["id"])}/secret`, { key, body: upload })
  expect(status).toBe(200)
  expect(body).toMatchObject({ id: record["id"], kind: "sealed-by-link", can_be_entered: true, room_url: null, e2ee_enabled: true })
  await house.found(room)
  const squat = await ask(house, `PUT /rooms/${String(record["id"])}/secret`, { key, body: made().upload })
  expect([squat.status, squat.body["code"]]).toEqual([409, "people-are-inside"])
})

test("D37.16: what is uploaded is checked as POST /api/rooms checks it", async () => {
  const { body: record } = await ask(house, "POST /rooms", { key, body: {} })
  const { upload } = made()
  const put = (body: object) => ask(house, `PUT /rooms/${String(record["id"])}/secret`, { key, body })
  const short = toBase64url(random(31))
  for (const bad of [{ key: short }, { access_hash: short }, { shelf: "" }, { room: "x" }, { secret: "x" }, { key: `${"A".repeat(42)}B` }])
    expect((await put({ ...upload, ...bad })).status, JSON.stringify(bad)).toBe(422)
  const taken = await house.makeRoom()
  expect((await put({ ...upload, room: taken.room })).body["code"]).toBe("room-exists")
  await ask(house, `PATCH /rooms/${String(record["id"])}`, { key, body: { e2ee_enabled: false } })
  expect((await put(upload)).body["code"]).toBe("room-is-transport-only")
})

test("D1, D37.17: a room changes kind only while nobody is in it, and its old link opens nothing any more", async () => {
  const { body: record } = await ask(house, "POST /rooms", { key, body: seed })
  const name = String(record["id"])
  const { room, upload } = made()
  await ask(house, `PUT /rooms/${name}/secret`, { key, body: upload })
  const ada = await house.found(room)
  const change = () => ask(house, `PATCH /rooms/${name}`, { key, body: { e2ee_enabled: false } })
  const refused = await change()
  expect([refused.status, refused.body["code"]]).toEqual([409, "people-are-inside"])
  expect((await ask(house, `DELETE /rooms/${name}`, { key })).status).toBe(409)
  expect((await ask(house, `PATCH /rooms/${name}`, { key, body: { topic: "other" } })).status).toBe(200)
  ada.client.say({ type: "bye" })
  ada.client.socket.close()
  await expect.poll(async () => (await change()).status).toBe(200)
  const late = await house.connect()
  late.hello(room)
  expect((await late.next("problem")).code).toBe("link-replaced")
  // The room key signs nothing any more either.
  expect(await house.change(room.room, changeOf(room, 9))).toBe("not-allowed")
})

test("D37.17: who stands at the door of a room that is deleted is told and let go; a refused change leaves the link as it was", async () => {
  const { body: record } = await ask(house, "POST /rooms", { key, body: {} })
  const { body: other } = await ask(house, "POST /rooms", { key, body: {} })
  const name = String(record["id"])
  const { room, upload } = made()
  await ask(house, `PUT /rooms/${name}/secret`, { key, body: upload })
  const clash = await ask(house, `PATCH /rooms/${name}`, { key, body: { e2ee_enabled: false, friendly_url: other["friendly_url"] } })
  expect(clash.body["code"]).toBe("friendly-url-taken")
  const waiting = await house.enter(room)
  expect((await ask(house, `DELETE /rooms/${name}`, { key })).status).toBe(204)
  expect((await waiting.next("problem")).code).toBe("link-replaced")
  expect((await ask(house, `GET /rooms/${name}`, { key })).status).toBe(404)
})

test("A4.03, D37.5: with a cookie another site's Origin is refused; with a key alone it is not looked at and gets no CORS headers", async () => {
  const origin = "https://customer.example"
  const byKey = await ask(house, "POST /rooms", { key, body: {}, headers: { origin } })
  expect([byKey.status, byKey.headers.get("access-control-allow-origin")]).toEqual([201, null])
  const both = await ask(house, "POST /rooms", { key, body: {}, headers: { origin, cookie: "conclave=x" } })
  const cookie = await ask(house, "POST /rooms", { body: {}, headers: { origin, cookie: "conclave=x" } })
  expect([both, cookie].map(({ status, body }) => [status, body["code"]])).toEqual([
    [403, "foreign-origin"],
    [403, "foreign-origin"],
  ])
})

test("D37.2: an address that is written out is not taken for somebody's name by another method", async () => {
  for (const request of ["DELETE /invitations/look", "PATCH /rooms/live", "DELETE /account/passkeys/challenge", "QUERY /rooms"] as const) {
    const { status, body, headers } = await ask(house, request, { key, body: {} })
    expect([request, status, body["code"]]).toEqual([request, 405, "wrong-method"])
    expect(headers.get("allow")).not.toContain(request.split(" ")[0])
  }
})

test("D37.11: what people ask about themselves, or without an account, promises nothing of an Idempotency-Key", () => {
  const promising = allOperations.filter((one) => JSON.stringify(openapi([one], "1")).includes("Idempotency-Key"))
  expect(promising.length).toBeGreaterThan(10)
  for (const { method, needs } of promising) expect([method, needs === "own" || needs === "nobody-signed-in"]).toEqual(["POST", false])
})

test("D37.3: every refusal is one problem with a code, a title and an id to ask about, and repeats no value of the request", async () => {
  const answers = [
    await ask(house, "GET /nothing", { key }),
    await ask(house, "GET /rooms"),
    await ask(house, "DELETE /rooms", { key }),
    await ask(house, "POST /rooms", { key, body: "{" }),
    await ask(house, "POST /rooms", { key, body: { topic: { secret: "hunter2" } } }),
    await ask(house, "POST /rooms", { key, body: "x".repeat(70_000) }),
    await ask(house, `GET /rooms/${"x".repeat(500)}`, { key }),
  ]
  expect(answers.map(({ status }) => status)).toEqual([404, 401, 405, 400, 422, 413, 404])
  expect(answers[2]?.headers.get("allow")).toBe("GET, POST")
  for (const { body, headers } of answers) {
    expect(headers.get("content-type")).toMatch(/^application\/problem\+json/)
    expect(headers.get("cache-control")).toBe("no-store")
    expect(Object.keys(body).filter((name) => name !== "errors" && name !== "detail")).toEqual([
      "type",
      "title",
      "status",
      "code",
      "request_id",
    ])
    expect(JSON.stringify(body)).not.toContain("hunter2")
  }
})

test("A6.01: an asker that asks without end is slowed down and told for how long; wrong keys are sooner", async () => {
  // A clock that stands still fills no bucket, however slow this machine is.
  const at = Date.now()
  await using own = await House.open({ now: () => at })
  const fast = await newKey(own)
  const answers = []
  for (let n = 0; n < 260; n++) answers.push(await ask(own, "GET /rooms", { key: fast }))
  const slowed = answers.filter(({ status }) => status === 429)
  expect(slowed.length).toBeGreaterThan(0)
  expect(slowed[0]!.headers.get("retry-after")).toMatch(/^[1-9]\d*$/)
  const guesses = []
  for (let n = 0; n < 40; n++)
    guesses.push((await ask(own, "GET /rooms", { headers: { authorization: `Bearer conclave_${"A".repeat(43)}` } })).status)
  expect(new Set(guesses)).toEqual(new Set([401, 429]))
})

test("D37.6: neither database nor log holds a key, and what is kept of one is its hash", async () => {
  expect(house.log.join("")).not.toContain(key.text)
  expect(JSON.stringify(await house.stores.api.keys.get(key.id))).not.toContain(key.text.slice(9))
  expect(fromBase64url(key.text.slice(9))?.length).toBe(32)
})

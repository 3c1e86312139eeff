import { createHash, createPublicKey, verify } from "node:crypto"
import { statSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import type { TeamId } from "@conclave/api"
import { fromBase64url, toBase64url, type RoomId } from "@conclave/wire"
import { accessHashOf, House, newId, random, roomKey, type TestRoom } from "../house.fixture.ts"
import { joinedBy, newTeamBy, Person, setUpOwner } from "../organisation/people.fixture.ts"
import { ask, newKey, type TestKey } from "./api.fixture.ts"

let house: House
let ahead = 0
let team: TeamId
let key: TestKey
const now = () => performance.timeOrigin + performance.now() + ahead
const nobody = () => new Person(house, "Nobody")
let owner: Person
let member: Person
let auditor: Person
let stranger: Person

beforeAll(async () => {
  house = await House.open({ now })
  owner = await setUpOwner(house)
  team = (await newTeamBy(owner, "Team")) as TeamId
  key = await newKey(house, { team })
  member = await joinedBy(house, owner, { name: "Mem", team })
  auditor = await joinedBy(house, owner, { name: "Aud", role: "auditor" })
  stranger = await joinedBy(house, owner, { name: "Str", team: await newTeamBy(owner, "Other") })
})
afterAll(() => house[Symbol.asyncDispose]())

interface Made {
  readonly room: TestRoom
  readonly opening: string
  readonly upload: Readonly<Record<string, string>>
  readonly keyHash: string
}

/** What a moderator's browser makes. */
function made(): Made {
  const room = { room: newId<RoomId>(), access: random(32), shelf: random(40), key: roomKey() }
  const opening = toBase64url(random(16))
  const upload = {
    room: room.room,
    opening,
    access_hash: toBase64url(accessHashOf(room.access)),
    shelf: toBase64url(room.shelf),
    key: toBase64url(room.key.publicKey),
  }
  const keyHash = createHash("sha256").update(room.key.publicKey).digest().subarray(0, 16).toString("base64url")
  return { room, opening, upload, keyHash }
}

const newRecord = async (body: object = {}): Promise<string> => {
  const answer = await ask(house, "POST /rooms", { key, body: { team_id: team, ...body } })
  expect(answer.status).toBe(201)
  return String(answer.body["friendly_url"])
}

const sealed = { kind: "sealed-by-identity" }
const enter = (person: Person, room: string, body: object = {}) => {
  // Limits have a test of their own.
  ahead += 3000
  return person.ask(`POST /rooms/${room}/entry`, { ...sealed, ...body })
}
const furnish = (person: Person, room: string, body: object) => person.ask(`PUT /rooms/${room}/furnishing`, body)

test("D39.1, D39.2: a member furnishes a room and is told what it is furnished with; so is an auditor, who may not furnish", async () => {
  const name = await newRecord({ topic: "standup", is_locked: true })
  const before = await enter(member, name)
  expect(before.body).toEqual({
    kind: "sealed-by-identity",
    furnished: null,
    is_inhabited: false,
    may_furnish: true,
    wishes: { role: "moderator", default_role: "speaker", is_locked: true },
    topic: "standup",
    statement: null,
    name: "Mem",
  })
  const { room, opening, upload, keyHash } = made()
  expect((await furnish(auditor, name, upload)).code).toBe("denied")
  const done = await furnish(member, name, upload)
  expect([done.status, done.body]).toEqual([200, { key_hash: keyHash }])
  const after = await enter(auditor, name)
  expect(after.body).toMatchObject({ furnished: { room: room.room, opening, key_hash: keyHash }, may_furnish: false, name: "Aud" })
  await house.found(room)
  expect((await enter(member, name)).body).toMatchObject({ is_inhabited: true, may_furnish: false })
  expect((await furnish(member, name, made().upload)).code).toBe("people-are-inside")
})

test("D39.2: a public room is open to anybody, who is nobody to the server and furnishes nothing", async () => {
  const name = await newRecord({ privacy: "public" })
  for (const person of [nobody(), stranger]) {
    const answer = await enter(person, name, { nonce: toBase64url(random(32)) })
    expect([answer.status, answer.body]).toMatchObject([
      200,
      { may_furnish: false, name: null, statement: null, wishes: { role: "speaker" } },
    ])
    expect((await furnish(person, name, made().upload)).code).toBe("denied")
  }
})

test("A4.01, A4.10: a private room of another team is answered as one that is not there, to accounts and to nobody", async () => {
  const name = await newRecord()
  const about = async (person: Person, room: string) => {
    const { status, code, body } = await enter(person, room)
    return [status, code, Object.keys(body)]
  }
  expect(await about(nobody(), name)).toEqual(await about(nobody(), "no-such-room"))
  expect((await about(nobody(), name)).slice(0, 2)).toEqual([401, "sign-in-needed"])
  expect(await about(stranger, name)).toEqual(await about(stranger, "no-such-room"))
  expect((await about(stranger, name)).slice(0, 2)).toEqual([404, "no-such-room"])
  expect((await furnish(nobody(), name, made().upload)).code).toBe("sign-in-needed")
  expect((await furnish(stranger, name, made().upload)).code).toBe("no-such-room")
})

interface MadeToken {
  readonly id: string
  readonly token: string
  readonly link: string
}

const newToken = async (room: string, body: object = {}, by = key): Promise<MadeToken> => {
  const answer = await ask(house, `POST /rooms/${room}/tokens`, { key: by, body })
  expect(answer.status).toBe(201)
  return answer.body as unknown as MadeToken
}

test("D39.2: a page that came by another kind's path is told that there is no such room; one sealed by link is not entered here", async () => {
  const open = await newRecord({ privacy: "public", e2ee_enabled: false })
  for (const person of [nobody(), member]) {
    expect((await enter(person, open)).code).toBe("no-such-room")
    expect((await enter(person, open, { kind: "transport-only" })).body["kind"]).toBe("transport-only")
  }
  const { token } = await newToken(open)
  expect((await enter(nobody(), open, { token })).code).toBe("no-such-room")
  const linked = await newRecord()
  const { opening: _, ...secret } = made().upload
  expect((await ask(house, `PUT /rooms/${linked}/secret`, { key, body: secret })).status).toBe(200)
  expect((await enter(member, linked)).code).toBe("no-such-room")
  expect((await furnish(member, linked, made().upload)).code).toBe("room-has-a-secret")
  expect((await ask(house, `POST /rooms/${linked}/tokens`, { key, body: {} })).body["code"]).toBe("room-has-a-secret")
})

test("D39.3: what a room was furnished with opens nothing any more once it is furnished anew, of another kind, or deleted", async () => {
  const name = await newRecord()
  const first = made()
  await furnish(member, name, first.upload)
  const atDoor = await house.enter(first.room)
  const second = made()
  expect((await furnish(member, name, second.upload)).status).toBe(200)
  expect((await atDoor.next("problem")).code).toBe("link-replaced")
  expect((await furnish(member, name, { ...made().upload, room: second.room.room })).code).toBe("room-exists")
  const waiting = await house.enter(second.room)
  expect((await ask(house, `PATCH /rooms/${name}`, { key, body: { topic: "other" } })).status).toBe(200)
  expect((await enter(member, name)).body["furnished"]).toMatchObject({ room: second.room.room })
  expect((await ask(house, `PATCH /rooms/${name}`, { key, body: { e2ee_enabled: false } })).status).toBe(200)
  expect((await waiting.next("problem")).code).toBe("link-replaced")
  expect((await enter(member, name, { kind: "transport-only" })).body["furnished"]).toBeNull()
  const third = made()
  expect((await furnish(member, name, third.upload)).status).toBe(200)
  const ada = await house.found(third.room)
  expect((await ask(house, `PATCH /rooms/${name}`, { key, body: { e2ee_enabled: true } })).body["code"]).toBe("people-are-inside")
  ada.client.say({ type: "bye" })
  ada.client.socket.close()
  await expect.poll(async () => (await ask(house, `DELETE /rooms/${name}`, { key })).status).toBe(204)
  const late = await house.connect()
  late.hello(third.room)
  expect((await late.next("problem")).code).toBe("link-replaced")
})

test("D39.1: of two that furnish a room at once one does, and the other's room is nobody's", async () => {
  const name = await newRecord()
  const both = [made(), made()]
  const answers = await Promise.all(both.map(({ upload }) => furnish(member, name, { ...upload, replaces: null })))
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
  const [kept, lost] = answers[0]!.status === 200 ? both : both.toReversed()
  expect((await enter(member, name)).body["furnished"]).toMatchObject({ room: kept!.room.room })
  const client = await house.connect()
  client.hello(lost!.room)
  expect(["link-replaced", "no-such-room"]).toContain((await client.next("problem")).code)
  expect((await furnish(member, name, { ...made().upload, replaces: lost!.room.room })).code).toBe("stale-version")
  expect((await furnish(member, name, { ...made().upload, replaces: kept!.room.room })).status).toBe(200)
})

test("D39.1: what is furnished is checked as POST /api/rooms checks it", async () => {
  const name = await newRecord()
  const short = toBase64url(random(15))
  for (const bad of [{ opening: short }, { room: short }, { key: short }, { access_hash: short }, { shelf: "" }, { secret: "x" }])
    expect((await furnish(member, name, { ...made().upload, ...bad })).status, JSON.stringify(bad)).toBe(422)
})

test("D39.4: a token lets somebody without an account into one room, in its role and under its name, until it expires", async () => {
  const name = await newRecord({ privacy: "private" })
  const { token, link } = await newToken(name, { name: "Zoe", role: "attendee", external_id: "z", expires_in_minutes: 5 })
  expect(token).toMatch(/^conclave_join_[A-Za-z0-9_-]{43}$/)
  expect(link).toBe(`${house.origin}/o/${name}#${token}`)
  const answer = await enter(nobody(), name, { token })
  expect(answer.body).toMatchObject({ may_furnish: false, name: "Zoe", wishes: { role: "attendee", default_role: "speaker" } })
  expect((await furnish(nobody(), name, { ...made().upload, token })).code).toBe("denied")
  const other = await newRecord()
  expect((await enter(nobody(), other, { token })).code).toBe("token-void")
  expect((await enter(nobody(), "no-such-room", { token })).code).toBe("token-void")
  expect((await enter(nobody(), name, { token: `${token.slice(0, -1)}_` })).code).toBe("token-void")
  expect((await enter(member, name, { token: "x" })).code).toBe("token-void")
  ahead += 5 * 60_000
  const late = await enter(nobody(), name, { token })
  expect([late.status, late.code]).toEqual([401, "token-expired"])
})

test("D39.4: a token with a moderator's role furnishes; the role must be one of the room's", async () => {
  const name = await newRecord({ roles: ["moderator", "speaker"] })
  expect((await ask(house, `POST /rooms/${name}/tokens`, { key, body: { role: "attendee" } })).status).toBe(422)
  expect((await ask(house, `POST /rooms/${name}/tokens`, { key, body: { expires_in_minutes: 7 * 24 * 60 + 1 } })).status).toBe(422)
  const { token } = await newToken(name, { role: "moderator" })
  expect((await enter(nobody(), name, { token })).body["may_furnish"]).toBe(true)
  expect((await furnish(nobody(), name, { ...made().upload, token })).status).toBe(200)
})

test("D39.4: tokens are listed without what is in the links, withdrawn, and kept as their hashes only", async () => {
  const name = await newRecord()
  const kept = [await newToken(name, { name: "A" }), await newToken(name, { name: "B" })]
  const list = async (query = "") => (await ask(house, `GET /rooms/${name}/tokens${query}`, { key })).body
  expect((await list("?order=asc&limit=1"))["data"]).toMatchObject([{ name: "A" }])
  expect((await list(`?order=asc&after=${kept[0]!.id}`))["data"]).toMatchObject([{ name: "B" }])
  expect((await list())["total_count"]).toBe(2)
  expect(JSON.stringify(await list())).not.toContain("conclave_join_")
  const elsewhere = await newRecord()
  expect((await ask(house, `DELETE /rooms/${elsewhere}/tokens/${kept[0]!.id}`, { key })).status).toBe(404)
  expect((await ask(house, `DELETE /rooms/${name}/tokens/${kept[0]!.id}`, { key })).status).toBe(204)
  expect((await enter(nobody(), name, { token: kept[0]!.token })).code).toBe("token-void")
  expect((await enter(nobody(), name, { token: kept[1]!.token })).status).toBe(200)
  expect(await house.everythingKept()).not.toContain(kept[1]!.token.slice("conclave_join_".length))
})

test("A4.11, D39.5: a token is void as soon as who made it may not change the room any more", async () => {
  const name = await newRecord()
  const own = await newKey(house, { team })
  const { token } = await newToken(name, {}, own)
  expect((await enter(nobody(), name, { token })).status).toBe(200)
  await house.stores.api.keys.remove(own.id, now())
  expect((await enter(nobody(), name, { token })).code).toBe("token-void")
  const short = await newKey(house, { team, expiresAt: now() + 60_000 })
  const later = await newToken(name, {}, short)
  ahead += 61_000
  expect((await enter(nobody(), name, { token: later.token })).code).toBe("token-void")
  const leaving = await joinedBy(house, owner, { name: "Lea", team })
  const { body } = await leaving.ask(`POST /rooms/${name}/tokens`, {})
  const hers = String(body["token"])
  expect((await enter(nobody(), name, { token: hers })).status).toBe(200)
  await owner.ask(`DELETE /teams/${team}/members/${await leaving.id()}`)
  expect((await enter(nobody(), name, { token: hers })).code).toBe("token-void")
})

const claimsIn = (statement: unknown): Record<string, unknown> => {
  const [, claims = ""] = String(statement).split(".")
  return JSON.parse(Buffer.from(claims, "base64url").toString()) as Record<string, unknown>
}

test("D39.7, D39.8: the server says who enters, over the device's nonce, under the key that it publishes", async () => {
  const name = await newRecord()
  const { room, upload } = made()
  await furnish(member, name, upload)
  const nonce = toBase64url(random(32))
  const { body } = await enter(member, name, { nonce })
  const { keys } = (await nobody().ask("GET /entry-keys")).body as { keys: { x: string; kid: string }[] }
  const [head = "", claims = "", signature = ""] = String(body["statement"]).split(".")
  const [jwk] = keys
  const key = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x: jwk!.x }, format: "jwk" })
  expect(verify(null, Buffer.from(`${head}.${claims}`), key, fromBase64url(signature)!)).toBe(true)
  expect(JSON.parse(Buffer.from(head, "base64url").toString())).toEqual({ alg: "EdDSA", kid: jwk!.kid, typ: "JWT" })
  const said = claimsIn(body["statement"])
  expect(said).toMatchObject({
    iss: house.origin,
    aud: room.room,
    sub: `account:${await member.id()}`,
    name: "Mem",
    nonce,
    role: "moderator",
  })
  expect(Number(said["exp"]) - Number(said["iat"])).toBe(24 * 3600)
  const { token, id } = await newToken(name, { name: "Zoe", expires_in_minutes: 10 })
  const byToken = claimsIn((await enter(nobody(), name, { token, nonce })).body["statement"])
  expect(byToken).toMatchObject({ sub: `token:${id}`, name: "Zoe", role: "speaker" })
  expect(Number(byToken["exp"]) - Number(byToken["iat"])).toBeLessThanOrEqual(600)
})

test("D39.7: there is no statement without a nonce, without a furnished room, or about somebody who has shown nothing", async () => {
  const nonce = toBase64url(random(32))
  const name = await newRecord({ privacy: "public" })
  expect((await enter(member, name, { nonce })).body["statement"]).toBeNull()
  await furnish(member, name, made().upload)
  expect((await enter(member, name)).body["statement"]).toBeNull()
  expect((await enter(nobody(), name, { nonce })).body["statement"]).toBeNull()
  expect((await enter(member, name, { nonce: toBase64url(random(31)) })).status).toBe(422)
})

test("D39.8: the key that signs is the same after a restart, and its file is readable by nobody else", async () => {
  const keys = async () => (await nobody().ask("GET /entry-keys")).body
  const before = await keys()
  await house.stop()
  expect(statSync(join(house.data, "entry.key")).mode & 0o777).toBe(0o600)
  await house.start()
  expect(await keys()).toEqual(before)
})

test("D39.6: nobody enters or furnishes a room whose time is over, and only who may enter is told", async () => {
  const name = await newRecord({ expires_at: new Date(now() + 60_000).toISOString() })
  const { token } = await newToken(name)
  ahead += 61_000
  expect((await enter(member, name)).code).toBe("room-expired")
  expect((await enter(nobody(), name, { token })).code).toBe("room-expired")
  expect((await furnish(member, name, made().upload)).code).toBe("room-expired")
  expect((await enter(stranger, name)).code).toBe("no-such-room")
  expect((await enter(nobody(), name)).code).toBe("sign-in-needed")
  expect((await ask(house, `POST /rooms/${name}/tokens`, { key, body: {} })).body["code"]).toBe("room-expired")
})

test("A4.10, D39.9: who is refused too often from one address must wait, also with what would be right", async () => {
  const name = await newRecord({ privacy: "public" })
  const guess = () => nobody().ask("POST /rooms/no-such-room/entry", sealed)
  const codes = new Set<string | undefined>()
  for (let n = 0; n < 70; n++) codes.add((await guess()).code)
  expect([...codes]).toEqual(["sign-in-needed", "too-many"])
  const right = await nobody().ask(`POST /rooms/${name}/entry`, sealed)
  expect([right.code, right.headers.get("retry-after")]).toEqual(["too-many", "2"])
  ahead += 10_000
  expect((await enter(nobody(), name)).status).toBe(200)
})

test("A4.03: another site's page cannot have a visitor's browser enter or furnish", async () => {
  const name = await newRecord()
  for (const path of [`POST /rooms/${name}/entry`, `PUT /rooms/${name}/furnishing`] as const)
    expect((await member.ask(path, sealed, { origin: "https://evil.example" })).code).toBe("foreign-origin")
})

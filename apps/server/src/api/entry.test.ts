import { createHash } from "node:crypto"
import { afterAll, beforeAll, expect, test } from "vitest"
import type { TeamId } from "@conclave/api"
import { toBase64url, type RoomId } from "@conclave/wire"
import { accessHashOf, House, newId, random, roomKey, type TestRoom } from "../house.fixture.ts"
import { joinedBy, newTeamBy, Person, setUpOwner } from "../organisation/people.fixture.ts"
import { ask, newKey, type TestKey } from "./api.fixture.ts"

let house: House
let ahead = 0
let team: TeamId
let key: TestKey
const now = () => performance.timeOrigin + performance.now() + ahead
const nobody = () => new Person(house, "Nobody")
let member: Person
let auditor: Person
let stranger: Person

beforeAll(async () => {
  house = await House.open({ now })
  const owner = await setUpOwner(house)
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

import { afterAll, beforeAll, expect, test } from "vitest"
import { toBase64url, type RoomId } from "@conclave/wire"
import { accessHashOf, House, newId, random, roomKey, type TestRoom } from "../house.fixture.ts"
import { ask, newKey, type TestKey } from "./api.fixture.ts"

let house: House
let key: TestKey
let ahead = 0
beforeAll(async () => {
  house = await House.open({ now: () => performance.timeOrigin + performance.now() + ahead })
  key = await newKey(house)
})
afterAll(() => house[Symbol.asyncDispose]())

/** A record that a browser has made a room sealed by link. */
async function linkedRoom(by = key): Promise<{ name: string; room: TestRoom }> {
  const name = String((await ask(house, "POST /rooms", { key: by, body: {} })).body["id"])
  const room = { room: newId<RoomId>(), access: random(32), shelf: random(40), key: roomKey() }
  const body = {
    room: room.room,
    access_hash: toBase64url(accessHashOf(room.access)),
    shelf: toBase64url(room.shelf),
    key: toBase64url(room.key.publicKey),
  }
  expect((await ask(house, `PUT /rooms/${name}/secret`, { key: by, body })).status).toBe(200)
  return { name, room }
}

test("D37.19: a call that is on shows pseudonyms, counts and times, and nothing else", async () => {
  const { name, room } = await linkedRoom()
  const get = async (path: string) => (await ask(house, `GET /rooms/${name}/live${path}`, { key })).body
  expect(await get("")).toEqual({ is_live: false, since: null, participants_count: 0, waiting_count: 0 })
  const ada = await house.found(room)
  const ben = await house.add(room, ada, 0)
  const live = await get("")
  expect(live).toEqual({ is_live: true, since: live["since"], participants_count: 2, waiting_count: 0 })
  expect(Math.abs(Date.parse(String(live["since"])) - Date.now())).toBeLessThan(60_000)
  const { data, total_count } = await get("/participants")
  expect(total_count).toBe(2)
  const people = data as { pseudonym: string; since: string; is_connected: boolean }[]
  expect(people.map(({ pseudonym }) => pseudonym)).toEqual([ada.member, ben.member])
  for (const one of people) expect(Object.keys(one)).toEqual(["pseudonym", "since", "is_connected"])
})

test("D37.19: live rooms are listed for whose team they are", async () => {
  const own = await newKey(house)
  const { name, room } = await linkedRoom(own)
  await house.found(room)
  const { body } = await ask(house, "GET /rooms/live", { key: own })
  expect(body).toMatchObject({ data: [{ room_id: name, team_id: own.team, participants_count: 1 }], total_count: 1 })
  const { body: others } = await ask(house, "GET /rooms/live", { key: await newKey(house) })
  expect(others).toEqual({ data: [], total_count: 0 })
})

test("D14.6, D39.10: the members are asked to remove somebody; the server takes nobody out", async () => {
  const { name, room } = await linkedRoom()
  const remove = (participant: string) => ask(house, `DELETE /rooms/${name}/live/participants/${participant}`, { key })
  expect((await remove(newId())).body["code"]).toBe("no-call")
  const ada = await house.found(room)
  const ben = await house.add(room, ada, 0)
  expect((await remove(newId())).body["code"]).toBe("no-such-participant")
  expect((await remove(ben.member)).status).toBe(202)
  for (const { client } of [ada, ben]) expect((await client.next("removal-asked")).member).toBe(ben.member)
  const { body } = await ask(house, `GET /rooms/${name}/live/participants`, { key })
  expect(body["total_count"]).toBe(2)
  const reader = await newKey(house, { team: key.team, scopes: ["live.read", "rooms.write"] })
  expect((await ask(house, `DELETE /rooms/${name}/live/participants/${ben.member}`, { key: reader })).status).toBe(403)
})

test("D37.20: a call that is ended is relayed no more, its log is gone, and nobody comes in until the time is over", async () => {
  const { name, room } = await linkedRoom()
  const end = (body = {}) => ask(house, `POST /rooms/${name}/live/end`, { key, body })
  expect((await end()).body["code"]).toBe("no-call")
  const ada = await house.found(room)
  const ben = await house.add(room, ada, 0)
  const waiting = await house.enter(room)
  expect((await end({ closed_for_seconds: 60 })).status).toBe(204)
  for (const client of [ada.client, ben.client, waiting]) {
    expect((await client.next("problem")).code).toBe("call-ended")
    expect(await client.closed).toBe(1008)
  }
  expect(house.media.notes).toContain(`end ${ada.call}`)
  expect((await house.stores.store.loadRoom(room.room))?.call).toBeUndefined()
  const late = await house.connect()
  late.hello(room)
  expect((await late.next("problem")).code).toBe("call-ended")
  ahead += 61_000
  await house.found(room)
})

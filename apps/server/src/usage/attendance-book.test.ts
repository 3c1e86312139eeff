import { afterAll, beforeAll, expect, test } from "vitest"
import { toBase64url, type RoomId } from "@conclave/wire"
import { ask, newKey, type TestKey } from "../api/api.fixture.ts"
import { accessHashOf, House, newId, random, roomKey, type TestRoom } from "../house.fixture.ts"
import { Receiver } from "../webhooks/receiver.fixture.ts"
import { dayOf } from "./days.ts"

let receiver: Receiver
let house: House
let key: TestKey
let ahead = 0
beforeAll(async () => {
  receiver = await Receiver.open()
  house = await House.open({ webhookPost: receiver.post(), now: () => performance.timeOrigin + performance.now() + ahead })
  key = await newKey(house)
})
afterAll(async () => {
  await house[Symbol.asyncDispose]()
  await receiver.close()
})

/** A record that a browser has made a room sealed by link. */
async function linkedRoom(): Promise<{ name: string; room: TestRoom }> {
  const name = String((await ask(house, "POST /rooms", { key, body: { external_id: "mine" } })).body["id"])
  const room = { room: newId<RoomId>(), access: random(32), shelf: random(40), key: roomKey() }
  const body = {
    room: room.room,
    access_hash: toBase64url(accessHashOf(room.access)),
    shelf: toBase64url(room.shelf),
    key: toBase64url(room.key.publicKey),
  }
  expect((await ask(house, `PUT /rooms/${name}/secret`, { key, body })).status).toBe(200)
  return { name, room }
}

test("D40.5, D40.7, D40.15: a call is told of by pseudonyms, in order, and counts as its team's use", async () => {
  const events = ["session_started", "session_ended", "participant_joined", "participant_left"]
  await ask(house, "POST /webhooks", { key, body: { name: "w", endpoint: receiver.endpoint(), events } })
  const { name, room } = await linkedRoom()
  const ada = await house.found(room)
  const ben = await house.add(room, ada, 0)
  ahead += 10 * 60_000
  expect((await ask(house, `POST /rooms/${name}/live/end`, { key })).status).toBe(204)
  const told = []
  for (let n = 0; n < 6; n++) told.push((await receiver.next()).body)
  const about = { room_id: name, external_id: "mine", session_id: ada.call }
  expect(told.map(({ type }) => type)).toEqual([
    "session_started",
    "participant_joined",
    "participant_joined",
    "participant_left",
    "participant_left",
    "session_ended",
  ])
  for (const { data } of told) expect(data).toMatchObject(about)
  const pseudonyms = told.map(({ data }) => (data as { pseudonym?: string }).pseudonym)
  expect(pseudonyms).toEqual([undefined, ada.member, ben.member, ada.member, ben.member, undefined])
  const { body } = await ask(house, "GET /usage", { key })
  expect(body).toMatchObject({ total_count: 1, data: [{ team_id: key.team, calls: 1, peak_participants: 2 }] })
  const [used] = body["data"] as { participant_minutes: number; day: string }[]
  expect(used!.day).toBe(dayOf(Date.now() + ahead))
  expect(used!.participant_minutes).toBeGreaterThanOrEqual(20)
})

test("D40.15: a room that is no team's is nobody's use, and another team sees nothing of it", async () => {
  const before = (await ask(house, "GET /usage", { key })).body
  await house.found(await house.makeRoom())
  expect((await ask(house, "GET /usage", { key })).body).toEqual(before)
  expect((await ask(house, "GET /usage", { key: await newKey(house) })).body).toEqual({ data: [], total_count: 0 })
  for (const query of ["from=2026-01-02&to=2026-01-01", "from=2020-01-01&to=2026-01-01", "from=yesterday"])
    expect((await ask(house, `GET /usage?${query}`, { key })).body["code"]).toBe("invalid")
})

test("D40.15: what was used outlives a restart in the middle of a call", async () => {
  const { room } = await linkedRoom()
  await house.found(room)
  ahead += 5 * 60_000
  const minutes = async () =>
    ((await ask(house, "GET /usage", { key })).body["data"] as { participant_minutes: number }[]).reduce(
      (sum, { participant_minutes }) => sum + participant_minutes,
      0,
    )
  const before = await minutes()
  await house.stop()
  await house.start()
  expect(await minutes()).toBeGreaterThanOrEqual(before)
})

import { afterAll, beforeAll, expect, test } from "vitest"
import { apiClient, ApiRefusal } from "@conclave/client"
import { House } from "../house.fixture.ts"
import { newKey } from "./api.fixture.ts"

let house: House
beforeAll(async () => void (house = await House.open()))
afterAll(() => house[Symbol.asyncDispose]())

test("D37.1: the typed client makes, changes, lists and deletes rooms of a real server, and hears its refusals", async () => {
  const { text: key } = await newKey(house)
  const client = apiClient({ origin: house.origin, key })
  const room = await client.createRoom({ body: { topic: "standup", e2ee_enabled: true } })
  expect((await client.changeRoom({ params: { room: room.id }, body: { topic: "retro" } })).topic).toBe("retro")
  expect((await client.listRooms({})).data.map(({ id }) => id)).toEqual([room.id])
  expect(await client.getLive({ params: { room: room.friendly_url } })).toMatchObject({ is_live: false, participants_count: 0 })
  const refusal = await client.getChat({ params: { room: room.id } }).catch((error: unknown) => error)
  expect(refusal).toBeInstanceOf(ApiRefusal)
  expect(refusal).toMatchObject({ status: 409, code: "content-is-end-to-end-encrypted" })
  await client.deleteRoom({ params: { room: room.id } })
  await expect(client.getRoom({ params: { room: room.id } })).rejects.toMatchObject({ code: "not-found" })
})

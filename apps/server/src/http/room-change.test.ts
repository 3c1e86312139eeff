import { afterAll, beforeAll, expect, test } from "vitest"
import { limits, type RoomId } from "@conclave/wire"
import { accessHashOf, changeOf, House, newId, random, roomKey } from "../house.fixture.ts"

let house: House
beforeAll(async () => void (house = await House.open()))
afterAll(() => house[Symbol.asyncDispose]())

test("D3.10: the room key changes what is kept and names hosts; a host then does the same; who is named no more does not", async () => {
  const room = await house.makeRoom()
  const host = roomKey()
  const keys = [room.key.publicKey, host.publicKey]
  expect(await house.change(room.room, changeOf(room, 2, { keys }))).toBe("done")
  const third = changeOf(room, 3, { keys: [room.key.publicKey] }, host)
  expect(await house.change(room.room, third)).toBe("done")
  expect(await house.change(room.room, changeOf(room, 4, { keys }, host))).toBe("not-allowed")
  const client = await house.connect()
  client.hello(room)
  expect((await client.next("room")).shelf).toEqual(third.shelf)
})

test("D3.10: no field can be changed under a signature, and no other key signs", async () => {
  const room = await house.makeRoom()
  const good = changeOf(room, 2)
  const stranger = roomKey()
  const bent = [
    { ...good, version: 3 },
    { ...good, accessHash: random(32) },
    { ...good, shelf: random(50) },
    { ...good, keys: [stranger.publicKey] },
    { ...good, keys: [room.key.publicKey, room.key.publicKey] },
    { ...good, signature: random(64) },
    { ...good, by: stranger.publicKey },
    changeOf(room, 2, {}, stranger),
    changeOf(room, 2, { by: room.key.publicKey }, stranger),
    changeOf({ ...room, room: newId<RoomId>() }, 2),
  ]
  for (const body of bent) expect(await house.change(room.room, body)).toBe("not-allowed")
  expect(await house.change(room.room, good)).toBe("done")
})

test("D3.10: a version that is not higher, a room that is none and a body that is no change are refused by name", async () => {
  const room = await house.makeRoom()
  expect(await house.change(room.room, changeOf(room, 1))).toBe("stale-version")
  const none = { ...room, room: newId<RoomId>() }
  expect(await house.change(none.room, changeOf(none, 2))).toBe("no-such-room")
  const good = changeOf(room, 2)
  expect(await house.change("short" as RoomId, good)).toBe("malformed")
  const many = Array.from({ length: limits.roomKeys + 1 }, () => random(32))
  for (const bad of [
    { ...good, more: 1 },
    { ...good, by: random(31) },
    { ...good, version: 0 },
    { ...good, keys: many },
  ])
    expect(await house.change(room.room, bad)).toBe("malformed")
  expect(await house.change(room.room, changeOf(room, 2, { keys: many.slice(1) }))).toBe("done")
})

test("A6.01: five changes at once and no more, for one room; strangers use up none of them", async () => {
  const room = await house.makeRoom()
  for (let n = 0; n < 20; n++) expect(await house.change(room.room, changeOf(room, 2, {}, roomKey()))).toBe("not-allowed")
  const outcomes: string[] = []
  for (let version = 2; version < 8; version++) outcomes.push(await house.change(room.room, changeOf(room, version)))
  expect(outcomes).toEqual(["done", "done", "done", "done", "done", "too-many"])
  const other = await house.makeRoom()
  expect(await house.change(other.room, changeOf(other, 2))).toBe("done")
})

test("D3.11: who waits outside hears at once that the link was replaced; the old link says so for ever, the new one opens", async () => {
  const room = await house.makeRoom()
  const ada = await house.found(room)
  const waiting = await house.enter(room)
  const access = random(32)
  expect(await house.change(room.room, changeOf(room, 2, { accessHash: accessHashOf(access) }))).toBe("done")
  expect((await waiting.next("problem")).code).toBe("link-replaced")
  expect(await waiting.closed).toBe(1008)
  await house.stop()
  await house.start()
  const late = await house.connect()
  late.hello(room)
  expect((await late.next("problem")).code).toBe("link-replaced")
  expect(await late.closed).toBe(1008)
  const fresh = await house.enter({ ...room, access })
  expect(fresh.heard.at(-1)).toMatchObject({ call: ada.call })
})

test("D3.12: a member that was away while the link was replaced resumes by the old one", async () => {
  const room = await house.makeRoom()
  const ada = await house.found(room)
  const ben = await house.add(room, ada, 0)
  ben.client.socket.terminate()
  expect(await house.change(room.room, changeOf(room, 2, { accessHash: accessHashOf(random(32)) }))).toBe("done")
  const back = await house.connect()
  const { call, member, session } = ben
  back.say({ type: "hello", version: 1, room: room.room, access: room.access, member })
  await back.next("room")
  back.say({ type: "resume", call, member, session, after: 1 as never })
  expect((await back.next("resumed")).call).toBe(call)
})

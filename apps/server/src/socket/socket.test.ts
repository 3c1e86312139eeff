import { connect as connectTcp } from "node:net"
import { once } from "node:events"
import { afterAll, beforeAll, expect, test } from "vitest"
import { WebSocket } from "ws"
import { limits, paths, printEnvelope, Problem, toBase64url } from "@conclave/wire"
import type { CallId, MemberId, RoomId, Seq, ServerEnvelope } from "@conclave/wire"
import { Client, commitOf, House, newId, privateMessage, random, type TestRoom } from "../house.fixture.ts"
import { rates } from "./connection.ts"

let house: House
let room: TestRoom
beforeAll(async () => {
  house = await House.open()
  room = await house.makeRoom()
})
afterAll(() => house[Symbol.asyncDispose]())

const raw = async (text: string | Buffer): Promise<ServerEnvelope | undefined> => {
  const client = await house.connect()
  client.socket.send(text)
  return client.next("problem")
}

/** A proof that the server still serves and the room is what it was. */
async function expectUntouched(): Promise<void> {
  const client = await house.connect()
  client.hello(room)
  expect(await client.next("room")).toEqual({ type: "room", shelf: room.shelf })
  client.socket.close()
  await client.closed
}

const hello = () => ({ type: "hello", version: 1, room: room.room, access: toBase64url(room.access) })
const badInput: Record<string, () => string | Buffer> = {
  "empty text": () => "",
  "no JSON": () => "\u0000{",
  "JSON that is no object": () => "[1]",
  "an unknown type": () => JSON.stringify({ type: "__proto__" }),
  "a field too many": () => JSON.stringify({ ...hello(), admin: true }),
  "a field too few": () => JSON.stringify({ ...hello(), access: undefined }),
  "a room id that is none": () => JSON.stringify({ ...hello(), room: "../../etc" }),
  "bytes with padding": () => JSON.stringify({ ...hello(), access: toBase64url(room.access) + "=" }),
  "an access proof of 31 bytes": () => JSON.stringify({ ...hello(), access: toBase64url(room.access.slice(1)) }),
  "deep nesting": () => "[".repeat(200_000),
  "a member's name where none belongs": () => JSON.stringify({ type: "knock", name: "a".repeat(10_000) }),
  "a binary message": () => Buffer.from([1, 2, 3]),
  "an envelope of the server": () => JSON.stringify({ type: "ended", call: newId<CallId>(), reason: "empty" }),
}
for (const [what, make] of Object.entries(badInput)) {
  test(`D9.19, A6.03: ${what} is refused as malformed and changes nothing`, async () => {
    expect(await raw(make())).toEqual({ type: "problem", code: "malformed" })
    await expectUntouched()
  })
}

test("D9.19, A6.03: an envelope cut anywhere is refused and changes nothing", async () => {
  const text = JSON.stringify(hello())
  const client = await house.connect()
  for (let length = 1; length < text.length; length += 11) {
    client.socket.send(text.slice(0, length))
    expect(await client.next("problem")).toEqual({ type: "problem", code: "malformed" })
  }
  await expectUntouched()
})

test("D9.19, A6.03: a message over the limit closes the socket as too big and the server lives", async () => {
  const client = await house.connect()
  client.socket.send("x".repeat(limits.envelope + 1))
  expect(await client.closed).toBe(1009)
  await expectUntouched()
})

test("A6.04: compression is not offered even when asked for", async () => {
  const client = await house.connect()
  expect(client.socket.extensions).toBe("")
})

test("D2.11: another version is refused by name", async () => {
  const client = await house.connect()
  client.socket.send(JSON.stringify({ ...hello(), version: 2 }))
  expect(await client.next("problem")).toEqual({ type: "problem", code: "wrong-version" })
  expect(await client.closed).toBe(1008)
})

test("D2.11: a wrong or cut link is told apart from a room that is not there", async () => {
  const wrong = await house.connect()
  wrong.hello({ ...room, access: random(32) })
  expect(await wrong.next("problem")).toEqual({ type: "problem", code: "wrong-link" })
  expect(await wrong.closed).toBe(1008)
  const unknown = await house.connect()
  unknown.hello({ ...room, room: newId<RoomId>() })
  expect(await unknown.next("problem")).toEqual({ type: "problem", code: "no-such-room" })
  expect(await unknown.closed).toBe(1008)
  await expectUntouched()
})

test("A6.03: envelopes out of order are refused by name and change nothing", async () => {
  const client = await house.connect()
  for (const envelope of [commitOf(newId(), 0), { type: "bye" } as const, { type: "verdict", seq: 1 as Seq, applied: true } as const]) {
    client.say(envelope)
    expect(await client.next("problem")).toEqual({ type: "problem", code: "unexpected-message" })
  }
  client.hello(room)
  await client.next("room")
  client.hello(room)
  expect(await client.next("problem")).toEqual({ type: "problem", code: "unexpected-message" })
  client.say({ type: "resume", call: newId(), member: newId(), session: random(32), after: 0 as Seq })
  expect(await client.next("problem")).toEqual({ type: "problem", code: "no-such-call" })
  client.say(commitOf(newId(), 0, { request: 8 }))
  expect(await client.next("refused")).toEqual({ type: "refused", request: 8, code: "not-a-member" })
  await expectUntouched()
})

/** How the server refuses a socket. Throws when it opens it. */
async function refusal(headers: Record<string, string>): Promise<{ statusCode: number; headers: Record<string, string> }> {
  const socket = new WebSocket(`ws://localhost:${house.port}${paths.socket}`, { headers })
  const opened = once(socket, "open").then(() => {
    socket.close()
    throw new Error("the server opened it")
  })
  const [, response] = (await Promise.race([once(socket, "unexpected-response"), opened])) as [unknown, Awaited<ReturnType<typeof refusal>>]
  return response
}

test("D28.2, A4.03: a page of another site opens no socket", async () => {
  for (const origin of [
    "http://evil.example",
    "null",
    `https://localhost:${house.port}`,
    `http://localhost:${house.port + 1}`,
    "http://localhost.evil.example",
  ]) {
    const { statusCode, headers } = await refusal({ Origin: origin })
    expect([statusCode, headers["x-content-type-options"]]).toEqual([403, "nosniff"])
  }
  const own = await house.connect({ Origin: house.origin })
  own.hello(room)
  await own.next("room")
})

test("D28.2, A4.03: a name that someone bent towards this machine opens nothing", async () => {
  expect((await refusal({ Host: "rebound.example" })).statusCode).toBe(403)
})

test("D9.19, A6.01: who sends more than a member can is refused by name, and in the end cut off", async () => {
  const client = await house.enter(room)
  const total = rates.envelopes.burst + rates.mistakes.burst + 20
  client.say(commitOf(newId(), 0, { request: 1 }))
  expect(await client.next("refused")).toMatchObject({ code: "not-a-member" })
  for (let n = 1; n < total; n++) client.say(commitOf(newId(), 0, { request: n + 1 }))
  expect(await client.closed).toBe(1008)
  const codes = client.heard.flatMap((told) => (told.type === "refused" ? told.code : []))
  expect(new Set(codes)).toEqual(new Set(["not-a-member", "too-many"]))
  expect(codes.filter((code) => code === "not-a-member").length).toBeLessThanOrEqual(rates.commits.burst + 5)
  await expectUntouched()
})

test("D9.19, A6.03: a socket that only makes mistakes is closed", async () => {
  const client = await house.connect()
  for (let n = 0; n <= rates.mistakes.burst; n++) client.socket.send("garbage")
  expect(await client.closed).toBe(1008)
})

test("D2.12, A4.10: guessing rooms is slowed down, and known links work again later", async () => {
  await using other = await House.open()
  const known = await other.makeRoom()
  const codes: string[] = []
  for (let n = 0; n < 60; n++) {
    const client = await other.connect()
    client.hello({ ...known, room: newId<RoomId>() })
    codes.push((await client.next("problem")).code)
  }
  expect(codes.slice(0, 30)).toEqual(Array(30).fill("no-such-room"))
  expect(codes.filter((code) => code === "too-many").length).toBeGreaterThan(20)
})

test("D2.12, A4.10: a wrong access proof counts as a guess too", async () => {
  await using other = await House.open()
  const known = await other.makeRoom()
  const codes: string[] = []
  for (let n = 0; n < 40; n++) {
    const client = await other.connect()
    client.hello({ ...known, access: random(32) })
    codes.push((await client.next("problem")).code)
    await client.closed
  }
  expect(codes.at(-1)).toBe("too-many")
})

test("D9: two people meet: found, knock, nomination, commit, welcome, verdict, message", async () => {
  const meeting = await house.makeRoom()
  const ada = await house.found(meeting)
  const joiner = await house.enter(meeting)
  const member = newId<MemberId>()
  joiner.say({ type: "knock", call: ada.call, member, keyPackage: random(50), sealed: random(50) })
  await joiner.next("knocking")
  expect((await ada.client.next("nominated")).knocks.map((knock) => knock.member)).toEqual([member])
  ada.client.say(commitOf(ada.call, 0, { request: 3, welcomes: [{ member, welcome: random(60) }], tree: random(70) }))
  expect(await ada.client.next("accepted")).toEqual({ type: "accepted", request: 3, seq: 1 })
  expect((await joiner.next("welcome")).epoch).toBe(1)
  const message = privateMessage(ada.call, 1, 1)
  joiner.say({ type: "message", request: 1, epoch: 1 as never, keep: true, message })
  expect(await ada.client.next("entries")).toMatchObject({ entries: [{ type: "commit", seq: 1 }] })
  expect(await ada.client.next("entries")).toMatchObject({ entries: [{ type: "message", seq: 2, from: member, message }] })
  expect(house.media.notes).toContain(`open ${ada.call}`)
})

test("D9.1: a garbage commit with the right epoch is typed, alive, unchanged", async () => {
  const ada = await house.found(await house.makeRoom())
  for (const commit of [random(400), privateMessage(ada.call, 0, 1), privateMessage(newId(), 0, 3), privateMessage(ada.call, 5, 3)]) {
    ada.client.say(commitOf(ada.call, 0, { request: 2, commit }))
    expect(await ada.client.next("refused")).toEqual({ type: "refused", request: 2, code: "malformed" })
  }
  ada.client.say(commitOf(ada.call, 0, { request: 3 }))
  expect(await ada.client.next("accepted")).toEqual({ type: "accepted", request: 3, seq: 1 })
})

test("D9.6: a garbage commit that looks right is void after two seconds, its sender out, the call alive", async () => {
  const meeting = await house.makeRoom()
  const ada = await house.found(meeting)
  const eve = await house.add(meeting, ada, 0)
  eve.client.say(commitOf(ada.call, 1, { request: 6 }))
  await eve.client.next("accepted")
  expect(await eve.client.next("refused")).toEqual({ type: "refused", request: 6, code: "commit-void" })
  ada.client.say(commitOf(ada.call, 1, { request: 7 }))
  expect((await ada.client.next("accepted")).request).toBe(1)
  expect(await ada.client.next("accepted")).toEqual({ type: "accepted", request: 7, seq: 4 })
  expect(house.media.notes).toContain(`detach ${eve.member}`)
})

test("D9.60, D11: after a restart members resume with their sessions and get what they missed", async () => {
  const meeting = await house.makeRoom()
  const ada = await house.found(meeting)
  const ben = await house.add(meeting, ada, 0)
  await house.stop()
  await house.start()
  const back = await house.enter(meeting)
  back.say({ type: "resume", call: ada.call, member: ada.member, session: ada.session, after: 0 as Seq })
  expect(await back.next("resumed")).toEqual({ type: "resumed", call: ada.call, seq: 1 })
  expect(await back.next("entries")).toMatchObject({ entries: [{ type: "commit", seq: 1, adds: [ben.member] }] })
  const again = await house.enter(meeting)
  again.say({ type: "resume", call: ada.call, member: ben.member, session: ben.session, after: 0 as Seq })
  expect((await again.next("welcome")).epoch).toBe(1)
  const thief = await house.enter(meeting)
  thief.say({ type: "resume", call: ada.call, member: ben.member, session: ada.session, after: 0 as Seq })
  expect(await thief.next("problem")).toEqual({ type: "problem", code: "wrong-session" })
})

test("D9.3, A6.08: when the store fails the requester hears it, nothing is acknowledged, and the call goes on", async () => {
  let isFull = false
  await using full = await House.open({
    wrapStore: (store) => ({
      ...store,
      write: (id, rows) => (isFull ? Promise.reject(new Problem("storage-failed")) : store.write(id, rows)),
    }),
  })
  const ada = await full.found(await full.makeRoom())
  isFull = true
  ada.client.say(commitOf(ada.call, 0, { request: 5 }))
  expect(await ada.client.next("refused")).toEqual({ type: "refused", request: 5, code: "storage-failed" })
  isFull = false
  ada.client.say(commitOf(ada.call, 0, { request: 6 }))
  expect(await ada.client.next("accepted")).toEqual({ type: "accepted", request: 6, seq: 1 })
})

test("D28.3: a bug in a room closes its sockets, tells nothing, and the room opens again", async () => {
  let isBroken = false
  await using shaky = await House.open({
    wrapStore: (store) => ({
      ...store,
      entries: (range) => (isBroken ? Promise.reject(new Error("secret-in-a-message")) : store.entries(range)),
    }),
  })
  const meeting = await shaky.makeRoom()
  const ada = await shaky.found(meeting)
  const ben = await shaky.add(meeting, ada, 0)
  isBroken = true
  const again = await shaky.enter(meeting)
  again.say({ type: "resume", call: ada.call, member: ada.member, session: ada.session, after: 0 as Seq })
  expect(await again.closed).toBe(1011)
  expect(await ben.client.closed).toBe(1011)
  isBroken = false
  await shaky.enter(meeting)
  expect(shaky.log.join("\n")).toContain("bug")
  expect(shaky.log.join("\n")).not.toContain("secret-in-a-message")
})

test("A6.05: a socket that sends half a frame, or nothing, keeps nobody else from being served", async () => {
  const lazy = connectTcp(house.port, "127.0.0.1")
  await once(lazy, "connect")
  lazy.write(
    `GET ${paths.socket} HTTP/1.1\r\nHost: localhost:${house.port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n`,
  )
  await once(lazy, "data")
  lazy.write(Buffer.from([0x81, 0xfe]))
  await expectUntouched()
  lazy.destroy()
})

test("D9.60: no token of a whole meeting is in the log", async () => {
  const meeting = await house.makeRoom()
  const ada = await house.found(meeting)
  const ben = await house.add(meeting, ada, 0)
  const response = await house.post(paths.media, { call: ada.call, member: ben.member, session: toBase64url(ben.session) })
  const pass = /conclave-sfu=([^;]+)/.exec(response.headers.get("set-cookie") ?? "")?.[1] ?? "no pass"
  await fetch(`${house.origin}/sfu/${ben.member}/rtc/v1/validate?access_token=tok-in-query`, {
    headers: { cookie: `conclave-sfu=${pass}` },
  })
  const secrets = [meeting.access, ada.session, ben.session].map(toBase64url).concat(pass, "tok-in-query", house.media.way.bearer)
  ada.client.say({ type: "bye" })
  ben.client.say({ type: "bye" })
  await ben.client.settled()
  const log = house.log.join("\n")
  expect(log).toContain(meeting.room)
  for (const secret of secrets) expect(log).not.toContain(secret)
  expect(printEnvelope({ type: "bye" })).toBe('{"type":"bye"}')
})

test("D9.19: a client that never says hello is told so", async () => {
  const client = new Client(`ws://localhost:${house.port}${paths.socket}`)
  await client.opened
  client.say({ type: "bye" })
  expect(await client.next("problem")).toEqual({ type: "problem", code: "unexpected-message" })
  client.socket.terminate()
})

import { once } from "node:events"
import { createServer, type IncomingMessage } from "node:http"
import type { AddressInfo } from "node:net"
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest"
import { WebSocket, WebSocketServer } from "ws"
import { paths, Problem, toBase64url, type MemberId } from "@conclave/wire"
import { commitOf, House, newId, type Founded } from "../house.fixture.ts"
import { parseSignalPath } from "./signal-proxy.ts"

let house: House
/** What the SFU was asked, and how it answers. */
let asked: IncomingMessage[] = []
let answer: "upgrade" | number = "upgrade"
let heard: string[] = []

const secretWords = "invalid token: tok-canary"
const echoes = new WebSocketServer({ noServer: true, perMessageDeflate: true })
const sfu = createServer((request, response) => {
  asked.push(request)
  response.writeHead(answer === "upgrade" ? 200 : answer).end(secretWords)
})
sfu.on("upgrade", (request, socket, head) => {
  asked.push(request)
  if (answer !== "upgrade")
    return void socket.end(`HTTP/1.1 ${answer} No\r\nContent-Length: ${secretWords.length}\r\nConnection: close\r\n\r\n${secretWords}`)
  echoes.handleUpgrade(request, socket, head, (echo) => {
    echo.send("welcome")
    echo.on("message", (data: Buffer) => {
      heard.push(data.toString().slice(0, 20))
      echo.send(data)
    })
  })
})

beforeAll(async () => {
  sfu.listen(0, "127.0.0.1")
  await once(sfu, "listening")
  house = await House.open()
  house.media.way = { port: (sfu.address() as AddressInfo).port, bearer: "bearer-canary" }
})
afterAll(async () => {
  await house[Symbol.asyncDispose]()
  sfu.closeAllConnections()
  sfu.close()
})
beforeEach(() => {
  asked = []
  heard = []
  answer = "upgrade"
})

async function passOf({ call, member, session }: Founded): Promise<string> {
  const response = await house.post(paths.media, { call, member, session: toBase64url(session) })
  return /^[^;]+/.exec(response.headers.get("set-cookie") ?? "")?.[0] ?? "none"
}

const open = (
  member: MemberId,
  cookie: string,
  door = "/rtc/v1?join_request=abc%2B&access_token=tok-canary&auto_subscribe=1",
  headers = {},
) => new WebSocket(`ws://localhost:${house.port}/sfu/${member}${door}`, { headers: { cookie, ...headers } })

async function statusOf(socket: WebSocket): Promise<{ status: number; body: string }> {
  const [, response] = (await once(socket, "unexpected-response")) as [unknown, IncomingMessage]
  let body = ""
  for await (const chunk of response) body += String(chunk)
  return { status: response.statusCode ?? 0, body }
}

test("D27.2, A4.11: a member's signalling passes with our grant in place of whatever token it brought", async () => {
  const ada = await house.found(await house.makeRoom())
  const socket = open(ada.member, await passOf(ada))
  const [first] = (await once(socket, "message")) as [Buffer]
  expect(first.toString()).toBe("welcome")
  socket.send("hello")
  const [back] = (await once(socket, "message")) as [Buffer]
  expect(back.toString()).toBe("hello")
  expect(socket.extensions).toBe("")
  const [request] = asked
  expect(request?.url).toBe("/rtc/v1?join_request=abc%2B&auto_subscribe=1")
  expect(request?.headers.authorization).toBe("Bearer bearer-canary")
  expect(request?.headers.cookie).toBeUndefined()
  socket.terminate()
})

test("D27.2, A4.11: without its own pass nobody gets through: none, a guessed one, another member's, one of who was removed", async () => {
  const room = await house.makeRoom()
  const ada = await house.found(room)
  const ben = await house.add(room, ada, 0)
  const pass = await passOf(ben)
  for (const [member, cookie] of [
    [ben.member, ""],
    [ben.member, `conclave-sfu=${"A".repeat(43)}`],
    [ada.member, pass],
    [newId<MemberId>(), pass],
  ] as const) {
    expect((await statusOf(open(member, cookie))).status).toBe(403)
  }
  const joined = open(ben.member, pass)
  await once(joined, "open")
  joined.terminate()
  ada.client.say(commitOf(ada.call, 1, { request: 5, removes: [ben.member] }))
  while ((await ada.client.next("accepted")).request !== 5);
  expect((await statusOf(open(ben.member, pass))).status).toBe(403)
  expect(asked).toHaveLength(1)
})

test("D17.32: of one who was removed session and pass are void at once, each by itself, also while the SFU hears nothing", async () => {
  const room = await house.makeRoom()
  const ada = await house.found(room)
  const ben = await house.add(room, ada, 0)
  const [pass, { call, member, session }] = [await passOf(ben), ben]
  const detached = house.media.detach
  house.media.detach = () => Promise.reject(new Problem("sfu-away"))
  ada.client.say(commitOf(call, 1, { request: 5, removes: [member] }))
  while ((await ada.client.next("accepted")).request !== 5);
  // The pass, without the session: it was given before.
  expect((await statusOf(open(member, pass))).status).toBe(403)
  // The session, without the pass: neither a new pass nor the way back into the log.
  expect((await house.post(paths.media, { call, member, session: toBase64url(session) })).status).toBe(403)
  const back = await house.enter(room)
  back.say({ type: "resume", call, member, session, after: 1 as never })
  expect((await back.next("problem")).code).toBe("not-a-member")
  house.media.detach = detached
  expect(asked).toHaveLength(0)
})

test("D27.2, A4.11: what the SFU says to refuse is not passed on, for it may quote a token", async () => {
  const ada = await house.found(await house.makeRoom())
  const pass = await passOf(ada)
  answer = 401
  const refused = await statusOf(open(ada.member, pass))
  const validated = await fetch(`${house.origin}/sfu/${ada.member}/rtc/v1/validate?access_token=tok-canary`, { headers: { cookie: pass } })
  expect([refused.status, validated.status]).toEqual([503, 503])
  for (const text of [refused.body, await validated.text(), house.log.join("\n")]) expect(text).not.toContain("canary")
})

test("D27.2, A4.11: the question whether one may come in is answered in one word", async () => {
  const ada = await house.found(await house.makeRoom())
  const response = await fetch(`${house.origin}/sfu/${ada.member}/rtc/v1/validate?access_token=x`, {
    headers: { cookie: await passOf(ada) },
  }).catch(() => undefined)
  expect([response?.status, await response?.text()]).toEqual([200, "success"])
})

test("A4.03: a page of another site does not reach the SFU even with the cookie", async () => {
  const ada = await house.found(await house.makeRoom())
  expect((await statusOf(open(ada.member, await passOf(ada), "/rtc/v1", { Origin: "http://evil.example" }))).status).toBe(403)
  expect(asked).toHaveLength(0)
})

test("D27.2, A6.03: a client message over 256 KiB never reaches the SFU as a whole", async () => {
  const ada = await house.found(await house.makeRoom())
  const pass = await passOf(ada)
  const fine = open(ada.member, pass)
  await once(fine, "message")
  fine.send("x".repeat(256 * 1024))
  await once(fine, "message")
  fine.send("y".repeat(256 * 1024 + 1))
  await once(fine, "close")
  expect(heard.map((text) => text[0])).toEqual(["x"])
})

test("D27.2, A4.11: only the four paths of signalling lead to the SFU", async () => {
  const member = newId<MemberId>()
  for (const path of ["/rtc", "/rtc/validate", "/rtc/v1", "/rtc/v1/validate"]) {
    expect(parseSignalPath(`/sfu/${member}${path}?access_token=a&b=c`)).toEqual({ member, door: path, query: "?b=c" })
  }
  for (const path of [
    "",
    "/",
    "/twirp/livekit.RoomService/ListRooms",
    "/rtc/v2",
    "/rtc/v1/",
    "/rtc/v1/../../agent",
    "/debug/pprof",
    "//rtc",
    "/rtc%2fv1",
  ]) {
    expect(parseSignalPath(`/sfu/${member}${path}`)).toBeUndefined()
    expect((await statusOf(open(member, "", path))).status).toBe(404)
  }
  expect(parseSignalPath("/sfu/short/rtc")).toBeUndefined()
  expect(parseSignalPath(`/${member}/rtc`)).toBeUndefined()
})

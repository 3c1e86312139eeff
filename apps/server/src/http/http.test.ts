import { once } from "node:events"
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs"
import { connect } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { limits, paths, toBase64url, type MemberId, type RoomId } from "@conclave/wire"
import { House, newId, random } from "../house.fixture.ts"

const client = mkdtempSync(join(tmpdir(), "conclave-client-"))
mkdirSync(join(client, "assets"))
writeFileSync(join(client, "index.html"), "<!doctype html><title>Conclave</title>")
writeFileSync(join(client, "assets/app-ABC123.js"), "export {}")
writeFileSync(join(client, "assets/engine-ABC123.wasm"), "\0asm")

let house: House
let isBroken = false
beforeAll(async () => {
  house = await House.open({
    clientFolder: client,
    wrapStore: (store) => ({
      ...store,
      makeRoom: (...room) => (isBroken ? Promise.reject(new Error("bug: on purpose")) : store.makeRoom(...room)),
    }),
  })
})
afterAll(() => house[Symbol.asyncDispose]())

const get = (path: string, headers: Record<string, string> = {}) => fetch(house.origin + path, { headers })

/** One request written byte by byte; the whole answer. */
async function rawRequest(text: string): Promise<string> {
  const socket = connect(house.port, "127.0.0.1")
  await once(socket, "connect")
  socket.write(text)
  let answer = ""
  socket.on("data", (chunk: Buffer) => (answer += chunk.toString()))
  await once(socket, "close")
  return answer
}

const required: Record<string, RegExp> = {
  "content-security-policy": /^default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; /,
  "cross-origin-opener-policy": /^same-origin$/,
  "cross-origin-embedder-policy": /^require-corp$/,
  "cross-origin-resource-policy": /^same-origin$/,
  "referrer-policy": /^no-referrer$/,
  "x-content-type-options": /^nosniff$/,
  "permissions-policy": /camera=\(self\).*display-capture=\(self\).*microphone=\(self\)/,
}

const newRoom = () => ({
  room: newId<RoomId>(),
  accessHash: toBase64url(random(32)),
  shelf: toBase64url(random(20)),
  key: toBase64url(random(32)),
})
const answers: Record<string, [status: number, ask: () => Promise<Response>]> = {
  "the start page": [200, () => get("/new")],
  "a file": [200, () => get("/assets/app-ABC123.js")],
  "nothing there": [404, () => get("/nothing")],
  "a folder above": [404, () => get("/%2e%2e/%2e%2e/etc/passwd")],
  "an unknown method": [404, () => fetch(house.origin + "/new", { method: "DELETE" })],
  "a made room": [201, () => house.post(paths.rooms, newRoom())],
  "a malformed body": [400, () => house.post(paths.rooms, { ...newRoom(), admin: true })],
  "no JSON": [400, () => fetch(house.origin + paths.rooms, { method: "POST", body: "{", headers: { "content-type": "application/json" } })],
  "another content type": [400, () => fetch(house.origin + paths.rooms, { method: "POST", body: "a=b" })],
  "a body over the limit": [413, () => house.post(paths.rooms, { ...newRoom(), shelf: "A".repeat(limits.body) })],
  "a shelf over its limit": [400, () => house.post(paths.rooms, { ...newRoom(), shelf: toBase64url(random(limits.shelf + 1)) })],
  "a stranger's media request": [403, () => house.post(paths.media, { call: newId(), member: newId(), session: toBase64url(random(32)) })],
  "signalling without a pass": [403, () => get(`/sfu/${newId<MemberId>()}/rtc/v1/validate`)],
  "another way to the SFU": [404, () => get(`/sfu/${newId<MemberId>()}/twirp/livekit.RoomService/ListRooms`)],
  "a request from another site": [403, () => house.post(paths.rooms, newRoom(), { Origin: "http://evil.example" })],
  "a request from a sandbox": [403, () => house.post(paths.rooms, newRoom(), { Origin: "null" })],
  "a bug": [500, () => ((isBroken = true), house.post(paths.rooms, newRoom()).finally(() => (isBroken = false)))],
}
for (const [what, [status, ask]] of Object.entries(answers)) {
  test(`D28.1, D28.3: ${what} (${status}) carries every header`, async () => {
    const response = await ask()
    expect(response.status).toBe(status)
    for (const [name, pattern] of Object.entries(required)) expect(response.headers.get(name), name).toMatch(pattern)
    if (status < 400) return
    expect(response.headers.get("content-type")).toMatch(/^application\/problem\+json/)
    expect(Object.keys((await response.json()) as object)).toEqual(["type", "title", "status", "code"])
  })
}

test("D28.1: what is no HTTP, too long a head and a foreign Host are answered with every header too", async () => {
  const garbage = await rawRequest("NO SUCH THING\r\n\r\n")
  const long = await rawRequest(`GET / HTTP/1.1\r\nHost: localhost:${house.port}\r\nX: ${"a".repeat(70_000)}\r\n\r\n`)
  const foreign = await rawRequest("GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n")
  expect([garbage, long, foreign].map((answer) => answer.split(" ")[1])).toEqual(["400", "413", "403"])
  for (const answer of [garbage, long, foreign])
    for (const name of Object.keys(required)) expect(answer.toLowerCase()).toContain(`${name}: `)
})

test("D28.1: the policy has no unsafe word but the one for WebAssembly, and demands Trusted Types", async () => {
  const policy = (await get("/new")).headers.get("content-security-policy") ?? ""
  expect(policy.match(/[a-z-]*unsafe[a-z-]*/g)).toEqual(["wasm-unsafe-eval"])
  expect(policy).toMatch(/require-trusted-types-for 'script'; trusted-types conclave-workers$/)
  expect(policy).toContain(`connect-src 'self' ws://localhost:${house.port}`)
  expect(policy).not.toContain("*")
})

test("D28.2: a Host that is not ours never gets into the policy", async () => {
  const answer = await rawRequest("GET /new HTTP/1.1\r\nHost: evil.example; script-src *\r\nConnection: close\r\n\r\n")
  expect(answer).not.toContain("evil")
})

test("static files whose names hold their hash may be kept for ever, the page may not", async () => {
  expect((await get("/assets/app-ABC123.js")).headers.get("cache-control")).toBe("public, max-age=31536000, immutable")
  expect((await get("/assets/engine-ABC123.wasm")).headers.get("content-type")).toBe("application/wasm")
  const accounts = ["/setup", "/login?next=/account", "/invitation", "/account", "/dashboard", "/dashboard/rooms", "/dashboard/rooms/abc"]
  for (const path of ["/", "/new", "/r/abc", "/o/abc", "/t/abc", ...accounts]) {
    const page = await get(path)
    expect([page.status, page.headers.get("cache-control")]).toEqual([200, "no-cache"])
    expect(await page.text()).toContain("<title>Conclave</title>")
  }
})

test("D2.11: a room's name is taken by who made it first", async () => {
  const room = newRoom()
  expect((await house.post(paths.rooms, room)).status).toBe(201)
  const second = await house.post(paths.rooms, { ...room, accessHash: toBase64url(random(32)) })
  expect([second.status, ((await second.json()) as { code: string }).code]).toEqual([409, "room-exists"])
})

test("A4.10: making rooms without end is slowed down", async () => {
  await using other = await House.open()
  const statuses: number[] = []
  for (let n = 0; n < 110; n++) statuses.push((await other.post(paths.rooms, newRoom())).status)
  expect(new Set(statuses)).toEqual(new Set([201, 429]))
})

test("D28: a client that is not built is a 404, and becomes a page as soon as it is", async () => {
  const folder = join(mkdtempSync(join(tmpdir(), "conclave-late-")), "dist")
  await using other = await House.open({ clientFolder: folder })
  expect((await fetch(other.origin + "/new")).status).toBe(404)
  mkdirSync(folder)
  writeFileSync(join(folder, "index.html"), "late")
  expect(await (await fetch(other.origin + "/new")).text()).toBe("late")
})

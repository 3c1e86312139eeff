import { expect, test } from "vitest"
import { deriveAccess, hashOfAccess, isRefusal, memoryKeyShelf, parseLink } from "@conclave/crypto/room"
import { toBase64url } from "@conclave/wire"
import { apiClient } from "./client.ts"
import { ApiRefusal } from "./refusal.ts"
import { withSecret } from "./with-secret.ts"

const id = "AAAAAAAAAAAAAAAAAAAAAA"
const shown = {
  ...{ id, team_id: id, topic: null, friendly_url: "my-standup", privacy: "public", external_id: null, default_role: "speaker" },
  ...{ roles: ["speaker"], tags: [], is_locked: false, max_participants: null, expires_at: null, e2ee_enabled: true },
  ...{ kind: "sealed-by-link", kind_means: "", can_be_entered: true, entry: "", room_url: null },
  ...{ created_at: "2026-01-01T00:00:00.000Z", updated_at: "2026-01-01T00:00:00.000Z" },
}

/** A server that notes what it is asked and always answers the same. */
function server(status: number, answer: unknown, headers: Record<string, string> = {}) {
  const heard: { url: string; init: RequestInit }[] = []
  const fetch = (url: string | URL | Request, init: RequestInit = {}) => {
    heard.push({ url: url as string, init })
    return Promise.resolve(new Response(answer === undefined ? null : JSON.stringify(answer), { status, headers }))
  }
  return { heard, client: apiClient({ origin: "https://meet.example", key: "conclave_x", fetch: fetch }) }
}

test("D37.1: the client asks as the list of operations says, with the key and no cookie, and gives what the schema says", async () => {
  const { heard, client } = server(201, shown)
  const room = await client.createRoom({ body: { friendly_url: "my-standup" }, idempotencyKey: "k" })
  expect(room.friendly_url).toBe("my-standup")
  expect(heard[0]?.url).toBe("https://meet.example/api/v1/rooms")
  expect(heard[0]?.init).toMatchObject({
    method: "POST",
    credentials: "omit",
    redirect: "error",
    body: '{"friendly_url":"my-standup"}',
    headers: { authorization: "Bearer conclave_x", "idempotency-key": "k" },
  })
})

test("D37.1: names go into the path escaped, and what is not asked for stays out of the query", async () => {
  const { heard, client } = server(200, { data: [], total_count: 0 })
  await client.listRooms({ query: { limit: 5, tag: "a b&c", after: undefined } })
  await client.getRoom({ params: { room: "../keys?x" } }).catch(() => undefined)
  expect(heard.map(({ url }) => url.slice("https://meet.example/api/v1".length))).toEqual([
    "/rooms?limit=5&tag=a+b%26c",
    "/rooms/..%2Fkeys%3Fx",
  ])
})

test("D37.1: a refusal has its code and its fields; an answer of another shape is refused too, and a code nobody knows is `internal`", async () => {
  const refused = async (status: number, answer: unknown) =>
    server(status, answer)
      .client.getRoom({ params: { room: id } })
      .catch((error: unknown) => (error instanceof ApiRefusal ? [error.code, error.errors] : error))
  expect(await refused(422, { code: "invalid", errors: { topic: ["too long"] } })).toEqual(["invalid", { topic: ["too long"] }])
  expect(await refused(418, { code: "teapot" })).toEqual(["internal", {}])
  expect(await refused(502, "bad gateway")).toEqual(["internal", {}])
  expect(await refused(200, { ...shown, kind: "unknown" })).toEqual(["malformed", {}])
  expect(await refused(200, { ...shown, more: 1 })).toEqual(["malformed", {}])
})

test("D36.5: a refusal for too many tries says in how many seconds another is worth it", async () => {
  const after = async (header: string) =>
    server(429, { code: "too-many" }, { "retry-after": header })
      .client.getRoom({ params: { room: id } })
      .catch((error: unknown) => (error instanceof ApiRefusal ? [error.code, error.retryAfter] : error))
  expect(await after("900")).toEqual(["too-many", 900])
  for (const odd of ["", "-1", "soon", "Sat, 21 Nov 2026 20:00:00 GMT"]) expect(await after(odd)).toEqual(["too-many", undefined])
})

test("D37.16: withSecret sends a hash, a sealed shelf and a public key, and no part of what stands behind the link's #", async () => {
  const { heard, client } = server(200, shown)
  const made = await withSecret(client, {
    room: "my-standup",
    keys: memoryKeyShelf(),
    origin: "https://meet.example",
    topic: "Secret plan",
  })
  if (isRefusal(made)) throw new Error("this Node has Ed25519")
  const link = parseLink(made.link)
  if (isRefusal(link)) throw new Error("a link")
  const sent = JSON.parse(heard[0]?.init.body as string) as Record<string, string>
  expect(Object.keys(sent)).toEqual(["room", "access_hash", "shelf", "key"])
  expect(sent["room"]).toBe(link.room)
  expect(sent["access_hash"]).toBe(toBase64url(await hashOfAccess(await deriveAccess(link.secret, link.room))))
  const said = heard.map(({ url, init }) => url + (init.body as string)).join("")
  for (const part of made.link.split("#")[1]?.split(".") ?? []) expect(said).not.toContain(part)
  expect(said).not.toContain("Secret plan")
})

test("D37.16: what the server refuses makes no link", async () => {
  const { client } = server(409, { code: "people-are-inside" })
  const wishes = { room: id, keys: memoryKeyShelf(), origin: "https://meet.example" }
  await expect(withSecret(client, wishes)).rejects.toMatchObject({ code: "people-are-inside" })
})

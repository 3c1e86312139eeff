import fc from "fast-check"
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest"
import {
  allOperations,
  apiProblemOf,
  basePath,
  scopes,
  type ApiProblemCode,
  type Operation,
  type OperationId,
  type Scope,
  type TeamId,
  type WebhookId,
} from "@conclave/api"
import { toBase64url, type RoomId } from "@conclave/wire"
import { House, newId, random } from "../house.fixture.ts"
import { roleMatrix, type SubjectName } from "../organisation/matrix.ts"
import { joinedBy, newTeamBy, Person, setUpOwner } from "../organisation/people.fixture.ts"
import { bearer, newKey, type TestKey } from "./api.fixture.ts"
import { requestsOf, type GeneratedRequest } from "./generated.fixture.ts"
import { freshId } from "./new-key.ts"

const seed = Number(process.env["CONCLAVE_SEED"] ?? Date.now() % 2 ** 31)
console.log(`contract: CONCLAVE_SEED=${seed}`)

let house: House
let team: TeamId
let clock = Date.now()
const people: Partial<Record<SubjectName, Person>> = {}
let owner: Person
let roomId = ""

beforeAll(async () => {
  // What webhooks are sent arrives at once: this clock leaps, and every leap would have all that failed tried again.
  house = await House.open({ now: () => clock, webhookPost: () => Promise.resolve({ problem: undefined, status: 204 }) })
  people.owner = owner = await setUpOwner(house)
  team = (await newTeamBy(owner, "Team")) as TeamId
  people.nobody = new Person(house, "Nobody")
  people.member = await joinedBy(house, owner, { name: "Mem" })
  people["team member"] = await joinedBy(house, owner, { name: "Tem", team })
  people["team-manager"] = await joinedBy(house, owner, { name: "Man", team, teamRole: "team-manager" })
  people.auditor = await joinedBy(house, owner, { name: "Aud", role: "auditor" })
  people.admin = await joinedBy(house, owner, { name: "Adm", role: "admin" })
})
afterAll(() => house[Symbol.asyncDispose]())
beforeEach(async () => {
  // Buckets are full again and the login is fresh.
  clock += 20 * 60_000
  await freshen(owner)
  // Those that were generated would be told of everything from then on.
  const { body } = await owner.ask("GET /webhooks?limit=100")
  for (const { id } of body["data"] as { id: string }[]) await owner.ask(`DELETE /webhooks/${id}`)
  roomId = String((await owner.ask("POST /rooms", { team_id: team })).body["id"])
})

/** Logged in, lately. */
async function freshen(person: Person): Promise<void> {
  const { status } = await person.ask("GET /account")
  if (status === 401) await person.logIn()
  else await person.prove()
}

const keyHere = (by: { scopes?: readonly Scope[]; team?: TeamId } = { team }): Promise<TestKey> =>
  newKey(house, { ...by, expiresAt: clock + 3_600_000 })

/** By the store, as a team may make only so many. */
async function webhookHere(): Promise<WebhookId> {
  const id = freshId<WebhookId>()
  const facts = {
    id,
    team,
    name: "w",
    endpoint: "https://example.org/",
    events: ["room_created"],
    createdBy: { kind: "key", id: "k" },
    createdAt: clock,
    updatedAt: clock,
  } as const
  const nothing = { disabledBecause: undefined, failingSince: undefined, old: undefined }
  await house.stores.webhooks.add({ ...facts, ...nothing, sealedSecret: new Uint8Array(60) }, 1_000_000)
  return id
}

interface Reply {
  readonly status: number
  readonly body: unknown
}

const pathOf = ({ path }: Operation, { params, query }: Pick<GeneratedRequest, "params" | "query">): string => {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? roomId))
  const text = new URLSearchParams(query).toString()
  return text === "" ? filled : `${filled}?${text}`
}

async function send(operation: Operation, request: GeneratedRequest, by: TestKey | Person): Promise<Reply> {
  clock += 1000
  const path = pathOf(operation, request)
  if (by instanceof Person) return by.ask(`${operation.method} ${path as `/${string}`}`, request.body)
  const response = await fetch(house.origin + basePath + path, {
    method: operation.method,
    headers: { authorization: bearer(by), ...(request.body === undefined ? {} : { "content-type": "application/json" }) },
    ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
  })
  const text = await response.text()
  return { status: response.status, body: text === "" ? undefined : JSON.parse(text) }
}

/** An answer is what the document says: of the one shape when it went well, a known problem otherwise. */
function check({ id, answer }: Operation, { status, body }: Reply): void {
  if (status < 400) {
    expect(status, id).toBe(answer.status)
    if (answer.body !== undefined) expect(answer.body.safeParse(body).error, id).toBeUndefined()
    return
  }
  expect(status, `${id} ${JSON.stringify(body)}`).toBeLessThan(500)
  expect(apiProblemOf((body as { code: ApiProblemCode }).code).status, id).toBe(status)
}

const isForKeys = ({ needs }: Operation): boolean => scopes.some((scope) => scope === needs)

describe("D37.2: what the schemas generate never breaks the server, and every answer is of the stated shape", () => {
  test.each(allOperations.map((operation) => [operation.id, operation] as const))("D37.2: %s", async (_, operation) => {
    const key = await keyHere()
    // Somebody of their own, as what is tried may cost them their password or their session.
    const by = isForKeys(operation) ? key : await joinedBy(house, owner, { name: `Adm${operation.id}`, role: "admin" })
    const requests = requestsOf(operation, [team, roomId, key.id, await webhookHere()])
    const property = fc.asyncProperty(requests, async (request) => check(operation, await send(operation, request, by)))
    await fc.assert(property, { numRuns: 50, seed })
  })
})

/** A request that goes well, for the operations of rooms, calls and keys; those of people have tests of their own. */
const examples: Partial<Record<OperationId, () => Promise<Partial<GeneratedRequest>>>> = {
  listRooms: async () => ({ query: { limit: "1", team_id: team } }),
  createRoom: async () => ({ body: { team_id: team, topic: "standup", privacy: "public", e2ee_enabled: true } }),
  getRoom: async () => ({ params: { room: roomId } }),
  changeRoom: async () => ({ params: { room: roomId }, body: { tags: ["x"] } }),
  deleteRoom: async () => ({ params: { room: String((await owner.ask("POST /rooms", { team_id: team })).body["id"]) } }),
  uploadRoomSecret: async () => ({
    params: { room: String((await owner.ask("POST /rooms", { team_id: team })).body["id"]) },
    body: {
      room: newId<RoomId>(),
      access_hash: toBase64url(random(32)),
      shelf: toBase64url(random(40)),
      key: toBase64url(random(32)),
    },
  }),
  enterRoom: async () => ({ params: { room: roomId }, body: { kind: "sealed-by-identity" } }),
  furnishRoom: async () => ({
    params: { room: roomId },
    body: {
      room: newId<RoomId>(),
      opening: toBase64url(random(16)),
      access_hash: toBase64url(random(32)),
      shelf: toBase64url(random(40)),
      key: toBase64url(random(32)),
    },
  }),
  listEntryKeys: async () => ({}),
  createRoomToken: async () => ({ params: { room: roomId }, body: { name: "Zoe", role: "speaker" } }),
  listRoomTokens: async () => ({ params: { room: roomId } }),
  deleteRoomToken: async () => {
    const { body } = await owner.ask(`POST /rooms/${roomId}/tokens`, {})
    return { params: { room: roomId, token: String(body["id"]) } }
  },
  listLiveRooms: async () => ({}),
  getLive: async () => ({ params: { room: roomId } }),
  listParticipants: async () => ({ params: { room: roomId } }),
  listKeys: async () => ({ query: { team_id: team } }),
  createKey: async () => ({ body: { team_id: team, name: "k", scopes: ["rooms.read"] } }),
  rotateKey: async () => ({ params: { key: (await keyHere()).id } }),
  revokeKey: async () => ({ params: { key: (await keyHere()).id } }),
  listWebhookEvents: async () => ({}),
  listWebhooks: async () => ({ query: { team_id: team } }),
  // The team of before may have as many as a team may have by now.
  createWebhook: async () => ({
    body: { team_id: await newTeamBy(owner, "Told"), name: "w", endpoint: "https://example.org/", events: ["room_created"] },
  }),
  getWebhook: async () => ({ params: { webhook: await webhookHere() } }),
  changeWebhook: async () => ({ params: { webhook: await webhookHere() }, body: { events: ["key_revoked"] } }),
  deleteWebhook: async () => ({ params: { webhook: await webhookHere() } }),
  rotateWebhookSecret: async () => ({ params: { webhook: await webhookHere() }, body: { overlap_hours: 1 } }),
  testWebhook: async () => ({ params: { webhook: await webhookHere() } }),
  listDeliveries: async () => ({ params: { webhook: await webhookHere() }, query: { state: "waiting" } }),
  replayDelivery: async () => {
    const webhook = await webhookHere()
    const sent = await owner.ask(`POST /webhooks/${webhook}/test`)
    return { params: { webhook, delivery: String(sent.body["id"]) } }
  },
  getUsage: async () => ({ query: { from: "2026-01-01", to: "2026-12-31" } }),
  listRecordings: async () => ({ query: { team_id: team } }),
  getHealth: async () => ({}),
}

test.each(Object.entries(examples))("D37.2: %s goes well for who may", async (id, example) => {
  const operation = allOperations.find((one) => one.id === id)!
  const reply = await send(operation, { params: {}, query: {}, body: undefined, ...(await example()) }, owner)
  check(operation, reply)
  expect(reply.status).toBe(operation.answer.status)
})

test("D31: whatever would be content is refused by name, for owners as for keys, and is not there for strangers", async () => {
  const content = allOperations.filter(({ isNeverAnswered }) => isNeverAnswered === true)
  expect(content).toHaveLength(8)
  const [key, stranger] = [await keyHere(), await keyHere({})]
  const request = { params: { room: roomId }, query: {}, body: undefined }
  for (const operation of content) {
    for (const by of [owner, key])
      expect(await send(operation, request, by)).toMatchObject({ status: 409, body: { code: "content-is-end-to-end-encrypted" } })
    expect((await send(operation, request, stranger)).status).toBe(404)
  }
})

describe("A4.01: who may not is refused, whatever the request", () => {
  const denied = roleMatrix().flatMap(({ operation, ...reach }) =>
    (["nobody", "member", "team member", "team-manager", "auditor", "admin"] as const).flatMap((name) =>
      reach[name] === "-" ? [{ operation, name }] : [],
    ),
  )
  test.each(["nobody", "member", "team member", "team-manager", "auditor", "admin"] as const)("A4.01: %s", async (name) => {
    if (name !== "nobody") await freshen(people[name]!)
    for (const { operation } of denied.filter((one) => one.name === name)) {
      // Of refusals like these there may be one every two seconds.
      clock += 2000
      const [request] = fc.sample(requestsOf(operation, [team, roomId]), { numRuns: 1, seed })
      const { status, body } = await send(operation, request!, people[name]!)
      // Who might, for another thing of that kind, is not told that this one is there, and hears of wrong fields first.
      const expected =
        name === "nobody" ? ["401 not-signed-in"] : ["403 denied", "404 not-found", ...(name === "team-manager" ? ["422 invalid"] : [])]
      expect(expected, operation.id).toContain(`${status} ${(body as { code: string }).code}`)
    }
  })

  test("A4.01, D37.6: a key with every scope but the one that is needed, and one with all for what no key may", async () => {
    const all = await keyHere()
    for (const operation of allOperations.filter(({ needs }) => needs !== "nobody-signed-in")) {
      const others = scopes.filter((scope): scope is Scope => scope !== operation.needs)
      const key = isForKeys(operation) ? await keyHere({ team, scopes: others }) : all
      const [request] = fc.sample(requestsOf(operation, [team, roomId]), { numRuns: 1, seed })
      const { status, body } = await send(operation, request!, key)
      expect([operation.id, status, (body as { code: string }).code]).toEqual([operation.id, 403, "denied"])
    }
  })
})

test("D37.1: the document names every operation and refers to nothing that is not in it", async () => {
  const response = await fetch(`${house.origin}${basePath}/openapi.json`)
  expect([response.status, response.headers.get("content-type")]).toEqual([200, "application/json; charset=utf-8"])
  const text = await response.text()
  const document: {
    openapi: string
    paths: Record<string, Record<string, { operationId: string }>>
    components: { schemas: object }
  } = JSON.parse(text)
  expect(document.openapi).toBe("3.1.0")
  const ids = Object.values(document.paths).flatMap((path) => Object.values(path).map(({ operationId }) => operationId))
  expect(ids.sort()).toEqual(allOperations.map(({ id }) => id).sort())
  const referred = [...text.matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name)
  expect(referred.length).toBeGreaterThan(50)
  for (const name of referred) expect(Object.keys(document.components.schemas)).toContain(name)
  expect(text).not.toContain("$defs")
})

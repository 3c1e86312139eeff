import { afterAll, beforeAll, expect, test } from "vitest"
import type { TeamId } from "@conclave/api"
import { House } from "../house.fixture.ts"
import { joinedBy, newTeamBy, setUpOwner, type Person } from "../organisation/people.fixture.ts"
import { ask, newKey, type TestKey } from "./api.fixture.ts"

let house: House
let owner: Person
let team: TeamId
let ahead = 0
beforeAll(async () => {
  house = await House.open({ now: () => performance.timeOrigin + performance.now() + ahead })
  owner = await setUpOwner(house)
  team = (await newTeamBy(owner, "Team")) as TeamId
})
afterAll(() => house[Symbol.asyncDispose]())

const keyOf = (body: Readonly<Record<string, unknown>>): TestKey => ({ team, text: String(body["key"]), id: body["id"] as TestKey["id"] })
const opens = async (key: TestKey): Promise<boolean> => (await ask(house, "GET /rooms", { key })).status === 200

test("D37.6: a key is shown when it is made and never again, and does what its scopes say and no more", async () => {
  const made = await owner.ask("POST /keys", { team_id: team, name: "CI", scopes: ["rooms.read", "rooms.read"] })
  expect([made.status, made.body["scopes"]]).toEqual([201, ["rooms.read"]])
  const key = keyOf(made.body)
  const { key: text, ...facts } = made.body
  const { body: list } = await owner.ask("GET /keys")
  expect((list["data"] as object[]).find((one) => "id" in one && one.id === key.id)).toEqual(facts)
  expect(JSON.stringify(list)).not.toContain(text)
  expect(await opens(key)).toBe(true)
  expect((await ask(house, "POST /rooms", { key, body: {} })).status).toBe(403)
  expect((await ask(house, "GET /keys", { key })).status).toBe(403)
})

test("D37.7: a key that was revoked or has run out opens nothing from the next request on", async () => {
  const [one, two] = [
    await newKey(house, { team }),
    keyOf((await owner.ask("POST /keys", { team_id: team, name: "x", scopes: ["rooms.read"], expires_in_days: 1 })).body),
  ]
  expect([await opens(one), await opens(two)]).toEqual([true, true])
  expect((await owner.ask(`DELETE /keys/${one.id}`)).status).toBe(204)
  expect([await opens(one), (await owner.ask(`DELETE /keys/${one.id}`)).status]).toEqual([false, 404])
  ahead += 24 * 3600 * 1000 + 1
  expect(await opens(two)).toBe(false)
  await owner.logIn()
})

test("D37.8: a rotated key has another secret at once; the one before works as long as was asked for and no longer", async () => {
  const before = keyOf((await owner.ask("POST /keys", { team_id: team, name: "x", scopes: ["rooms.read"] })).body)
  const after = keyOf((await owner.ask(`POST /keys/${before.id}/rotate`, { overlap_hours: 1 })).body)
  expect(after.id).toBe(before.id)
  expect([await opens(before), await opens(after)]).toEqual([true, true])
  ahead += 3600 * 1000 + 1
  expect([await opens(before), await opens(after)]).toEqual([false, true])
  await owner.prove()
  const last = keyOf((await owner.ask(`POST /keys/${before.id}/rotate`)).body)
  expect([await opens(after), await opens(last)]).toEqual([false, true])
})

test("D37.11: the answer with a key in it is kept nowhere; the same request again makes no second key and is told why", async () => {
  const wanted = { team_id: team, name: "once", scopes: ["rooms.read"] }
  const headers = { "idempotency-key": "key-1" }
  const first = await owner.ask("POST /keys", wanted, headers)
  const second = await owner.ask("POST /keys", wanted, headers)
  expect([first.status, second.status, second.code]).toEqual([201, 409, "answer-not-kept"])
  expect(await house.everythingKept()).not.toContain(String(first.body["key"]))
})

test("D37.6, A4.01: keys of a team are its managers' alone, and of another team they are not there", async () => {
  const other = await newTeamBy(owner, "Other")
  const manager = await joinedBy(house, owner, { name: "Man", team, teamRole: "team-manager" })
  const member = await joinedBy(house, owner, { name: "Mem", team })
  const { id } = await newKey(house, { team: other as TeamId })
  const own = await manager.ask("POST /keys", { name: "own", scopes: ["rooms.read"] })
  expect([own.status, own.body["team_id"]]).toEqual([201, team])
  expect((await manager.ask("POST /keys", { team_id: other, name: "no", scopes: ["rooms.read"] })).status).toBe(404)
  expect((await manager.ask(`DELETE /keys/${id}`)).status).toBe(404)
  expect((await manager.ask("GET /keys")).body["total_count"]).toBeGreaterThan(0)
  expect((await member.ask("GET /keys")).status).toBe(403)
  expect((await owner.ask("POST /keys", { name: "which", scopes: ["rooms.read"] })).status).toBe(422)
})

/**
 * What is handed to a customer's systems and guests: developer keys, secrets of webhooks, joining tokens. Each is shown once, used, got
 * wrong and replaced; none lies in what the server keeps, logs or answers afterwards.
 */

import { afterAll, beforeAll, expect, test } from "vitest"
import { House } from "../../apps/server/src/house.fixture.ts"
import { setUpOwner, type Answer, type Person } from "../../apps/server/src/organisation/people.fixture.ts"
import { note } from "../browser/figures.ts"
import { hunt, textCanary, type Canary } from "./canaries.ts"
import { answersIn, keptBy } from "./places.ts"

let house: House
let owner: Person
const canaries: Canary[] = []
/** Whatever was answered after a secret had been shown. */
const later: Answer[] = []

const hidden = (what: string, text: unknown): string => {
  canaries.push(textCanary(what, String(text)))
  return String(text)
}

const made = (answer: Answer): Answer["body"] => {
  if (answer.status >= 300) throw new Error(`bug: ${answer.code ?? ""}`)
  return answer.body
}

/** Secrets have a prefix that everybody may know; what follows it is the secret. */
const behindPrefix = (text: string): string => text.slice(text.indexOf("_") + 1)

async function asksWith(key: string, team: string): Promise<void> {
  const { origin } = house
  const asks = async (authorization: string): Promise<void> => {
    const response = await fetch(`${origin}/api/v1/rooms`, { headers: { authorization } })
    const body = (await response.json()) as Answer["body"]
    later.push({ status: response.status, code: undefined, body, headers: response.headers })
  }
  const pair = Buffer.from(`${team}:${key}`).toString("base64")
  canaries.push(textCanary("the key as the seeds show it", pair))
  await asks(`Bearer ${pair}`)
  await asks(`Basic ${pair}`)
  await asks(`Bearer ${key}`)
  // A key with its last letters changed is as good as one that was mistyped; and a right one behind a wrong word.
  await asks(`Bearer ${key.slice(0, -3)}xyz`)
  await asks(`Bear ${key}`)
}

async function makesKeys(team: string): Promise<void> {
  const body = { team_id: team, name: "CRM", scopes: ["rooms.read", "rooms.write"] }
  const first = made(await owner.ask("POST /keys", body))
  const key = hidden("developer key", first["key"])
  hidden("developer key without its prefix", behindPrefix(key))
  await asksWith(key, team)
  const second = made(await owner.ask(`POST /keys/${String(first["id"])}/rotate`, { overlap_hours: 1 }))
  await asksWith(hidden("developer key, rotated", second["key"]), team)
  later.push(await owner.ask(`GET /keys?team_id=${team}`))
}

async function makesWebhooks(team: string): Promise<void> {
  const body = { team_id: team, name: "CRM", endpoint: "https://crm.example.org/hook", events: ["room_created"] }
  const first = made(await owner.ask("POST /webhooks", body))
  const id = String(first["id"])
  const second = made(await owner.ask(`POST /webhooks/${id}/rotate`, { overlap_hours: 1 }))
  for (const [what, { secret }] of [["webhook secret", first] as const, ["webhook secret, rotated", second] as const]) {
    const bytes = Buffer.from(behindPrefix(hidden(what, secret)), "base64")
    canaries.push({ what: `${what}, as bytes`, bytes })
  }
  later.push(await owner.ask(`POST /webhooks/${id}/test`), await owner.ask(`GET /webhooks/${id}`))
  later.push(await owner.ask(`GET /webhooks/${id}/deliveries`), await owner.ask(`GET /webhooks?team_id=${team}`))
}

async function makesTokens(team: string): Promise<void> {
  made(await owner.ask("POST /rooms", { team_id: team, friendly_url: "standup" }))
  const shown = made(await owner.ask("POST /rooms/standup/tokens", { name: "Cleo" }))
  const token = hidden("joining token", shown["token"])
  later.push(await owner.ask("POST /rooms/standup/entry", { kind: "sealed-by-identity", token }))
  later.push(await owner.ask("POST /rooms/standup/entry", { kind: "sealed-by-identity", token: `${token.slice(0, -3)}xyz` }))
  later.push(await owner.ask("GET /rooms/standup/tokens"))
}

beforeAll(async () => {
  house = await House.open()
  owner = await setUpOwner(house)
  const team = String(made(await owner.ask("POST /teams", { name: "Standup" }))["id"])
  await makesKeys(team)
  await makesWebhooks(team)
  await makesTokens(team)
})
afterAll(() => house[Symbol.asyncDispose]())

test("D36.11, D37.6, D39.4: no developer key, webhook secret or joining token is in what the server keeps or logs", async () => {
  const places = await keptBy(house)
  note({ what: "keys, secrets and tokens hunted", value: canaries.length, unit: "secrets" })
  expect(canaries.length).toBeGreaterThan(8)
  expect(hunt(canaries, places)).toEqual([])
  // The search looked where they would be.
  for (const known of ["crm.example.org", "standup"]) expect(places.at(-1)?.content.includes(known)).toBe(true)
})

test("D37.6, D39.4: what was shown once is in no later answer, of success or of refusal", () => {
  expect(later.some(({ status }) => status === 401)).toBe(true)
  expect(later.filter(({ status }) => status < 300).length).toBeGreaterThan(5)
  const places = answersIn(later)
  expect(hunt(canaries, places)).toEqual([])
})

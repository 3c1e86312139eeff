/** Rooms that their server opens: by accounts and by tokens, sealed by identity or open to the server, each by its own path (D39). */

import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import { beforeAll, expect, test } from "vitest"
import { en } from "../../apps/web/src/i18n/en.ts"
import { gatheringIn, houseOfFile } from "../browser/gathering.ts"
import { agree, allSeeAndHear } from "../browser/meeting.ts"
import { setUpOn, signedIn, type Account } from "../browser/organisation.ts"
import { find } from "../browser/find.ts"
import { passLobby, press, reads, type Person } from "../browser/person.ts"
import { startServer } from "../browser/server.ts"
import { until } from "../browser/until.ts"

const house = houseOfFile()
const { visits, comesIn } = gatheringIn(house)
const origin = (): string => house().server.origin
let owner: Account
let team: string
let mem: Account

beforeAll(async () => {
  const organisation = await setUpOn(house().server)
  owner = organisation.owner
  team = String((await owner.ask("POST /teams", { name: "Standup" })).body["id"])
  mem = await organisation.joins("Mem", team)
})

/** A room of the API; what it is called in its address. */
async function newRoom(name: string, more: object = {}): Promise<string> {
  const made = await owner.ask("POST /rooms", { team_id: team, friendly_url: name, ...more })
  expect(made.status).toBe(201)
  return name
}

/** A link with a token, by this asker. */
async function newLink(room: string, role = "speaker", headers: Readonly<Record<string, string>> = {}): Promise<string> {
  const made = await owner.ask(`POST /rooms/${room}/tokens`, { name: "Cleo", role, external_id: "crm-17" }, headers)
  expect(made.status).toBe(201)
  return String(made.body["link"])
}

/** Mem goes in by the room's address: the first of those who may open it. */
async function memComesTo(path: string): Promise<Person> {
  const page = await visits(origin() + path, undefined, signedIn(mem, house().server))
  await passLobby(page, "Mem")
  return comesIn(page, "Mem")
}

test("D39.36, D39.39, D39.40: who has a token waits for a moderator, comes in without a decision, and its link keeps no token", async () => {
  const link = await newLink(await newRoom("standup-one", { topic: "Standup" }))
  const page = await visits(link)
  await reads(page, en["entry.not-opened"])
  const first = await memComesTo("/o/standup-one")
  expect((await first.facts()).policy).toMatchObject({ kind: "identity", waitingRoom: true })
  await reads(page, en["entry.identity-server"])
  expect(page.url()).toBe(`${origin()}/o/standup-one`)
  await passLobby(page, "Cleo")
  const cleo = await comesIn(page, "Cleo")
  await agree([first, cleo])
  await allSeeAndHear([first, cleo])
  for (const one of [first, cleo])
    expect((await one.facts()).members.map(({ name, level }) => `${String(name)} ${String(level)}`).toSorted()).toEqual([
      "Cleo account",
      "Mem account",
    ])
})

test("D31, D39.44: whom a token wishes to be a co-host is one as soon as the host presses, in Firefox too", async () => {
  const room = await newRoom("standup-four")
  const host = await memComesTo(`/o/${room}`)
  const page = await visits(await newLink(room, "moderator"), "firefox")
  await passLobby(page, "Cleo")
  const cleo = await comesIn(page, "Cleo")
  await agree([host, cleo])
  await allSeeAndHear([host, cleo])
  expect((await cleo.facts()).role).toBe("member")
  await press(host.page, "button", en["call.people-button"])
  await press(host.page, "button", en["people.wish-name"].replace("{act}", en["people.act.make-co-host"]).replace("{name}", "Cleo"))
  await until(async () => (await cleo.facts()).role === "co-host", { for: "Cleo to be a co-host" })
})

test("D39.4: a token whose time is over says so and lets nobody in", async () => {
  // Beside the house, which has the usual port for media.
  const env = { CONCLAVE_MEDIA_PORT: "7892" }
  const before = await startServer({ env })
  const { owner: other } = await setUpOn(before)
  const body = { team_id: (await other.ask("POST /teams", { name: "Late" })).body["id"], friendly_url: "late" }
  expect((await other.ask("POST /rooms", body)).status).toBe(201)
  const link = String((await other.ask("POST /rooms/late/tokens", { role: "speaker" })).body["link"])
  await before.kill()
  // The shortest time that a token has is a minute; the server keeps its database to itself while it runs.
  const database = new DatabaseSync(join(before.data, "conclave.sqlite"))
  database.exec("UPDATE room_tokens SET expires_at = 1")
  database.close()
  const after = await startServer({ env, data: before.data, port: before.port })
  try {
    await reads(await visits(link), en["entry.token-expired"])
  } finally {
    await after.stop()
  }
})

test("D39.5: a token whose key was revoked says so and lets nobody in", async () => {
  const room = await newRoom("standup-two")
  const key = await owner.ask("POST /keys", { team_id: team, name: "CRM", scopes: ["rooms.read", "rooms.write"] })
  const bearer = { authorization: `Bearer ${Buffer.from(`${team}:${String(key.body["key"])}`).toString("base64")}` }
  const link = await newLink(room, "speaker", bearer)
  expect((await owner.ask(`DELETE /keys/${String(key.body["id"])}`)).status).toBeLessThan(300)
  const page = await visits(link)
  await reads(page, en["entry.token-void"])
  await find(page, "button", en["entry.log-in"])
})

test("D6, D39.42: a transport-only room works in both browsers, and says in lobby, strip and panel that it is open to the server", async () => {
  await newRoom("open-one", { e2ee_enabled: false })
  const page = await visits(`${origin()}/t/open-one`, undefined, signedIn(mem, house().server))
  await reads(page, en["entry.transport"])
  await reads(page, en["entry.transport-what"])
  await passLobby(page, "Mem")
  const host = await comesIn(page, "Mem")
  const second = await visits(await newLink("open-one"), "firefox")
  await reads(second, en["entry.transport"])
  await passLobby(second, "Cleo")
  const cleo = await comesIn(second, "Cleo")
  await allSeeAndHear([host, cleo])
  await press(page, "button", en["entry.open-seal"])
  await reads(page, en["entry.transport-what"])
  await reads(page, en["entry.server-has-key"])
  const other = await visits(`${origin()}/o/open-one`, undefined, signedIn(mem, house().server))
  await reads(other, en["state.unknown-room"])
})

test("D1, D39.31: what the server hands out opens nothing by the path of a room sealed by link", async () => {
  await newRoom("standup-three")
  await memComesTo("/o/standup-three")
  const { body } = await mem.ask("POST /rooms/standup-three/entry", { kind: "sealed-by-identity" })
  const furnished = body["furnished"] as Readonly<Record<"room" | "opening" | "key_hash", string>>
  const page = await visits(`${origin()}/r/${furnished.room}#${furnished.opening}.${furnished.key_hash}`)
  await passLobby(page, "Eve")
  await reads(page, en["state.wrong-link"])
})

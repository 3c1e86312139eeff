/**
 * A call in a room of the API, and everything that the API answers to the owner of the organisation, to its auditor and to a key that may
 * do all a key can: none of it is what people said, what they are called in the call, or a key.
 */

import { randomBytes } from "node:crypto"
import { setTimeout as pause } from "node:timers/promises"
import { afterAll, beforeAll, expect, test } from "vitest"
import { allOperations, basePath, type Operation, type TeamId } from "@conclave/api"
import { toBase64url } from "@conclave/wire"
import { bearer, newKey, type TestKey } from "../../apps/server/src/api/api.fixture.ts"
import { House } from "../../apps/server/src/house.fixture.ts"
import { joinedBy, newTeamBy, setUpOwner, type Person } from "../../apps/server/src/organisation/people.fixture.ts"
import { note } from "../browser/figures.ts"
import { until } from "../browser/until.ts"
import { HeadlessMember } from "../churn/headless.ts"
import { realRoom } from "../churn/real-room.ts"
import { hunt, textCanary, type Canary, type Place } from "./canaries.ts"

const names = ["Ada Quillfeather-Zymurgy", "Benedikt Vexillology-Ostrich"] as const
const said = "Gallimaufry 8841 Xylograph"

let house: House
let owner: Person
let auditor: Person
let key: TestKey
let members: HeadlessMember[] = []
let canaries: readonly Canary[] = []
/** A name for each parameter of a path. */
const named: Record<string, string> = {}

beforeAll(async () => {
  house = await House.open()
  owner = await setUpOwner(house)
  const team = (await newTeamBy(owner, "Team")) as TeamId
  auditor = await joinedBy(house, owner, { name: "Aud", role: "auditor" })
  key = await newKey(house, { team })
  const record = String((await owner.ask("POST /rooms", { team_id: team, topic: "told to the server" })).body["id"])
  const room = await realRoom(house.origin, names, {
    register: async ({ room, accessHash, shelf, key: publicKey }) => {
      const body = { room, access_hash: toBase64url(accessHash), shelf: toBase64url(shelf), key: toBase64url(publicKey) }
      const { status } = await owner.ask(`PUT /rooms/${record}/secret`, body)
      if (status !== 200) throw new Error(`bug: the secret gave ${String(status)}`)
    },
  })
  const [ada, ben] = (members = names.map((name) => new HeadlessMember(name, room)))
  ada?.join()
  await until(() => ada?.seat !== undefined, { for: "the first to be in the call" })
  ben?.join()
  await until(() => ben?.seat !== undefined, { for: "the second to be in the call" })
  ben?.say({ type: "word-said", body: said })
  // What is kept is kept by now; a moment for what is only passed on.
  await pause(500)
  canaries = [
    ...names.map((name) => textCanary("name", name)),
    textCanary("word", said),
    { what: "access proof", bytes: Buffer.from(room.access) },
  ]
  Object.assign(named, { room: record, team, account: await owner.id(), key: key.id, participant: ada?.seat?.member ?? "" })
}, 120_000)

afterAll(async () => {
  for (const member of members) member.crash()
  await house[Symbol.asyncDispose]()
})

const reads: readonly Operation[] = allOperations.filter(({ method }) => method === "GET")

/** Where a path names what nobody made here, any name of the right length stands. */
const pathOf = ({ path }: Operation): `/${string}` =>
  path.replaceAll(/\{(\w+)\}/g, (_, name: string) => named[name] ?? toBase64url(randomBytes(16))) as `/${string}`

/** What each operation that reads answers to each of them. */
async function answers(): Promise<Place[]> {
  const places: Place[] = []
  for (const operation of reads) {
    for (const [who, person] of Object.entries({ owner, auditor })) {
      const { status, body, headers } = await person.ask(`GET ${pathOf(operation)}`)
      places.push({ where: `${operation.id} to ${who}: ${String(status)}`, content: Buffer.from(JSON.stringify([body, [...headers]])) })
    }
    const reply = await fetch(house.origin + basePath + pathOf(operation), { headers: { authorization: bearer(key) } })
    places.push({ where: `${operation.id} to a key: ${String(reply.status)}`, content: Buffer.from(await reply.text()) })
  }
  return places
}

test("A4.16: nothing that the API answers to an owner, an auditor or a key is content, a name in a call or a way in", async () => {
  const places = await answers()
  note({ what: "answers of the API searched", value: places.length, unit: "answers" })
  expect(hunt(canaries, places)).toEqual([])
  // The sweep saw the call: whoever may look sees two pseudonyms in it.
  const live = places.find(({ where }) => where === "listParticipants to owner: 200")?.content.toString() ?? ""
  for (const member of members) expect(live).toContain(member.seat?.member)
  expect(places.filter(({ where }) => where.endsWith("to owner: 200")).length).toBeGreaterThan(10)
  expect(places.flatMap(({ where }) => (/ 5\d\d$/.test(where) ? [where] : []))).toEqual([])
})

test("A4.16: nor does any of it lie in what the server keeps or logs", async () => {
  const places = [
    { where: "log", content: Buffer.from(house.log.join("\n")) },
    { where: "data folder", content: Buffer.from(await house.everythingKept(), "latin1") },
  ]
  expect(hunt(canaries, places)).toEqual([])
})

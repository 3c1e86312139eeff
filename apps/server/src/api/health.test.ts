import { afterAll, beforeAll, expect, test } from "vitest"
import type { TeamId } from "@conclave/api"
import { House, NotingMedia } from "../house.fixture.ts"
import { joinedBy, newTeamBy, setUpOwner, type Person } from "../organisation/people.fixture.ts"
import { ask, newKey } from "./api.fixture.ts"

class FallibleMedia extends NotingMedia {
  answers = () => Promise.resolve(true)
  override isAnswering = () => this.answers()
}

const media = new FallibleMedia()
let house: House
let owner: Person
beforeAll(async () => {
  house = await House.open({ media })
  owner = await setUpOwner(house)
})
afterAll(() => house[Symbol.asyncDispose]())

test("D40.16: health says whether database and SFU answer, to owners, admins and auditors", async () => {
  await house.found(await house.makeRoom())
  const { body } = await owner.ask("GET /health")
  expect(body).toMatchObject({
    is_well: true,
    database: { is_answering: true },
    sfu: { is_answering: true, ways: ["udp", "tcp"] },
    relay: { is_on: false },
    calls: { live_count: 1, participants_count: 1 },
    webhooks: { waiting_count: 0, oldest_waiting_since: null, failing_count: 0 },
  })
  for (const answers of [() => Promise.resolve(false), () => Promise.reject(new Error("gone"))]) {
    media.answers = answers
    expect((await owner.ask("GET /health")).body).toMatchObject({ is_well: false, sfu: { is_answering: false } })
  }
  const team = (await newTeamBy(owner, "Team")) as TeamId
  const auditor = await joinedBy(house, owner, { name: "Aud", role: "auditor" })
  const manager = await joinedBy(house, owner, { name: "Man", team, teamRole: "team-manager" })
  expect([(await auditor.ask("GET /health")).status, (await manager.ask("GET /health")).code]).toEqual([200, "denied"])
  expect((await ask(house, "GET /health", { key: await newKey(house, { team }) })).body["code"]).toBe("denied")
})

test("D31: recordings are none, said as an empty list to who may see rooms", async () => {
  expect((await ask(house, "GET /recordings", { key: await newKey(house) })).body).toEqual({ data: [], total_count: 0 })
})

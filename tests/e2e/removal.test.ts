/** "Removed by the organisation" (D14.6 to D14.9): asked for by REST, done by a device in the call, read by everybody. */

import { expect, test } from "vitest"
import { en } from "../../apps/web/src/i18n/en.ts"
import { factsOf } from "../browser/facts.ts"
import { gatheringIn, houseOfFile } from "../browser/gathering.ts"
import { agree } from "../browser/meeting.ts"
import { setUpOn, signedIn } from "../browser/organisation.ts"
import { passLobby, reads } from "../browser/person.ts"
import { until } from "../browser/until.ts"

const house = houseOfFile()
const { visits, comesIn } = gatheringIn(house)

test("D14.9, D39.10: who is removed by REST reads by whom, and so do the others", async () => {
  const { owner, joins } = await setUpOn(house().server)
  const team = String((await owner.ask("POST /teams", { name: "Standup" })).body["id"])
  const mem = await joins("Mem", team)
  await owner.ask("POST /rooms", { team_id: team, friendly_url: "standup" })
  const made = await owner.ask("POST /rooms/standup/tokens", { name: "Cleo" })
  const first = await visits(`${house().server.origin}/o/standup`, undefined, signedIn(mem, house().server))
  await passLobby(first, "Mem")
  const host = await comesIn(first, "Mem")
  const page = await visits(String(made.body["link"]))
  await passLobby(page, "Cleo")
  const cleo = await comesIn(page, "Cleo")
  await agree([host, cleo])
  const listed = await owner.ask("GET /rooms/standup/live/participants")
  const [, second] = listed.body["data"] as { pseudonym: string }[]
  expect((await owner.ask(`DELETE /rooms/standup/live/participants/${String(second?.pseudonym)}`)).status).toBe(202)
  await reads(page, en["state.removed-organisation"])
  await reads(first, en["news.removed-by-organisation"].replace("{name}", "Cleo"))
  await until(async () => (await factsOf(first))?.members.length === 1, { for: "the other to be alone" })
})

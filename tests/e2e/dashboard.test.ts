/** The dashboard by its buttons: rooms with their encryption and their ways in, calls, keys. */

import type { Page } from "puppeteer-core"
import { afterAll, beforeAll, expect, test } from "vitest"
import { dashboard as words } from "../../apps/web/src/i18n/en/dashboard.ts"
import { alertOf, emailOf, isAt, password, write } from "../browser/accounts.ts"
import { gatheringIn, houseOfFile } from "../browser/gathering.ts"
import { find } from "../browser/find.ts"
import { inCall, passLobby, press, reads } from "../browser/person.ts"
import { until } from "../browser/until.ts"

const house = houseOfFile()
const { visits } = gatheringIn(house, afterAll)

/** The owner's page. */
let page: Page

const at = (path: string): string => house().server.origin + path

/** The organisation and its owner, as the page of the printed link makes them; that page has tests of its own. */
async function setsUp(): Promise<void> {
  const token = await until(() => /\/setup#([\w-]{43})/.exec(house().server.log())?.[1], { for: "the setup link" })
  const owner = { token, organisation: "Rosen", name: "Olga", email: emailOf("Olga"), password }
  const status = await page.evaluate(
    async (body) => (await fetch("/api/v1/setup", { method: "POST", body, headers: { "content-type": "application/json" } })).status,
    JSON.stringify(owner),
  )
  expect(status).toBe(201)
}

/** What a dialog shows once; it is gone with the dialog. */
async function takesSecret(): Promise<string> {
  const secret = await until(() => page.evaluate(() => document.querySelector<HTMLInputElement>(".dialog input[readonly]")?.value), {
    for: "the secret that is shown once",
  })
  await press(page, "button", words["part.done"])
  await until(() => page.evaluate((text) => !document.documentElement.innerHTML.includes(text), secret), { for: "the secret to be gone" })
  return secret
}

/** What a button of a row is called. */
const of = (act: string, name: string): string => words["part.of"].replace("{act}", act).replace("{name}", name)

const isSealed = async (): Promise<boolean> =>
  (await find(page, "switch", words["sealing.switch"])).evaluate((input) => (input as HTMLInputElement).checked)

beforeAll(async () => {
  page = await visits(at("/login"), "chromium")
  await setsUp()
  await page.goto(at("/dashboard"))
  // Rooms belong to a team, and there is none yet: the page says so and leads there.
  await press(page, "link", words["teams.new"])
  await isAt(page, "/dashboard/teams")
  await write(page, words["teams.name"], "Press")
  await press(page, "button", words["teams.make"])
  await reads(page, "Press")
})

test("D41.36, D41.37, D41.38: a room is made, opened to the server and sealed again by dialogs, and given a link that opens it", async () => {
  await page.goto(at("/dashboard/rooms"))
  await write(page, words["room.name"], "Budget review")
  await press(page, "button", words["room.make"])
  await until(() => /\/dashboard\/rooms\/[\w-]{22}$/.test(page.url()), { for: "the room's page" })
  await reads(page, words["kind.sealed-by-identity-what"])
  const roomPage = page.url()

  await press(page, "switch", words["sealing.switch"])
  await reads(page, words["sealing.off-server"])
  await reads(page, words["sealing.turn-off-link"])
  await press(page, "button", words["sealing.keep"])
  expect(await isSealed()).toBe(true)
  await press(page, "switch", words["sealing.switch"])
  await press(page, "button", words["sealing.turn-off-yes"])
  await reads(page, words["kind.transport-only-what"])
  expect(await isSealed()).toBe(false)
  await press(page, "switch", words["sealing.switch"])
  await press(page, "button", words["sealing.turn-on-yes"])
  await reads(page, words["kind.sealed-by-identity-what"])

  await write(page, words["token.name"], "Dr. Okafor")
  await press(page, "button", words["token.make"])
  expect(await takesSecret()).toMatch(/\/o\/[0-9a-f]{32}#conclave_join_[\w-]{43}$/)
  await press(page, "button", of(words["token.withdraw"], "Dr. Okafor"))
  await press(page, "button", words["token.withdraw"])
  await reads(page, words["token.none"])

  await press(page, "button", words["way.secret-make"])
  await press(page, "button", words["way.secret-yes"])
  const link = await takesSecret()
  await reads(page, words["way.by-link"])
  await page.goto(link)
  await passLobby(page, "Olga")
  await inCall(page, "Olga")

  // Another tab of the same browser looks at it from outside.
  const inside = page
  page = await inside.browserContext().newPage({ type: "window" })
  await page.goto(at("/dashboard/live"))
  await reads(page, words["calls.why"])
  await reads(page, "Budget review")
  await reads(page, words["calls.inside"].one.replace("{count}", "1"))
  await page.goto(roomPage)
  await press(page, "switch", words["sealing.switch"])
  await press(page, "button", words["sealing.turn-off-yes"])
  await until(async () => (await alertOf(page)).includes(words["api-problem.people-are-inside"]), { for: "the refusal" })
  await press(page, "button", words["sealing.keep"])
  expect(await isSealed()).toBe(true)
  await inside.close()
})

test("D41.31: a key is shown once, works, and ends when it is revoked", async () => {
  const asks = async (key: string): Promise<number> =>
    (await fetch(at("/api/v1/rooms"), { headers: { authorization: `Bearer ${key}` } })).status
  await page.goto(at("/dashboard/keys"))
  await write(page, words["keys.name"], "Booking")
  await press(page, "button", words["keys.make"])
  const key = await takesSecret()
  expect(await asks(key)).toBe(200)
  await press(page, "button", of(words["part.change"], "Booking"))
  await press(page, "button", words["keys.revoke"])
  await reads(page, words["keys.revoke-what"])
  await press(page, "button", words["keys.revoke-yes"])
  await reads(page, words["keys.none"])
  expect(await asks(key)).toBe(401)
})

test("D41.31, D41.39: an invitation is shown once and withdrawn; rooms are found by a part of their name", async () => {
  await page.goto(at("/dashboard/people"))
  await press(page, "button", words["staff.invite-make"])
  expect(await takesSecret()).toMatch(/\/invitation#[\w-]{43}$/)
  await press(page, "button", of(words["staff.withdraw"], words["staff.role.member"]))
  await reads(page, words["staff.invited-none"])
  await page.goto(at("/dashboard/rooms"))
  const search = await find(page, "searchbox", words["rooms.search"])
  await search.type("nowhere")
  await press(page, "button", words["rooms.search-do"])
  await reads(page, words["rooms.none-found-todo"])
  await (await find(page, "searchbox", words["rooms.search"])).evaluate((input) => (input as HTMLInputElement).select())
  await (await find(page, "searchbox", words["rooms.search"])).type("bUDget")
  await press(page, "button", words["rooms.search-do"])
  await find(page, "link", "Budget review")
})

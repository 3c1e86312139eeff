/** What people meet at the door when something is wrong: one typed, translated screen each, and a server that goes on. */

import { afterAll, afterEach, beforeAll, expect, test } from "vitest"
import { en } from "../../apps/web/src/i18n/en.ts"
import { openHouse, type House } from "../browser/house.ts"
import { agree } from "../browser/meeting.ts"
import { factsOf } from "../browser/facts.ts"
import { until } from "../browser/until.ts"
import { find, inCall, joinMeeting, openPage, passLobby, press, reads, startMeeting, type Person } from "../browser/person.ts"

let house: House
let people: Person[] = []

beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())
afterEach(async () => {
  await house.empty(people)
  people = []
})

async function meeting(): Promise<Person> {
  const ada = await startMeeting(await house.chromium(), house.server.origin, { name: "Ada" })
  people.push(ada)
  return ada
}

/** A newcomer whom the door stops at the lobby or after it. */
async function comesBy(link: string) {
  const page = await openPage(await house.chromium())
  await page.goto(link)
  return page
}

/** The link with another secret of the right form. */
const withOtherSecret = (link: string): string => link.replace(/#[^.]+/, `#${"A".repeat(22)}`)

test("D2: a link with a wrong secret is told so, and the room's people notice nothing", async () => {
  const ada = await meeting()
  const before = await ada.facts()
  const page = await comesBy(withOtherSecret(ada.link()))
  await passLobby(page, "Mallory")
  await reads(page, en["state.wrong-link"])
  expect(await ada.facts()).toMatchObject({ phase: "in", epoch: before.epoch, members: before.members })
  await page.browserContext().close()
})

test("D2: a link whose key hash is of another room's key is refused by the newcomer's own device", async () => {
  const ada = await meeting()
  const page = await comesBy(ada.link().replace(/\.[^.]+$/, `.${"A".repeat(22)}`))
  await passLobby(page, "Ben")
  await reads(page, en["state.wrong-link"])
  expect((await ada.facts()).members).toHaveLength(1)
  await page.browserContext().close()
})

test.for([
  ["without its fragment", (link: string) => link.replace(/#.*$/, "")],
  ["cut in the middle of its secret", (link: string) => link.slice(0, link.indexOf("#") + 9)],
  ["cut in the middle of its key hash", (link: string) => link.slice(0, -5)],
] as const)("D2: a link %s says that it is cut", async ([, cut]) => {
  const ada = await meeting()
  const page = await comesBy(cut(ada.link()))
  await reads(page, en["state.cut-link"])
  await page.browserContext().close()
})

test("D2: a room the server does not know says so", async () => {
  const ada = await meeting()
  const page = await comesBy(ada.link().replace(/\/r\/[^#]+/, `/r/${"B".repeat(21)}A`))
  await passLobby(page, "Ben")
  await reads(page, en["state.unknown-room"])
  await page.browserContext().close()
})

test("D1: links of the kinds this version lacks are refused by name", async () => {
  const ada = await meeting()
  for (const kind of ["o", "t"]) {
    const page = await comesBy(ada.link().replace("/r/", `/${kind}/`).replace(/#.*$/, ""))
    await reads(page, en["state.other-kind"])
    await page.browserContext().close()
  }
})

test("D17: a name of 10 000 characters is refused with the reason, and a shorter one then goes in", async () => {
  const ada = await meeting()
  const page = await comesBy(ada.link())
  const field = await find(page, "textbox", en["lobby.name"])
  await field.evaluate((element) => {
    const input = element as HTMLInputElement
    // React hears of it through the native setter only.
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set?.call(input, "x".repeat(10_000))
    input.dispatchEvent(new Event("input", { bubbles: true }))
  })
  await press(page, "button", en["lobby.join"])
  await reads(page, en["lobby.name.too-long"])
  expect((await ada.facts()).members).toHaveLength(1)
  await passLobby(page, "Ben")
  await inCall(page, "Ben")
  await page.browserContext().close()
})

test("D11: a second tab is told of the first, and can take the call over", async () => {
  const ada = await meeting()
  const ben = await joinMeeting(await house.chromium(), ada.link(), { name: "Ben" })
  people.push(ben)
  await agree(people)
  const second = await ben.page.browserContext().newPage()
  await second.goto(ada.link())
  await passLobby(second, "Ben")
  await reads(second, en["state.other-tab"])
  expect((await ben.facts()).phase).toBe("in")
  await press(second, "button", en["action.move-here"])
  await inCall(second, "Ben")
  await reads(ben.page, en["state.moved-away"])
  await until(
    async () =>
      (await factsOf(second))?.members
        .map(({ name }) => name)
        .toSorted()
        .join() === "Ada,Ben",
    {
      for: "the second tab to know who is there",
    },
  )
})

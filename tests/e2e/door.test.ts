/** What people meet at the door when something is wrong: one typed, translated screen each, and a server that goes on. */

import { afterAll, beforeAll, expect, test } from "vitest"
import { en } from "../../apps/web/src/i18n/en.ts"
import { gatheringIn, houseOfFile } from "../browser/gathering.ts"
import { agree, namesIn } from "../browser/meeting.ts"
import { find } from "../browser/find.ts"
import { inCall, passLobby, press, reads, type Person } from "../browser/person.ts"
import { until } from "../browser/until.ts"

const house = houseOfFile()
const { starts } = gatheringIn(house, afterAll)
const { visits, knocks, joins, comesIn } = gatheringIn(house)

/** In her room before anybody comes by, and alone there before each test. */
let ada: Person
beforeAll(async () => {
  ada = await starts("Ada")
})

/** The link with another secret of the right form. */
const withOtherSecret = (link: string): string => link.replace(/#[^.]+/, `#${"A".repeat(22)}`)

test("D2: a link with a wrong secret is told so, and the room's people notice nothing", async () => {
  const before = await ada.facts()
  const page = await knocks(withOtherSecret(ada.link()), "Mallory")
  await reads(page, en["state.wrong-link"])
  expect(await ada.facts()).toMatchObject({ phase: "in", epoch: before.epoch, members: before.members })
})

test("D2: a link whose key hash is of another room's key is refused by the newcomer's own device", async () => {
  const page = await knocks(ada.link().replace(/\.[^.]+$/, `.${"A".repeat(22)}`), "Ben")
  await reads(page, en["state.wrong-link"])
  expect((await ada.facts()).members).toHaveLength(1)
})

test.for([
  ["without its fragment", (link: string) => link.replace(/#.*$/, "")],
  ["cut in the middle of its secret", (link: string) => link.slice(0, link.indexOf("#") + 9)],
  ["cut in the middle of its key hash", (link: string) => link.slice(0, -5)],
] as const)("D2: a link %s says that it is cut", async ([, cut]) => {
  const page = await visits(cut(ada.link()))
  await reads(page, en["state.cut-link"])
})

test("D2: a room the server does not know says so", async () => {
  const page = await knocks(ada.link().replace(/\/r\/[^#]+/, `/r/${"B".repeat(21)}A`), "Ben")
  await reads(page, en["state.unknown-room"])
})

test("D1, D39.41: by the path of another kind a link opens nothing, and its secret is not shown to the server", async () => {
  for (const kind of ["o", "t"]) {
    const page = await visits(ada.link().replace("/r/", `/${kind}/`))
    await reads(page, en["entry.token-void"])
    const other = await visits(ada.link().replace("/r/", `/${kind}/`).replace(/#.*$/, ""))
    await reads(other, en["entry.sign-in-needed"])
  }
})

test("D17: a name of 10 000 characters is refused with the reason, and a shorter one then goes in", async () => {
  const page = await visits(ada.link())
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
  const ben = await comesIn(page, "Ben")
  await ben.leave()
  await until(async () => (await namesIn(ada)) === "Ada", { for: "Ada to be alone again" })
})

test("D11: a second tab is told of the first, and can take the call over", async () => {
  const ben = await joins(ada.link(), "Ben")
  await agree([ada, ben])
  const second = await ben.page.browserContext().newPage()
  await second.goto(ada.link())
  await passLobby(second, "Ben")
  await reads(second, en["state.other-tab"])
  expect((await ben.facts()).phase).toBe("in")
  await press(second, "button", en["action.move-here"])
  await inCall(second, "Ben")
  await reads(ben.page, en["state.moved-away"])
  const moved = { ...ben, page: second, facts: () => inCall(second, "Ben") }
  await until(async () => (await namesIn(moved)) === "Ada,Ben", { for: "the second tab to know who is there" })
})

/** The whole call without a pointer (WCAG 2.1.1, 2.4.7). */

import { afterAll, beforeAll, expect, test } from "vitest"
import type { Page } from "puppeteer-core"
import { en } from "../../apps/web/src/i18n/en.ts"
import { openHouse, type House } from "../browser/house.ts"
import { enter, reach } from "../browser/keyboard.ts"
import { find } from "../browser/find.ts"
import { inCall, joinMeeting, openPage, personOn, reads } from "../browser/person.ts"
import { until } from "../browser/until.ts"

let house: House

beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())

test("L9: a person makes a meeting, goes in, mutes, looks at people and keys and leaves, by keys alone", async () => {
  const page = await openPage(await house.chromium())
  await page.goto(house.server.origin)
  await enter(page, "link", en["start.new"])
  await page.waitForSelector("form")
  await reach(page, "textbox", en["lobby.name"])
  await page.keyboard.type("Ada")
  await enter(page, "button", en["lobby.join"])
  await inCall(page, "Ada")
  const ada = personOn(await house.chromium(), page, "Ada")
  const ben = await joinMeeting(await house.chromium(), ada.link(), { name: "Ben" })

  await pinsByDigit(page)
  await findsKeysOnPhone(page)
  await enter(page, "button", en["call.microphone-on"])
  await reach(page, "button", en["call.microphone-off"])
  await enter(page, "button", en["call.people-button"], "ArrowRight")
  // The panel takes the focus; Escape gives it back to what opened it.
  await reads(page, "Ben")
  await page.keyboard.press("Escape")
  await reach(page, "button", en["call.people-button"])
  await enter(page, "button", /Sealed to 2/)
  await page.keyboard.press("Escape")
  // One stop for the whole toolbar; inside it the arrows go on.
  await reach(page, "button", en["call.people-button"])
  await enter(page, "button", en["call.leave"], "ArrowRight")
  // A host is asked what is meant; what has the focus harms nobody.
  await enter(page, "button", en["doings.leave-only"])
  await reads(page, en["state.left"])
  expect((await ben.facts()).phase).toBe("in")
})

/** L53: the digit of Ben's place shows him large, and again it does not. */
async function pinsByDigit(page: Page): Promise<void> {
  await page.keyboard.press("1")
  const sign = await find(page, "image", en["stage.is-pinned"])
  await page.keyboard.press("1")
  await until(() => sign.evaluate((element) => !element.isConnected), { for: "nobody to be large" })
}

/** Of the tabs of the settings, which are wider than a phone, the one that is open is in sight. */
async function findsKeysOnPhone(page: Page): Promise<void> {
  const before = page.viewport()
  await page.setViewport({ width: 390, height: 800 })
  await page.keyboard.press("?")
  // The dialog itself has the focus at first; Tab goes to what is in it.
  await find(page, "button", en["shortcuts.change"])
  await page.keyboard.press("Tab")
  await enter(page, "button", en["shortcuts.change"])
  const tab = await find(page, "tab", en["settings.page.shortcuts"])
  await until(
    () => tab.evaluate((element) => element.getBoundingClientRect().right <= innerWidth && element.getBoundingClientRect().left >= 0),
    {
      for: "the tab to be in sight",
    },
  )
  await page.keyboard.press("Escape")
  await page.setViewport(before)
}

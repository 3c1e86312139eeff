/** What people reach for in a meeting, in order, in one call each way round: before it, in it, its numbers, its settings, its end. */

import type { Page } from "puppeteer-core"
import { afterAll, describe, expect, test } from "vitest"
import { en } from "../../apps/web/src/i18n/en.ts"
import { fr } from "../../apps/web/src/i18n/fr.ts"
import { gatheringIn, houseOfFile } from "../browser/gathering.ts"
import { find, isThere } from "../browser/find.ts"
import { inCall, press, reads, type Person } from "../browser/person.ts"
import { until } from "../browser/until.ts"

const house = houseOfFile()

/** Chooses an entry of the menu that this button opens. */
async function choose(page: Page, menu: string, entry: string): Promise<void> {
  await press(page, "button", menu)
  await press(page, "menuitem", entry)
}

/** The menu under somebody's picture. */
const menuOf = (name: string): string => en["stage.menu"].replace("{name}", name)

const isMuted = ({ page }: Person): Promise<boolean> => isThere(page, "button", en["call.microphone-off"])

/** One way round in `npm test`, both in `npm run prove:call`. */
const ways = [
  ["chromium", "firefox"],
  ["firefox", "chromium"],
] as const

for (const [host, guest] of process.env["CONCLAVE_BOTH_WAYS"] === undefined ? ways.slice(0, 1) : ways) {
  describe(`a host in ${host}, a guest in ${guest}`, () => {
    const { starts, visits, comesIn } = gatheringIn(house, afterAll)
    let ada: Person
    let ben: Person

    test(`L9: before the call in ${guest}: picture and level, then in by a name and one press`, async () => {
      ada = await starts("Ada", host)
      const page = await visits(ada.link(), guest)
      await page.setViewport({ width: 1280, height: 800 })
      await page.waitForSelector(".mirror video")
      await until(() => page.$eval("[role=meter]", (meter) => Number(meter.getAttribute("aria-valuenow")) > 0), { for: "a level" })
      await (await find(page, "textbox", en["lobby.name"])).type("Ben")
      await press(page, "button", en["lobby.join"])
      ben = await comesIn(page, "Ben")
    })

    test(`L32: a hand raised in ${guest} stands in the queue in ${host}, and a host lowers it`, async () => {
      await press(ben.page, "button", en["doings.hand"])
      await reads(ada.page, en["stage.hand-place"].replace("{place}", "1"))
      await choose(ada.page, menuOf("Ben"), en["doings.act.lower-hand"])
      await find(ben.page, "button", en["doings.hand"])
    })

    test(`L31: a reaction chosen in ${guest} is seen in ${host}`, async () => {
      await choose(ben.page, en["doings.react"], en["doings.reaction.heart"])
      await reads(ada.page, en["doings.reaction.heart"])
    })

    test(`L34: a host in ${host} asks to unmute, and only the person's own press in ${guest} does`, async () => {
      await press(ben.page, "button", en["call.microphone-on"])
      await reads(ada.page, en["tile.muted"])
      await choose(ada.page, menuOf("Ben"), en["doings.act.ask-unmute"])
      await reads(ben.page, en["doings.unmute-asked"].replace("{name}", "Ada"))
      expect(await isMuted(ben)).toBe(true)
      await press(ben.page, "button", en["doings.unmute"])
      await find(ben.page, "button", en["call.microphone-on"])
    })

    test(`L21: somebody is large for oneself, and for everyone by a host's word, from ${host} to ${guest}`, async () => {
      await choose(ada.page, menuOf("Ben"), en["stage.pin"])
      await find(ada.page, "image", en["stage.is-pinned"])
      await choose(ada.page, menuOf("Ben"), en["stage.spotlight"])
      await reads(ben.page, en["stage.self-spotlit"])
    })

    test(`L37: the numbers of a call in ${guest}: media by UDP, and no frame refused`, async () => {
      await choose(ben.page, en["doings.more"], en["doings.statistics"])
      await reads(ben.page, en["statistics.way.udp"])
      await reads(ben.page, en["statistics.everyone"])
      expect((await ben.facts()).counts.outsideWindow).toBe(0)
    })

    test(`L56: another language in ${guest} is spoken at once, and after a reload`, async () => {
      await choose(ben.page, en["doings.more"], en["doings.settings"])
      await press(ben.page, "tab", en["settings.page.view"])
      await (await find(ben.page, "combobox", en["settings.language"])).select("fr")
      await until(() => ben.page.evaluate(() => document.documentElement.lang === "fr"), { for: "French" })
      await ben.page.reload()
      await inCall(ben.page, "Ben")
      await find(ben.page, "button", fr["call.leave"])
    })

    test(`L33, D8.30: a host in ${host} ends the call for everyone, and who was in it reads who did`, async () => {
      await press(ada.page, "button", en["call.leave"])
      await press(ada.page, "button", en["doings.end-all"])
      await reads(ben.page, fr["doings.ended-by"].replace("{name}", "Ada"))
    })
  })
}

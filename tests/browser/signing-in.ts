/** Signs in at the organisation's provider as people do: the button in the lobby, then the provider's own window. */

import type { Page } from "puppeteer-core"
import { en } from "../../apps/web/src/i18n/en.ts"
import type { TestProvider } from "../identity/provider.ts"
import { press, reads } from "./person.ts"
import { until } from "./until.ts"

/** Lets the provider vouch for whoever is in this lobby; it calls the account `ada` Ada. */
export async function signIn(page: Page, provider: TestProvider, login: string): Promise<void> {
  await press(page, "button", en["lobby.sign-in"])
  const popUp = await windowOf(page, provider)
  await popUp.waitForSelector("[name=login]")
  await popUp.type("[name=login]", login)
  await popUp.type("[name=password]", "any")
  await Promise.all([popUp.waitForNavigation({ waitUntil: "domcontentloaded" }), popUp.click("[type=submit]")])
  await popUp.waitForSelector("[name=prompt][value=consent]")
  // The window may be gone before the click is answered.
  await popUp.click("[type=submit]").catch(() => undefined)
  await until(() => popUp.isClosed(), { for: "the provider's window to close" })
  await reads(page, en["level.organisation"])
}

function windowOf(page: Page, { issuer }: TestProvider): Promise<Page> {
  return until(async () => (await page.browserContext().pages()).find((one) => one.url().startsWith(issuer)), {
    for: "the provider's window",
  })
}

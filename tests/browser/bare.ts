/** Drives the bare call page from the test's side. */

import { fileURLToPath } from "node:url"
import type { Page } from "puppeteer-core"
import type { BareCall } from "./bare-call/page.ts"
import type { Running } from "./browsers.ts"
import { servePages, type Pages } from "./pages.ts"
import { placeWitness } from "./witness.ts"

export const serveBareCalls = (): Promise<Pages> => servePages(fileURLToPath(new URL("bare-call", import.meta.url)))

/** Opens the page in a context of its own and joins the call. */
export async function joinBareCall(running: Running, pages: Pages, call: BareCall): Promise<Page> {
  const context = await running.browser.createBrowserContext()
  const page = await context.newPage()
  await placeWitness(page)
  await page.goto(pages.origin)
  await page.evaluate(
    (wanted: BareCall) => (globalThis as unknown as { joinBareCall(c: BareCall): Promise<void> }).joinBareCall(wanted),
    call,
  )
  return page
}

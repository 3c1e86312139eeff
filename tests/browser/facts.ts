/** What a page of the product says about itself: `window.__conclave.facts()`, read-only and without secrets, in every build. */

import type { Page } from "puppeteer-core"
import type { Facts } from "../../apps/web/src/session/facts.ts"

export type { Facts }

/** The facts now; undefined while the page has none. */
export async function factsOf(page: Page): Promise<Facts | undefined> {
  const text = await page.evaluate(async () => JSON.stringify((await globalThis.__conclave?.facts()) ?? null))
  return (JSON.parse(text) as Facts | null) ?? undefined
}

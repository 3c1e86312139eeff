/** The stage as people come, and as pictures are let go and asked for again: nothing jumps, and nothing stays black. */

import { setTimeout as pause } from "node:timers/promises"
import { afterAll, expect, test } from "vitest"
import { en } from "../../apps/web/src/i18n/en.ts"
import { gatheringIn, houseOfFile } from "../browser/gathering.ts"
import { agree, allSeeAndHear } from "../browser/meeting.ts"
import { press, type Person } from "../browser/person.ts"
import { until } from "../browser/until.ts"

const { people, starts, joins } = gatheringIn(houseOfFile(), afterAll)

/** Adds up how far things of this page jump (the browser's layout shift score) from now on. Chromium only. */
async function watchShifts({ page }: Person): Promise<() => Promise<number>> {
  const sum = await page.evaluateHandle(() => {
    const found = { sum: 0, what: "" }
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        found.sum += (entry as PerformanceEntry & { value: number }).value
        found.what += ` ${JSON.stringify(entry)}`
      }
    }).observe({ type: "layout-shift" })
    return found
  })
  return async () => (await sum.jsonValue()).sum
}

test("L26: whoever comes shifts nothing on the page of who is there", async () => {
  const ada = await starts("Ada")
  const shifts = await watchShifts(ada)
  await joins(ada.link(), "Ben", "firefox")
  await joins(ada.link(), "Cleo")
  await agree(people)
  await allSeeAndHear(people)
  // Browsers call 0.1 good. What is left, 0.0005 on a quiet machine, is the glide itself: of one that is drawn with few pictures more counts.
  expect(await shifts()).toBeLessThan(0.05)
})

/** Chooses an entry of the strip's menu of more. */
async function choose({ page }: Person, entry: "doings.audio-only" | "doings.audio-only-end"): Promise<void> {
  await press(page, "button", en["doings.more"])
  await press(page, "menuitem", en[entry])
}

/** Pictures decoded of everybody else so far. */
async function picturesOf(person: Person): Promise<number> {
  const { tiles } = await person.facts()
  return tiles
    .filter(({ kind, name }) => kind === "camera" && name !== person.name)
    .reduce((sum, { framesDecoded }) => sum + framesDecoded, 0)
}

/** Whether a tile shows its person without a picture. */
const isOff = ({ page }: Person, name: string): Promise<boolean> =>
  page.evaluate((wanted) => {
    const tiles = [...document.querySelectorAll("figure.tile")]
    const tile = tiles.find((one) => one.querySelector("figcaption .name")?.textContent.trim() === wanted)
    return tile?.querySelector("video") === null
  }, name)

test("D23.14, D23.15: who wants sound only fetches no picture and sends none; back again, every picture moves under its own name", async () => {
  const [ada, ben, cleo] = people as [Person, Person, Person]
  for (const one of [ada, ben]) await choose(one, "doings.audio-only")
  for (const one of [ada, ben]) {
    // Let go two seconds after the wish (D23.15); what was decoded by then no longer grows.
    await until(
      async () => {
        const before = await picturesOf(one)
        await pause(1_000)
        return (await picturesOf(one)) === before
      },
      { for: `no more pictures to come to ${one.name}` },
    )
  }
  await until(async () => (await isOff(cleo, "Ada")) && (await isOff(cleo, "Ben")), { for: "Cleo to see initials" })
  expect((await cleo.facts()).members).toHaveLength(3)
  for (const one of [ada, ben]) await choose(one, "doings.audio-only-end")
  await allSeeAndHear(people)
})

/** The room's password at the door, in real browsers (D18): right, wrong, five times wrong, and after a reload. */

import { expect, test } from "vitest"
import type { Page } from "puppeteer-core"
import { en } from "../../apps/web/src/i18n/en.ts"
import { factsOf } from "../browser/facts.ts"
import { gatheringIn, houseOfFile, type Where } from "../browser/gathering.ts"
import { answerDoor, filled, findPassword, givePassword, setPassword } from "../browser/hosting.ts"
import { keptBy } from "../browser/kept.ts"
import { agree } from "../browser/meeting.ts"
import { inCall, reads, type Person } from "../browser/person.ts"
import { hunt, textCanary } from "../leaks/canaries.ts"

const [right, wrong] = ["open sesame 417", "open barley 417"]

const { people, starts, knocks, comesIn } = gatheringIn(houseOfFile())

/** Ada's room, which has a password. */
async function behindPassword(where?: Where): Promise<Person> {
  const ada = await starts("Ada", where)
  await setPassword(ada, right)
  return ada
}

/** Somebody with the link, who is asked. */
async function asked(link: string, name: string, where?: Where): Promise<Page> {
  const page = await knocks(link, name, where)
  await findPassword(page, en["password.label"])
  return page
}

test.each<readonly [Where, Where]>([
  ["firefox", "lightChromium"],
  ["lightChromium", "firefox"],
])(
  "D18.6, D18.8: who has the link alone gets nothing; a wrong password is told; the right one lets in (%s asks %s)",
  async (host, newcomer) => {
    const ada = await behindPassword(host)
    const page = await asked(ada.link(), "Ben", newcomer)
    expect(await factsOf(page)).toMatchObject({ members: [], words: [], tiles: [] })
    await givePassword(page, wrong)
    await reads(page, en["password.wrong"])
    expect((await ada.facts()).members).toHaveLength(1)
    await givePassword(page, right)
    await comesIn(page, "Ben")
    await agree(people)
  },
)

test("D18.10: after a reload nobody is asked again, and no text is kept", async () => {
  const ada = await behindPassword()
  const page = await asked(ada.link(), "Ben", "firefox")
  await givePassword(page, right)
  await comesIn(page, "Ben")
  await agree(people)
  await page.reload()
  await inCall(page, "Ben")
  await agree(people)
  for (const one of [page, ada.page]) expect(hunt([textCanary("password", right)], await keptBy(one))).toEqual([])
})

test("D18.7: after five wrong passwords even the right one waits for the host", async () => {
  const ada = await behindPassword()
  const eve = await asked(ada.link(), "Eve")
  for (let guess = 0; guess < 5; guess++) {
    await givePassword(eve, `${wrong} ${String(guess)}`)
    await reads(eve, en["password.wrong"])
  }
  // The last guess counts when its time is up, or when she tries again.
  await givePassword(eve, right)
  await reads(eve, en["waiting.door"])
  await reads(ada.page, filled(en["door.at"], { name: "Eve" }))
  expect((await ada.facts()).members).toHaveLength(1)
  await answerDoor(ada, "Eve", "let-in")
  await comesIn(eve, "Eve")
  await agree(people)
})

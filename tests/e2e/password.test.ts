/** The room's password at the door, in real browsers (D18): right, wrong, five times wrong, and after a reload. */

import { afterAll, afterEach, beforeAll, expect, test } from "vitest"
import type { Page } from "puppeteer-core"
import { en } from "../../apps/web/src/i18n/en.ts"
import { factsOf } from "../browser/facts.ts"
import { answerDoor, filled, givePassword, setPassword } from "../browser/hosting.ts"
import { openHouse, type House } from "../browser/house.ts"
import { agree } from "../browser/meeting.ts"
import { find, inCall, openPage, passLobby, personOn, reads, startMeeting, type Person } from "../browser/person.ts"

const [right, wrong] = ["open sesame 417", "open barley 417"]

let house: House
let people: Person[] = []
let pages: Page[] = []

beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())
afterEach(async () => {
  await Promise.all(
    pages.map((page) =>
      page
        .browserContext()
        .close()
        .catch(() => undefined),
    ),
  )
  await house.empty(people)
  people = []
  pages = []
})

/** Ada's room, which has a password. */
async function behindPassword(): Promise<Person> {
  const ada = await startMeeting(await house.lightChromium(), house.server.origin, { name: "Ada" })
  people.push(ada)
  await setPassword(ada, right)
  return ada
}

/** Somebody with the link, who is asked. */
async function asked(link: string, name: string): Promise<Page> {
  const page = await openPage(await house.lightChromium())
  pages.push(page)
  await page.goto(link)
  await passLobby(page, name)
  await find(page, "textbox", en["password.label"])
  return page
}

async function comesIn(page: Page, name: string): Promise<void> {
  await inCall(page, name)
  people.push(personOn(await house.lightChromium(), page, name))
  await agree(people)
}

test("D18.6, D18.8: who has the link alone gets nothing; a wrong password is told; the right one lets in", async () => {
  const ada = await behindPassword()
  const page = await asked(ada.link(), "Ben")
  expect(await factsOf(page)).toMatchObject({ members: [], words: [], tiles: [] })
  await givePassword(page, wrong)
  await reads(page, en["password.wrong"])
  expect((await ada.facts()).members).toHaveLength(1)
  await givePassword(page, right)
  await comesIn(page, "Ben")
})

test("D18.10: after a reload nobody is asked again, and no text is kept", async () => {
  const ada = await behindPassword()
  const page = await asked(ada.link(), "Ben")
  await givePassword(page, right)
  await comesIn(page, "Ben")
  await page.reload()
  await inCall(page, "Ben")
  await agree(people)
  for (const one of [page, ada.page]) expect(await everythingKept(one)).not.toContain(right)
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
})

/** Every text in the page and in its storage. */
const everythingKept = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    const found: unknown[] = [document.documentElement.outerHTML, JSON.stringify(localStorage), JSON.stringify(sessionStorage)]
    for (const { name = "", version } of await indexedDB.databases()) {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open(name, version)
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error ?? new Error("no database"))
      })
      for (const store of database.objectStoreNames)
        found.push(
          await new Promise((resolve) => {
            const request = database.transaction(store).objectStore(store).getAll()
            request.onsuccess = () => resolve(request.result)
          }),
        )
      database.close()
    }
    return JSON.stringify(found)
  })

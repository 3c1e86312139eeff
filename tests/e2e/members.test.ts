/** Who is in the room is decided by its members: the door, the rules, roles and removal, in real browsers. */

import { afterAll, afterEach, beforeAll, expect, test } from "vitest"
import type { Page } from "puppeteer-core"
import { en } from "../../apps/web/src/i18n/en.ts"
import { factsOf } from "../browser/facts.ts"
import { actOn, answerDoor, filled, replaceLink, serverTold, setRule } from "../browser/hosting.ts"
import { openHouse, type House } from "../browser/house.ts"
import { agree, allSeeAndHear } from "../browser/meeting.ts"
import { inCall, joinMeeting, openPage, passLobby, personOn, press, reads, startMeeting, type Person } from "../browser/person.ts"
import { pictureOf } from "../browser/picture.ts"
import { until } from "../browser/until.ts"

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

async function starts(name: string): Promise<Person> {
  const person = await startMeeting(await house.lightChromium(), house.server.origin, { name })
  people.push(person)
  return person
}

async function joins(link: string, name: string): Promise<Person> {
  const person = await joinMeeting(await house.lightChromium(), link, { name })
  people.push(person)
  return person
}

/** Comes to the door and says a name; what happens then is the test's. */
async function knocks(link: string, name: string): Promise<Page> {
  const page = await openPage(await house.lightChromium())
  pages.push(page)
  await page.goto(link)
  await passLobby(page, name)
  return page
}

const rosterOf = async (person: Person): Promise<string> =>
  (await person.facts()).members
    .map(({ name }) => name)
    .toSorted()
    .join()

/** A knocker holds nothing: no group, no words, no way to the SFU. */
async function holdsNothing(page: Page): Promise<void> {
  const facts = await factsOf(page)
  expect(facts).toMatchObject({ members: [], words: [], tiles: [] })
  expect(facts?.sfu).not.toBe("connected")
}

test("D17.30: with a waiting room a newcomer waits with nothing in hand until a host lets it in", async () => {
  const ada = await starts("Ada")
  await setRule(ada, "waitingRoom", true)
  const page = await knocks(ada.link(), "Ben")
  await reads(page, en["waiting.door"])
  await reads(ada.page, filled(en["door.at"], { name: "Ben" }))
  await holdsNothing(page)
  await answerDoor(ada, "Ben", "let-in")
  await inCall(page, "Ben")
  people.push(personOn(await house.lightChromium(), page, "Ben"))
  await agree(people)
  await allSeeAndHear(people)
})

test("D17.27, D17.31: who is refused is told so, can ask again, and who is blocked cannot come in to this call", async () => {
  const ada = await starts("Ada")
  await setRule(ada, "waitingRoom", true)
  const page = await knocks(ada.link(), "Mallory")
  await reads(page, en["waiting.door"])
  await answerDoor(ada, "Mallory", "refuse")
  await reads(page, en["state.turned-away"])
  await press(page, "button", en["action.ask-to-come-in"])
  await reads(page, en["waiting.door"])
  await answerDoor(ada, "Mallory", "block")
  await reads(page, en["state.blocked"])
  await holdsNothing(page)
  expect(await rosterOf(ada)).toBe("Ada")
})

test("D8.11: a locked room lets nobody new in, and lets back in who was there", async () => {
  const ada = await starts("Ada")
  const ben = await joins(ada.link(), "Ben")
  await agree(people)
  const told = serverTold(ada)
  await setRule(ada, "isLocked", true)
  await told
  const page = await knocks(ada.link(), "Cleo")
  await reads(page, en["state.room-locked"])
  await holdsNothing(page)
  await ben.page.reload()
  await inCall(ben.page, "Ben")
  await agree(people)
  await setRule(ada, "isLocked", false)
  await joins(ada.link(), "Dina")
  await agree(people)
})

test("D8.14: who is removed sees and hears nothing more, is told by whom, and cannot come back to this call", async () => {
  const ada = await starts("Ada")
  const ben = await joins(ada.link(), "Ben")
  const cleo = await joins(ada.link(), "Cleo")
  const before = await agree(people)
  await actOn(ada, "Ben", "remove")
  await press(ada.page, "button", en["people.remove"])
  await until(async () => (await rosterOf(cleo)) === "Ada,Cleo", { for: "Cleo to see Ben gone" })
  await until(async () => (await factsOf(ben.page))?.phase === "removed", { for: "Ben to be told" })
  await reads(ben.page, "Ada")
  await until(async () => (await pictureOf(cleo.page, "Ben")) === undefined, { for: "Ben's picture to go" })
  expect((await cleo.facts()).words.join(" ")).not.toBe(before)
  await ben.page.goto(ada.link())
  await ben.page.reload()
  await passLobby(ben.page, "Ben again")
  await reads(ben.page, en["state.blocked"])
  expect(await rosterOf(ada)).toBe("Ada,Cleo")
})

test("D3.10.2, D3.11, D4.15.1: a replaced link says so, the new one opens the room, and nobody inside notices", async () => {
  const ada = await starts("Ada")
  const ben = await joins(ada.link(), "Ben")
  await agree(people)
  const old = ada.link()
  const fresh = await replaceLink(ada)
  await until(() => ben.link() === fresh, { for: "Ben's address to hold the new link" })
  const page = await knocks(old, "Mallory")
  await reads(page, en["state.link-replaced"])
  await joins(fresh, "Cleo")
  await agree(people)
  await ben.page.reload()
  await inCall(ben.page, "Ben")
  await agree(people)
  await allSeeAndHear(people)
})

test("D4, D4.13: a host hands over, steps down, and the new host lets people in", async () => {
  const ada = await starts("Ada")
  const ben = await joins(ada.link(), "Ben")
  await agree(people)
  await actOn(ada, "Ben", "make-host")
  await until(async () => (await ben.facts()).role === "host", { for: "Ben to be host" })
  await actOn(ben, "Ada", "make-member")
  await until(async () => (await ada.facts()).role === "member", { for: "Ada to be a member" })
  await setRule(ben, "waitingRoom", true)
  const page = await knocks(ben.link(), "Cleo")
  await reads(ben.page, filled(en["door.at"], { name: "Cleo" }))
  expect(await ada.page.evaluate((text) => document.body.innerText.includes(text), filled(en["door.at"], { name: "Cleo" }))).toBe(false)
  await answerDoor(ben, "Cleo", "let-in")
  await inCall(page, "Cleo")
  people.push(personOn(await house.lightChromium(), page, "Cleo"))
  await agree(people)
})

test("D4.13.1: a listener sends nothing, whatever its page would send", async () => {
  const ada = await starts("Ada")
  const ben = await joins(ada.link(), "Ben")
  await allSeeAndHear(people)
  await actOn(ada, "Ben", "make-listener")
  await until(async () => (await ben.facts()).role === "listener", { for: "Ben to be a listener" })
  await until(async () => (await pictureOf(ada.page, "Ben")) === undefined, { for: "Ben's picture to go" })
})

test("D5.1: nobody inherits but who was named, and the named one takes over when no host is there", async () => {
  const ada = await starts("Ada")
  const ben = await joins(ada.link(), "Ben")
  const cleo = await joins(ada.link(), "Cleo")
  await agree(people)
  await actOn(ada, "Ben", "name-successor")
  await until(async () => (await ben.facts()).isSuccessor, { for: "Ben to be named" })
  await ada.leave()
  people = [ben, cleo]
  await agree(people)
  expect(await cleo.page.evaluate((text) => document.body.innerText.includes(text), en["people.take-over"])).toBe(false)
  await press(ben.page, "button", en["call.people-button"])
  await press(ben.page, "button", en["people.take-over"])
  await until(async () => (await ben.facts()).role === "host", { for: "Ben to be host" })
  await setRule(ben, "isLocked", true)
  await ada.vanish()
})

test("D4.14: without a host nobody begins where hosts begin, and the call begins by itself when one comes", async () => {
  const ada = await starts("Ada")
  await setRule(ada, "joinBeforeHost", false)
  const link = ada.link()
  await ada.leave()
  await reads(ada.page, en["state.left"])
  const page = await knocks(link, "Ben")
  await reads(page, en["waiting.host"])
  await holdsNothing(page)
  await press(ada.page, "button", en["action.rejoin"])
  await passLobby(ada.page, "Ada")
  await inCall(page, "Ben")
  people.push(personOn(await house.lightChromium(), page, "Ben"))
  await agree(people)
})

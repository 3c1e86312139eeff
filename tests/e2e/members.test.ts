/** Who is in the room is decided by its members: the door, the rules, roles and removal, in real browsers. */

import { afterAll, beforeAll, describe, expect, test } from "vitest"
import type { Page } from "puppeteer-core"
import { en } from "../../apps/web/src/i18n/en.ts"
import { factsOf } from "../browser/facts.ts"
import { gatheringIn, houseOfFile } from "../browser/gathering.ts"
import { actOn, answerDoor, filled, replaceLink, serverTold, setRule } from "../browser/hosting.ts"
import { agree, allSeeAndHear, hasRole, namesIn } from "../browser/meeting.ts"
import { inCall, passLobby, press, reads, type Person } from "../browser/person.ts"
import { pictureOf } from "../browser/picture.ts"
import { until } from "../browser/until.ts"

const house = houseOfFile()
const { people, starts, joins, knocks, comesIn, without } = gatheringIn(house)

/** A knocker holds nothing: no group, no words, no way to the SFU. */
async function holdsNothing(page: Page): Promise<void> {
  const facts = await factsOf(page)
  expect(facts).toMatchObject({ members: [], words: [], tiles: [] })
  expect(facts?.sfu).not.toBe("connected")
}

describe("in front of a waiting room", () => {
  const inside = gatheringIn(house, afterAll)
  let ada: Person
  beforeAll(async () => {
    ada = await inside.starts("Ada")
    await setRule(ada, "waitingRoom", true)
  })

  test("D17.30: with a waiting room a newcomer waits with nothing in hand until a host lets it in", async () => {
    const page = await knocks(ada.link(), "Ben", "firefox")
    await reads(page, en["waiting.door"])
    await reads(ada.page, filled(en["door.at"], { name: "Ben" }))
    await holdsNothing(page)
    await answerDoor(ada, "Ben", "let-in")
    const ben = await comesIn(page, "Ben")
    await agree([ada, ben])
    await allSeeAndHear([ada, ben])
    await ben.leave()
    await until(async () => (await namesIn(ada)) === "Ada", { for: "Ada to be alone again" })
  })

  test("D17.27, D17.31: who is refused is told so, can ask again, and who is blocked cannot come in to this call", async () => {
    const page = await knocks(ada.link(), "Mallory")
    await reads(page, en["waiting.door"])
    await answerDoor(ada, "Mallory", "refuse")
    await reads(page, en["state.turned-away"])
    await press(page, "button", en["action.ask-to-come-in"])
    await reads(page, en["waiting.door"])
    await answerDoor(ada, "Mallory", "block")
    await reads(page, en["state.blocked"])
    await holdsNothing(page)
    expect(await namesIn(ada)).toBe("Ada")
  })
})

describe("in a room where Ada and Ben are", () => {
  const inside = gatheringIn(house, afterAll)
  let ada: Person
  let ben: Person
  beforeAll(async () => {
    ada = await inside.starts("Ada")
    ben = await inside.joins(ada.link(), "Ben")
    await agree([ada, ben])
  })

  test("D8.11: a locked room lets nobody new in, and lets back in who was there", async () => {
    const told = serverTold(ada)
    await setRule(ada, "isLocked", true)
    await told
    const page = await knocks(ada.link(), "Cleo")
    await reads(page, en["state.room-locked"])
    await holdsNothing(page)
    await ben.page.reload()
    await inCall(ben.page, "Ben")
    await agree([ada, ben])
    await setRule(ada, "isLocked", false)
    const dina = await joins(ada.link(), "Dina")
    await agree([ada, ben, dina])
    await dina.leave()
    await agree([ada, ben])
  })

  test("D3.10.2, D3.11, D4.15.1: a replaced link says so, the new one opens the room, and nobody inside notices", async () => {
    const old = ada.link()
    const fresh = await replaceLink(ada)
    await until(() => ben.link() === fresh, { for: "Ben's address to hold the new link" })
    const page = await knocks(old, "Mallory")
    await reads(page, en["state.link-replaced"])
    const three = [ada, ben, await joins(fresh, "Cleo")]
    await agree(three)
    await ben.page.reload()
    await inCall(ben.page, "Ben")
    await agree(three)
    await allSeeAndHear(three)
    await three[2]?.leave()
    await agree([ada, ben])
  })

  test("D4.13.1: a listener sends nothing, whatever its page would send", async () => {
    await allSeeAndHear([ada, ben])
    await actOn(ada, "Ben", "make-listener")
    await hasRole(ben, "listener")
    await until(async () => (await pictureOf(ada.page, "Ben")) === undefined, { for: "Ben's picture to go" })
  })
})

test("D8.14: who is removed sees and hears nothing more, is told by whom, and cannot come back to this call", async () => {
  const ada = await starts("Ada")
  const ben = await joins(ada.link(), "Ben")
  const cleo = await joins(ada.link(), "Cleo")
  const before = await agree(people)
  await actOn(ada, "Ben", "remove")
  await press(ada.page, "button", en["people.remove"])
  await until(async () => (await namesIn(cleo)) === "Ada,Cleo", { for: "Cleo to see Ben gone" })
  await until(async () => (await factsOf(ben.page))?.phase === "removed", { for: "Ben to be told" })
  await reads(ben.page, "Ada")
  await until(async () => (await pictureOf(cleo.page, "Ben")) === undefined, { for: "Ben's picture to go" })
  expect((await cleo.facts()).words.join(" ")).not.toBe(before)
  await ben.page.goto(ada.link())
  await ben.page.reload()
  await passLobby(ben.page, "Ben again")
  await reads(ben.page, en["state.blocked"])
  expect(await namesIn(ada)).toBe("Ada,Cleo")
})

test("D4, D4.13: a host hands over, steps down, and the new host lets people in", async () => {
  const ada = await starts("Ada")
  const ben = await joins(ada.link(), "Ben")
  await agree(people)
  await actOn(ada, "Ben", "make-host")
  await hasRole(ben, "host")
  await actOn(ben, "Ada", "make-member")
  await hasRole(ada, "member")
  await setRule(ben, "waitingRoom", true)
  const page = await knocks(ben.link(), "Cleo")
  await reads(ben.page, filled(en["door.at"], { name: "Cleo" }))
  expect(await ada.page.evaluate((text) => document.body.innerText.includes(text), filled(en["door.at"], { name: "Cleo" }))).toBe(false)
  await answerDoor(ben, "Cleo", "let-in")
  await comesIn(page, "Cleo")
  await agree(people)
})

test("D5.1: nobody inherits but who was named, and the named one takes over when no host is there", async () => {
  const ada = await starts("Ada")
  const ben = await joins(ada.link(), "Ben")
  const cleo = await joins(ada.link(), "Cleo")
  await agree(people)
  await actOn(ada, "Ben", "name-successor")
  await until(async () => (await ben.facts()).isSuccessor, { for: "Ben to be named" })
  await ada.leave()
  await agree(without(ada))
  expect(await cleo.page.evaluate((text) => document.body.innerText.includes(text), en["people.take-over"])).toBe(false)
  await press(ben.page, "button", en["call.people-button"])
  await press(ben.page, "button", en["people.take-over"])
  await hasRole(ben, "host")
  await setRule(ben, "isLocked", true)
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
  await comesIn(page, "Ben")
  await agree(people)
})

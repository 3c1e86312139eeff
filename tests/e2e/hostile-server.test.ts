/** A server that lies to real pages: it admits nobody, promotes nobody, shows nobody twice, and what it withholds is seen. */

import { mkdirSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import type { Page } from "puppeteer-core"
import { en } from "../../apps/web/src/i18n/en.ts"
import { factsOf } from "../browser/facts.ts"
import { actOn, answerDoor, setRule } from "../browser/hosting.ts"
import { openHouse, type House } from "../browser/house.ts"
import { heardOf, setManner, tell, withLyingWire } from "../browser/lying-wire.ts"
import { agree } from "../browser/meeting.ts"
import { inCall, joinMeeting, openPage, passLobby, personOn, reads, startMeeting, type Person } from "../browser/person.ts"
import { until } from "../browser/until.ts"

const screenshots = join(import.meta.dirname, "../../.reports/screenshots")

let house: House

beforeAll(async () => {
  house = await openHouse()
  mkdirSync(screenshots, { recursive: true })
})
afterAll(() => house.close())

/** A call of one test: whoever comes is lied to when the test wants it. */
interface Call {
  readonly people: Person[]
  readonly starts: (name: string) => Promise<Person>
  readonly joins: (link: string, name: string) => Promise<Person>
}

/** A test with a call of its own, which ends with it: two of them can be played side by side. */
const inACall = (play: (call: Call) => Promise<void>) => async (): Promise<void> => {
  const people: Person[] = []
  const comes = async (coming: Promise<Person>): Promise<Person> => {
    const person = await coming
    people.push(person)
    return person
  }
  const prepare = withLyingWire
  try {
    await play({
      people,
      starts: async (name) => comes(startMeeting(await house.lightChromium(), house.server.origin, { name, prepare })),
      joins: async (link, name) => comes(joinMeeting(await house.lightChromium(), link, { name, prepare })),
    })
  } finally {
    await house.empty(people)
  }
}

/** Lets somebody in as often as it knocks; ends when nobody has for half a minute. */
async function answersWhoever(host: Person, name: string): Promise<never> {
  for (;;) await answerDoor(host, name, "let-in")
}

const namesOf = async (person: Person): Promise<string> =>
  (await person.facts()).members
    .map(({ name }) => name)
    .toSorted()
    .join()

const photograph = (page: Page, name: string) => page.screenshot({ path: `${join(screenshots, `live-${name}`)}.png` })

/** Each has a call of its own, and most of it is waiting: some are played side by side, the longest first. */
describe.concurrent("a server that lies and withholds", () => {
  test(
    "A1.05, D13: whom the server keeps everything from stops sending, and says so",
    inACall(async ({ people, starts, joins }) => {
      const ada = await starts("Ada")
      const bob = await joins(ada.link(), "Bob")
      await agree(people)
      await setManner(bob.page, "silent")
      await until(async () => (await bob.facts()).isPaused, { for: "Bob to stop sending", ms: 60_000 })
      await reads(bob.page, en["state.cut-off"])
      await photograph(bob.page, "withheld")
    }),
  )

  test(
    "A1.08: two histories of one call stop everybody, and the screen says what happened",
    inACall(async ({ people, starts, joins }) => {
      const ada = await starts("Ada")
      const bob = await joins(ada.link(), "Bob")
      const cleo = await joins(ada.link(), "Cleo")
      await agree(people)
      await actOn(ada, "Bob", "make-host")
      await until(async () => (await bob.facts()).role === "host", { for: "Bob to be host" })
      await setManner(bob.page, "alone")
      await setRule(bob, "isLocked", true)
      await setRule(ada, "waitingRoom", true)
      await Promise.all(
        [ada, bob, cleo].map(async (person) => {
          await until(async () => (await person.facts()).isPaused, { for: `${person.name} to stop sending`, ms: 60_000 })
          await reads(person.page, en["state.fork"])
          await photograph(person.page, `fork-${person.name}`)
        }),
      )
    }),
  )

  test(
    "A1.02: a knock said again, and one with another's key package, puts no second Bob on the screen",
    inACall(async ({ people, starts, joins }) => {
      const ada = await starts("Ada")
      const bob = await joins(ada.link(), "Bob")
      await agree(people)
      const [nominated] = await heardOf(ada.page, "nominated")
      const [knock] = (nominated?.["knocks"] ?? []) as Record<string, unknown>[]
      expect(knock).toBeDefined()
      await tell(ada.page, { type: "nominated", knocks: [knock] })
      await tell(ada.page, { type: "nominated", knocks: [{ ...knock, member: "B".repeat(21) + "A" }] })
      await tell(bob.page, { type: "nominated", knocks: [{ ...knock, member: "C".repeat(21) + "A" }] })
      await joins(ada.link(), "Cleo")
      await agree(people)
      for (const person of people) expect(await namesOf(person)).toBe("Ada,Bob,Cleo")
    }),
  )

  test(
    "A1.06, A1.13: commits said again and commits nobody made change nobody's roles, rules or roster",
    inACall(async ({ people, starts, joins }) => {
      const ada = await starts("Ada")
      const bob = await joins(ada.link(), "Bob")
      await agree(people)
      await actOn(ada, "Bob", "make-co-host")
      await until(async () => (await bob.facts()).role === "co-host", { for: "Bob to be co-host" })
      const before = await bob.facts()
      const told = (await heardOf(bob.page, "entries")).flatMap(({ entries }) => entries as Record<string, unknown>[])
      const commits = told.filter(({ type }) => type === "commit")
      expect(commits.length).toBeGreaterThan(0)
      for (const entry of commits) await tell(bob.page, { type: "entries", entries: [entry] })
      const next = Math.max(...told.map(({ seq }) => seq as number)) + 1
      await tell(bob.page, { type: "entries", entries: [{ ...commits.at(-1), seq: next, epoch: before.epoch }] })
      await setRule(ada, "isLocked", true)
      // The made-up entry has taken the true one's place: Bob cannot follow, the change is void, and whoever made it comes back.
      await agree(people)
      expect((await bob.facts()).members.map(({ name, role }) => `${name ?? ""} ${role ?? ""}`).toSorted()).toEqual([
        "Ada host",
        "Bob co-host",
      ])
    }),
  )

  test(
    "A1.01: a Welcome made for another, said to who waits, lets nobody in",
    inACall(async ({ people, starts, joins }) => {
      const ada = await starts("Ada")
      const bob = await joins(ada.link(), "Bob")
      await agree(people)
      await setRule(ada, "waitingRoom", true)
      const page = await openPage(await house.lightChromium(), withLyingWire)
      await page.goto(ada.link())
      await passLobby(page, "Mallory")
      await reads(page, en["waiting.door"])
      const [welcome] = await heardOf(bob.page, "welcome")
      await tell(page, welcome ?? {})
      await until(async () => (await factsOf(page))?.words.length === 0, { for: "Mallory to hold no key" })
      expect(await namesOf(ada)).toBe("Ada,Bob")
      await reads(page, en["waiting.door"])
      // The lie may make its page knock anew, and the host is asked once more.
      const answering = answersWhoever(ada, "Mallory")
      answering.catch(() => undefined)
      await Promise.race([inCall(page, "Mallory"), answering])
      people.push(personOn(await house.lightChromium(), page, "Mallory"))
      await agree(people)
    }),
  )

  test(
    "A1.09: an old policy shown to a newcomer gives nobody a role back",
    inACall(async ({ people, starts, joins }) => {
      const ada = await starts("Ada")
      const bob = await joins(ada.link(), "Bob")
      await agree(people)
      const [old] = await heardOf(bob.page, "room")
      await actOn(ada, "Bob", "make-host")
      await until(async () => (await bob.facts()).role === "host", { for: "Bob to be host" })
      await actOn(bob, "Ada", "make-member")
      await until(async () => (await ada.facts()).role === "member", { for: "Ada to be a member" })
      const shelf = old?.["shelf"]
      expect(shelf).toBeDefined()
      // Told right after the true one: a client goes back to no older policy.
      const cleo = await joins(ada.link(), "Cleo")
      const [room] = await heardOf(cleo.page, "room")
      await tell(cleo.page, { ...room, shelf })
      await agree(people)
      expect((await cleo.facts()).members.map(({ name, role }) => `${name ?? ""} ${role ?? ""}`).toSorted()).toEqual([
        "Ada member",
        "Bob host",
        "Cleo member",
      ])
    }),
  )
})

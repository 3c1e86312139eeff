/** One house for the tests of a file, and the people who come to it: each goes when the test, or the block, that it came for is over. */

import type { Page } from "puppeteer-core"
import { afterAll, afterEach, beforeAll } from "vitest"
import type { Running } from "./browsers.ts"
import { openHouse, type House } from "./house.ts"
import { inCall, openPage, passLobby, personOn, type Coming, type Person } from "./person.ts"

/** Which of the house's browsers; the light one where nothing else is said. */
export type Where = "chromium" | "firefox" | "lightChromium"

export interface Gathering {
  /** Everybody who came into the call and has not gone. */
  readonly people: readonly Person[]
  /** Makes a meeting and goes in. */
  readonly starts: (name: string, where?: Where) => Promise<Person>
  /** Goes into a meeting by its link. */
  readonly joins: (link: string, name: string, where?: Where) => Promise<Person>
  /** Opens a page of somebody new; what happens then is the test's. */
  readonly visits: (url: string, where?: Where, prepare?: Coming["prepare"]) => Promise<Page>
  /** Comes to the door and says a name; what happens then is the test's. */
  readonly knocks: (link: string, name: string, where?: Where) => Promise<Page>
  /** Waits until who visited or knocked is in the call, and counts it among the people. */
  readonly comesIn: (page: Page, name: string) => Promise<Person>
  /** Counts somebody out who left or was sent away. Its page stays. */
  readonly without: (person: Person) => readonly Person[]
}

type HouseOptions = Parameters<typeof openHouse>[0]

/** Opens a house before the tests of this file and closes it after them. */
export function houseOfFile(options: () => HouseOptions | Promise<HouseOptions> = () => ({})): () => House {
  let opened: House | undefined
  beforeAll(async () => {
    opened = await openHouse(await options())
  })
  afterAll(() => opened?.close())
  return () => {
    if (opened === undefined) throw new Error("bug: the house is open while tests run")
    return opened
  }
}

/** People for each test on its own or, with `afterAll`, for all tests of the block in which this is called. */
export function gatheringIn(house: () => House, atTheEnd: typeof afterEach | typeof afterAll = afterEach): Gathering {
  const visitors = new Map<Page, Running>()
  const people: Person[] = []
  atTheEnd(async () => {
    const contexts = [...visitors.keys()].map((page) => page.browserContext())
    visitors.clear()
    people.length = 0
    await Promise.all(contexts.map((context) => context.close().catch(() => undefined)))
  })
  const visits: Gathering["visits"] = async (url, where = "lightChromium", prepare) => {
    const running = await house()[where]()
    const page = await openPage(running, prepare)
    visitors.set(page, running)
    await page.goto(url)
    return page
  }
  const knocks: Gathering["knocks"] = async (link, name, where) => {
    const page = await visits(link, where)
    await passLobby(page, name)
    return page
  }
  const comesIn: Gathering["comesIn"] = async (page, name) => {
    const running = visitors.get(page)
    if (running === undefined) throw new Error(`bug: ${name} is no visitor of this gathering`)
    await inCall(page, name)
    const person = personOn(running, page, name)
    people.push(person)
    return person
  }
  const joins: Gathering["joins"] = async (link, name, where) => comesIn(await knocks(link, name, where), name)
  return {
    people,
    visits,
    knocks,
    comesIn,
    joins,
    starts: (name, where) => joins(`${house().server.origin}/new`, name, where),
    without: (person) => {
      people.splice(people.indexOf(person), 1)
      return people
    },
  }
}

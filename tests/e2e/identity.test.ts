/** Who somebody is, by the word of a real provider that every browser checks for itself; the server is asked for nothing (D19, D21). */

import { afterAll, afterEach, beforeAll, expect, test } from "vitest"
import type { Page } from "puppeteer-core"
import { en } from "../../apps/web/src/i18n/en.ts"
import type { Running } from "../browser/browsers.ts"
import { openHouse, type House } from "../browser/house.ts"
import { inCall, openPage, passLobby, personOn, press, reads, type Person } from "../browser/person.ts"
import { signIn } from "../browser/signing-in.ts"
import { until } from "../browser/until.ts"
import { startProvider, type TestProvider } from "../identity/provider.ts"

let provider: TestProvider
let house: House
let people: Person[] = []

beforeAll(async () => {
  provider = await startProvider()
  house = await openHouse({ env: { CONCLAVE_OIDC: `${provider.issuer} ${provider.clientId}` } })
  provider.serve(house.server.origin)
})
afterAll(async () => {
  await house.close()
  await provider.stop()
})
afterEach(async () => {
  await house.empty(people)
  people = []
})

interface Coming {
  readonly running: Running
  /** A new room when absent. */
  readonly link?: string
  /** The account to sign in with; a guest when absent. */
  readonly login?: string
  readonly name?: string
}

/** Goes into the call, vouched for or not. */
async function comes({ running, link, login, name = "Ada" }: Coming): Promise<Person> {
  const page = await openPage(running)
  await page.goto(link ?? `${house.server.origin}/new`)
  if (login !== undefined) await signIn(page, provider, login)
  await passLobby(page, name)
  const person = personOn(running, page, name)
  people.push(person)
  await inCall(page, name)
  return person
}

type Seen = { readonly name: string | undefined; readonly level: string | undefined }

/** Waits until this person's own device says this of everybody. */
async function sees(person: Person, wanted: readonly Seen[]): Promise<void> {
  const sorted = (all: readonly Seen[]): string =>
    JSON.stringify(all.map(({ name, level }) => `${String(name)}: ${String(level)}`).toSorted())
  await until(async () => sorted((await person.facts()).members) === sorted(wanted), { for: `${person.name} to see ${sorted(wanted)}` })
}

test.each(["chromium", "firefox"] as const)("D19: %s signs in with a real provider, and everyone in the call checks it", async (kind) => {
  const ada = await comes({ running: await house[kind](), login: "ada" })
  const ben = await comes({ running: await house.chromium(), link: ada.link(), name: "Ben" })
  const all: Seen[] = [
    { name: "Ada", level: "organisation" },
    { name: "Ben", level: "guest" },
  ]
  await sees(ben, all)
  await sees(ada, all)
  expect((await ben.facts()).members.find(({ name }) => name === "Ada")?.issuer).toBe(provider.issuer)
})

test("D21: a guest who takes the name of an account gets no badge, and is shown as a look-alike", async () => {
  const ada = await comes({ running: await house.chromium(), login: "ada" })
  const eve = await comes({ running: await house.chromium(), link: ada.link(), name: "\u0410da" })
  await sees(ada, [
    { name: "Ada", level: "organisation" },
    { name: "\u0410da", level: "guest" },
  ])
  expect(eve.page.url()).toBe(ada.link())
  await press(ada.page, "button", en["call.people-button"])
  await reads(ada.page, en["people.looks-like"].replace("{other}", "Ada"))
})

test("D21: a new device of an account announces itself to those who know the account", async () => {
  const ben = await comes({ running: await house.chromium(), name: "Ben" })
  const link = ben.link()
  await comes({ running: await house.chromium(), link, login: "ada" })
  await sees(ben, [
    { name: "Ada", level: "organisation" },
    { name: "Ben", level: "guest" },
  ])
  await comes({ running: await house.firefox(), link, login: "ada" })
  await reads(ben.page, en["news.new-device"].replace("{name}", "Ada"))
})

test("D19.10: the page connects to the provider of the server's settings and to nobody else", async () => {
  const page: Page = await openPage(await house.chromium())
  await page.goto(`${house.server.origin}/`)
  const reached = (url: string) =>
    page.evaluate(
      (at) =>
        fetch(at).then(
          () => true,
          () => false,
        ),
      url,
    )
  expect(await reached(`${provider.issuer}/.well-known/openid-configuration`)).toBe(true)
  const stranger = await startProvider()
  stranger.serve(house.server.origin)
  expect(await reached(`${stranger.issuer}/.well-known/openid-configuration`)).toBe(false)
  await stranger.stop()
  await page.browserContext().close()
})

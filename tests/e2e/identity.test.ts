/** Who somebody is, by the word of a real provider that every browser checks for itself; the server is asked for nothing (D19, D21). */

import { afterAll, beforeAll, expect, test } from "vitest"
import type { Page } from "puppeteer-core"
import { en } from "../../apps/web/src/i18n/en.ts"
import { gatheringIn, houseOfFile, type Where } from "../browser/gathering.ts"
import { filled } from "../browser/hosting.ts"
import { pairNumberOf, showSecurity } from "../browser/knowing.ts"
import { agree } from "../browser/meeting.ts"
import { find } from "../browser/find.ts"
import { inCall, openPage, passLobby, press, reads, type Person } from "../browser/person.ts"
import { signIn } from "../browser/signing-in.ts"
import { until } from "../browser/until.ts"
import { startProvider, type TestProvider } from "../identity/provider.ts"

let provider: TestProvider

const house = houseOfFile(async () => {
  provider = await startProvider()
  return { env: { CONCLAVE_OIDC: `${provider.issuer} ${provider.clientId}` } }
})
beforeAll(() => {
  provider.serve(house().server.origin)
})
afterAll(() => provider.stop())
const { people, starts, joins, visits, comesIn, without } = gatheringIn(house)

interface Coming {
  /** A new room when absent. */
  readonly link?: string
  /** The account to sign in with. */
  readonly login: string
  readonly where?: Where
}

/** Goes into the call as Ada, whom the organisation vouches for. */
async function comesAsAda({ link, login, where }: Coming): Promise<Person> {
  const page = await visits(link ?? `${house().server.origin}/new`, where)
  await signIn(page, provider, login)
  await passLobby(page, "Ada")
  return comesIn(page, "Ada")
}

type Seen = { readonly name: string | undefined; readonly level: string | undefined }

/** Waits until this person's own device says this of everybody. */
async function sees(person: Person, wanted: readonly Seen[]): Promise<void> {
  const sorted = (all: readonly Seen[]): string =>
    JSON.stringify(all.map(({ name, level }) => `${String(name)}: ${String(level)}`).toSorted())
  await until(async () => sorted((await person.facts()).members) === sorted(wanted), { for: `${person.name} to see ${sorted(wanted)}` })
}

test.each(["chromium", "firefox"] as const)("D19: %s signs in with a real provider, and everyone in the call checks it", async (kind) => {
  const ada = await comesAsAda({ login: "ada", where: kind })
  const ben = await joins(ada.link(), "Ben")
  const all: Seen[] = [
    { name: "Ada", level: "organisation" },
    { name: "Ben", level: "guest" },
  ]
  await sees(ben, all)
  await sees(ada, all)
  expect((await ben.facts()).members.find(({ name }) => name === "Ada")?.issuer).toBe(provider.issuer)
})

test("D21: a guest who takes the name of an account gets no badge, and is shown as a look-alike", async () => {
  const ada = await comesAsAda({ login: "ada" })
  const eve = await joins(ada.link(), "\u0410da")
  await sees(ada, [
    { name: "Ada", level: "organisation" },
    { name: "\u0410da", level: "guest" },
  ])
  expect(eve.page.url()).toBe(ada.link())
  await press(ada.page, "button", en["call.people-button"])
  await reads(ada.page, filled(en["people.looks-like"], { other: "Ada" }))
})

test("D21: a new device of an account announces itself to those who know the account", async () => {
  const ben = await starts("Ben")
  const [guest, ada]: readonly [Seen, Seen] = [
    { name: "Ben", level: "guest" },
    { name: "Ada", level: "organisation" },
  ]
  await comesAsAda({ link: ben.link(), login: "ada" })
  await sees(ben, [guest, ada])
  await comesAsAda({ link: ben.link(), login: "ada", where: "firefox" })
  await reads(ben.page, filled(en["news.new-device"], { name: "Ada" }))
})

test("D21.3, D15.10: after their numbers matched two devices know each other again, and another one is a changed key", async () => {
  const ben = await starts("Ben")
  const ada = await joins(ben.link(), "Ada")
  await agree(people)
  const [digits, theirs] = [await pairNumberOf(ben, "Ada"), await pairNumberOf(ada, "Ben")]
  expect(digits).toMatch(/^(\d{5}){12}$/)
  expect(theirs).toBe(digits)
  await press(ben.page, "button", en["person.verify"])
  await reads(ben.page, en["person.verified"])
  await ada.page.reload()
  await inCall(ada.page, "Ada")
  await agree(people)
  expect(await pairNumberOf(ben, "Ada")).toBe(digits)
  await reads(ben.page, en["person.verified"])
  await ada.leave()
  await agree(without(ada))
  await joins(ben.link(), "Ada", "firefox")
  await find(ben.page, "button", filled(en["seal.check"], { name: "Ada" }))
  await showSecurity(ben, "Ada")
  await reads(ben.page, filled(en["security.key-changed"], { name: "Ada" }))
  await reads(ben.page, en["tile.key-changed"])
  expect(await pairNumberOf(ben, "Ada")).not.toBe(digits)
  await reads(ben.page, en["person.key-changed"])
})

test("D19.10: the page connects to the provider of the server's settings and to nobody else", async () => {
  const page: Page = await openPage(await house().lightChromium())
  await page.goto(`${house().server.origin}/`)
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
  stranger.serve(house().server.origin)
  expect(await reached(`${stranger.issuer}/.well-known/openid-configuration`)).toBe(false)
  await stranger.stop()
  await page.browserContext().close()
})

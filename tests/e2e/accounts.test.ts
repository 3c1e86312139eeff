/** Accounts from the printed link on: by the pages, in real browsers. */

import type { HTTPRequest, Page } from "puppeteer-core"
import { afterAll, beforeAll, expect, test } from "vitest"
import { account as words } from "../../apps/web/src/i18n/en/account.ts"
import { alertOf, chooses, isAt, password, signsIn, signsOut, takesInvitation, withAuthenticator, write } from "../browser/accounts.ts"
import { codeAt } from "../browser/authenticator-app.ts"
import { gatheringIn, houseOfFile, type Where } from "../browser/gathering.ts"
import { find } from "../browser/find.ts"
import { press, reads } from "../browser/person.ts"
import { until } from "../browser/until.ts"

const house = houseOfFile()
const { visits: staysWith } = gatheringIn(house, afterAll)
const { visits } = gatheringIn(house)

/** The owner's page, signed in from the first test on. */
let olga: Page

const at = (path: string): string => house().server.origin + path

/** Owner's work: the link of a new invitation, or of a recovery. What the dashboard does, without its pages. */
const linkBy = (page: Page, path: string, body?: object): Promise<string> =>
  page.evaluate(
    async (url, text) => {
      const response = await fetch(url, {
        method: "POST",
        ...(text !== undefined && { body: text, headers: { "content-type": "application/json" } }),
      })
      return ((await response.json()) as { url: string }).url
    },
    `/api/v1${path}`,
    body && JSON.stringify(body),
  )

const invitation = () => linkBy(olga, "/invitations", { role: "member" })

beforeAll(async () => {
  const link = await until(() => /http\S+\/setup#[\w-]{43}/.exec(house().server.log())?.[0], { for: "the setup link" })
  olga = await staysWith(link, "chromium", withAuthenticator)
  await write(olga, words["setup.organisation"], "Rosen")
  await write(olga, words["account.name"], "Olga")
  await write(olga, words["login.email"], "olga@example.org")
  await write(olga, words["login.password"], "short")
  await press(olga, "button", words["setup.submit"])
  await until(async () => (await alertOf(olga)).includes(words["api-problem.password-refused"]), { for: "the password to be refused" })
  await write(olga, words["login.password"], password)
  await press(olga, "button", words["setup.submit"])
  await reads(olga, words["guard.title.choose"])
  // D41.2: used up, and gone from the address bar.
  expect(olga.url()).toBe(at("/setup"))
  await chooses(olga, words["guard.passkey"])
  await press(olga, "button", words["guard.passkey-make"])
  await isAt(olga, "/dashboard")
})

test("D41.2, D36.14: who is invited makes a passkey, signs out, and comes in by it without name or password", async () => {
  const page = await visits(await invitation(), "chromium", withAuthenticator)
  await reads(page, "Rosen invites you")
  await takesInvitation(page, "Mia")
  await chooses(page, words["guard.passkey"])
  await press(page, "button", words["guard.passkey-make"])
  await isAt(page, "/dashboard")
  await signsOut(page)
  // D41.3: where it goes then is a path of ours.
  await page.goto(at("/login?next=%2Faccount"))
  await press(page, "button", words["login.passkey"])
  await isAt(page, "/account")
  await reads(page, words["guard.passkey-here"])
})

/** Adds an authenticator app on the page that offers it; gives its secret and the codes that are shown. */
async function addsApp(page: Page) {
  const secret = await until(() => page.evaluate(() => document.querySelector(".secret-text")?.textContent), { for: "the secret" })
  expect(await page.evaluate(() => document.querySelector("svg.qr path")?.getAttribute("d")?.length ?? 0)).toBeGreaterThan(1000)
  await write(page, words["login.code"], codeAt(secret, Date.now()))
  await press(page, "button", words["guard.app-confirm"])
  await reads(page, words["guard.title.codes"])
  const codes = await page.evaluate(() => [...document.querySelectorAll(".recovery-codes li")].map(({ textContent }) => textContent))
  expect(new Set(codes).size).toBe(10)
  // D41.6: the way on opens once they are kept.
  const onwards = await find(page, "button", words["account.continue"])
  expect(await onwards.evaluate((button) => (button as HTMLButtonElement).disabled)).toBe(true)
  await press(page, "checkbox", words["guard.codes-kept"])
  await press(page, "button", words["account.continue"])
  return { secret, codes }
}

test.for<Where>(["chromium", "firefox"])(
  "D41.6, D41.7: who has an app comes in by its next code, then by a recovery code, each once (%s)",
  async (where) => {
    const name = where === "firefox" ? "Finn" : "Cara"
    const page = await visits(await invitation(), where)
    await takesInvitation(page, name)
    await chooses(page, words["guard.app"])
    const { secret, codes } = await addsApp(page)
    await isAt(page, "/dashboard")
    await signsOut(page)
    await signsIn(page, name)
    await reads(page, words["login.code-lead"])
    // The code that set the app up does not open a second time; the next one does.
    await write(page, words["login.code"], codeAt(secret, Date.now() + 30_000))
    await press(page, "button", words["login.submit"])
    await isAt(page, "/dashboard")
    await signsOut(page)
    await signsIn(page, name)
    await reads(page, words["login.code-lead"])
    await write(page, words["login.code"], codes[3] ?? "")
    await press(page, "button", words["login.submit"])
    await isAt(page, "/dashboard")
    await page.goto(at("/account"))
    await reads(page, "9 recovery codes are left")
  },
)

test("D41.5: a wrong password and an address that nobody has are told in the same words, and nothing else changes", async () => {
  const page = await visits(at("/login"))
  const told: string[] = []
  for (const name of ["Olga", "Nobody"]) {
    await page.reload()
    await signsIn(page, name, "wrong password of mine")
    told.push(await until(async () => (await alertOf(page)) || undefined, { for: "the refusal" }))
    expect(new URL(page.url()).pathname).toBe("/login")
  }
  expect(told).toEqual([words["api-problem.login-refused"], words["api-problem.login-refused"]])
})

test("D41.2: a link that was used says so, and one cut short too", async () => {
  const link = await invitation()
  const page = await visits(link)
  await takesInvitation(page, "Una")
  for (const dead of [link, link.slice(0, -4)]) await reads(await visits(dead), words["invitation.void"])
})

test.for<Where>(["lightChromium", "firefox"])(
  "D41.8: one's own account: another name and password, the other browser signed out, and a way back by a link (%s)",
  async (where) => {
    const name = where === "firefox" ? "Gus" : "Dora"
    const page = await visits(await invitation(), where)
    await takesInvitation(page, name)
    await press(page, "button", words["guard.later"])
    await isAt(page, "/dashboard")
    const other = await visits(at("/login"), where)
    await signsIn(other, name)
    await isAt(other, "/dashboard")
    await page.goto(at("/account"))
    await find(page, "button", words["account.sessions-end-others"])
    await write(page, words["account.name"], `${name} Larsen`)
    await press(page, "button", words["account.save"])
    await reads(page, words["account.saved"])
    await press(page, "button", words["account.sessions-end-others"])
    await until(() => page.evaluate((text) => !document.body.innerText.includes(text), words["account.sessions-end-others"]), {
      for: "the other session to end",
    })
    await other.goto(at("/account"))
    await isAt(other, "/login")
    const id = await page.evaluate(async () => ((await (await fetch("/api/v1/account")).json()) as { id: string }).id)
    const back = await visits(await linkBy(olga, `/people/${id}/recovery`), where)
    await reads(back, words["recovery.title"])
    await write(back, words["account.new-password"], "another one to remember")
    await press(back, "button", words["recovery.submit"])
    await reads(back, words["guard.title.choose"])
    await page.reload()
    await isAt(page, "/login")
  },
)

/** Answers the first request of this method as a server does to whom it has not seen for long. */
async function answersOnceAsStale(page: Page, method: string): Promise<void> {
  let isDone = false
  await page.setRequestInterception(true)
  page.on("request", (request: HTTPRequest) => {
    if (isDone || request.method() !== method) return void request.continue()
    isDone = true
    void request.respond({
      status: 403,
      contentType: "application/problem+json",
      body: JSON.stringify({ code: "fresh-login-needed", status: 403, title: "Log in again to do this" }),
    })
  })
}

test("D41.4: what needs a fresh login asks for the password over the page, refuses a wrong one, and goes on by itself", async () => {
  const page = await visits(await invitation())
  await takesInvitation(page, "Pia")
  await press(page, "button", words["guard.later"])
  await isAt(page, "/dashboard")
  await page.goto(at("/account"))
  await find(page, "button", words["account.password-change"])
  await answersOnceAsStale(page, "PUT")
  await write(page, words["account.new-password"], "another one to remember")
  await press(page, "button", words["account.password-change"])
  await reads(page, words["account.proof-title"])
  await write(page, words["login.password"], "wrong password of mine")
  await press(page, "button", words["account.continue"])
  await reads(page, words["api-problem.login-refused"])
  await write(page, words["login.password"], password)
  await press(page, "button", words["account.continue"])
  await reads(page, words["account.saved"])
  await signsOut(page)
  await signsIn(page, "Pia", "another one to remember")
  await isAt(page, "/dashboard")
})

import type { CDPSession, Page } from "puppeteer-core"
import { afterAll, beforeAll, expect, test } from "vitest"
import { House } from "../../apps/server/src/house.fixture.ts"
import { goodPassword } from "../../apps/server/src/organisation/people.fixture.ts"
import { openBrowser, type Running } from "../browser/browsers.ts"

let house: House
let running: Running
beforeAll(async () => {
  house = await House.open()
  running = await openBrowser({ kind: "chromium" })
})
afterAll(async () => {
  await running.close()
  await house[Symbol.asyncDispose]()
})

/** A page of the server's origin; what is on it makes no difference. */
async function openPage(): Promise<{ page: Page; devices: CDPSession }> {
  const page = await running.browser.newPage()
  await page.goto(`${house.origin}/api/v1/nothing`)
  const devices = await page.createCDPSession()
  await devices.send("WebAuthn.enable")
  return { page, devices }
}

const phone = { protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true, isUserVerified: true } as const

/** One request below `/api/v1` from within the page, with the cookies that the browser keeps. */
const ask = (page: Page, path: string, body: object) =>
  page.evaluate(
    async (url, text) => {
      const response = await fetch(url, { method: "POST", body: text, headers: { "content-type": "application/json" } })
      return { status: response.status, body: (await response.json()) as Record<string, unknown> }
    },
    `/api/v1${path}`,
    JSON.stringify(body),
  )

/** What a page does with a challenge, and what it sends back. */
const answer = (page: Page, kind: "create" | "get", challenge: Record<string, unknown>) =>
  page.evaluate(
    async (doing, options) => {
      const credential =
        doing === "create"
          ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options as never) })
          : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options as never) })
      return (credential as PublicKeyCredential).toJSON()
    },
    kind,
    challenge["options"],
  )

async function logIn(page: Page) {
  const { body: challenge } = await ask(page, "/login/passkey-challenge", {})
  const response = await answer(page, "get", challenge)
  return ask(page, "/login/passkey", { ticket: challenge["ticket"], response })
}

test("D36.14: Chromium makes a passkey and logs in with it, without a name or a password", async () => {
  const { page, devices } = await openPage()
  await devices.send("WebAuthn.addVirtualAuthenticator", { options: phone })
  const self = { email: "olga@example.org", name: "Olga", password: goodPassword }
  expect((await ask(page, "/setup", { token: house.setupToken, organisation: "Rosen", ...self })).status).toBe(201)
  const { body: challenge } = await ask(page, "/account/passkeys/challenge", {})
  const made = await answer(page, "create", challenge)
  expect(await ask(page, "/account/passkeys", { ticket: challenge["ticket"], name: "Phone", response: made })).toMatchObject({
    status: 201,
  })
  await page.evaluate(() => fetch("/api/v1/logout", { method: "POST" }))
  expect(await page.evaluate(async () => (await fetch("/api/v1/account")).status)).toBe(401)
  expect(await logIn(page)).toMatchObject({ status: 200, body: { next: "signed-in", account: { email: self.email, passkeys: 1 } } })
  expect(await page.evaluate(async () => (await fetch("/api/v1/account")).status)).toBe(200)
  // The cookie is out of the page's reach.
  expect(await page.evaluate(() => document.cookie)).toBe("")
})

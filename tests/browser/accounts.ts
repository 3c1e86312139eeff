/** Somebody with an account, at the pages about accounts: by what fields and buttons are called there. */

import type { ElementHandle, Page } from "puppeteer-core"
import { account as words } from "../../apps/web/src/i18n/en/account.ts"
import { find } from "./find.ts"
import { press, reads } from "./person.ts"
import { until } from "./until.ts"

export const password = "horses eat grass slowly"

/** Writes into a field, in place of what is there. Fields for passwords have no role, so they are found by their label alone. */
export async function write(page: Page, label: string, text: string): Promise<void> {
  const field = await until(() => fieldOf(page, label), { for: `a field called "${label}"` })
  await field.evaluate((input) => input.select())
  await field.type(text)
}

async function fieldOf(page: Page, label: string) {
  const found = await page.evaluateHandle(
    (wanted) => [...document.querySelectorAll("label")].find(({ textContent }) => textContent === wanted)?.control,
    label,
  )
  return (found.asElement() as ElementHandle<HTMLInputElement> | null) ?? undefined
}

/** Waits until the page is at this path. */
export async function isAt(page: Page, path: string): Promise<void> {
  await until(() => new URL(page.url()).pathname === path, { for: `the page to be at ${path}` })
}

/** A phone with a finger on it. */
export async function withAuthenticator(page: Page): Promise<void> {
  const devices = await page.createCDPSession()
  await devices.send("WebAuthn.enable")
  const options = {
    protocol: "ctap2",
    transport: "internal",
    hasResidentKey: true,
    hasUserVerification: true,
    isUserVerified: true,
  } as const
  await devices.send("WebAuthn.addVirtualAuthenticator", { options })
}

/** Takes an invitation as far as the choice of something beside the password. */
export async function takesInvitation(page: Page, name: string): Promise<void> {
  await write(page, words["account.name"], name)
  await write(page, words["login.email"], emailOf(name))
  await write(page, words["login.password"], password)
  await press(page, "button", words["invitation.submit"])
  await reads(page, words["guard.title.choose"])
}

export const emailOf = (name: string): string => `${name.toLowerCase()}@example.org`

/** Writes address and password and presses the key. */
export async function signsIn(page: Page, name: string, secret = password): Promise<void> {
  await write(page, words["login.email"], emailOf(name))
  await write(page, words["login.password"], secret)
  await press(page, "button", words["login.submit"])
}

/** Presses the way that begins with these words: its name goes on with what it means. */
export async function chooses(page: Page, way: string): Promise<void> {
  const button = await until(
    async () =>
      (
        await page.evaluateHandle(
          (wanted) => [...document.querySelectorAll("button.way")].find((one) => one.querySelector("strong")?.textContent === wanted),
          way,
        )
      ).asElement() ?? undefined,
    { for: `the way "${way}"` },
  )
  await (button as ElementHandle).click()
}

export async function signsOut(page: Page): Promise<void> {
  await page.goto(new URL("/account", page.url()).href)
  await press(page, "button", words["account.sign-out"])
  await isAt(page, "/login")
  await find(page, "button", words["login.submit"])
}

/** What the page reads out at once. */
export const alertOf = (page: Page): Promise<string> =>
  page.evaluate(() => [...document.querySelectorAll("[role=alert]")].map(({ textContent }) => textContent).join(""))

/** Someone who uses the product as people do: by what buttons and fields are called. */

import type { Page } from "puppeteer-core"
import { en } from "../../apps/web/src/i18n/en.ts"
import type { Running } from "./browsers.ts"
import { factsOf, type Facts } from "./facts.ts"
import { find } from "./find.ts"
import { until } from "./until.ts"
import { mediaOf, placeWitness, type Media } from "./witness.ts"

export interface Person {
  readonly name: string
  readonly page: Page
  readonly kind: Running["kind"]
  facts(): Promise<Facts>
  media(): Promise<Media>
  /** The address as it stands in the bar: the link to share. */
  link(): string
  leave(): Promise<void>
  /** Closes the browser context with everything in it, as if the machine were switched off. */
  vanish(): Promise<void>
}

export interface Coming {
  readonly name: string
  /** Called with the page before it loads anything. */
  readonly prepare?: (page: Page) => Promise<void>
}

/** Opens a page in a browser context of its own: own storage, own cookies, own device key. */
export async function openPage(running: Running, prepare?: (page: Page) => Promise<void>): Promise<Page> {
  const context = await running.browser.createBrowserContext()
  // A tab behind another is hidden, and a hidden page draws nothing.
  const page = await context.newPage({ type: "window" })
  page.setDefaultTimeout(30_000)
  if (running.kind === "chromium") await page.setViewport({ width: 1280, height: 800 })
  await placeWitness(page)
  await prepare?.(page)
  return page
}

/** Makes a meeting and goes in. */
export async function startMeeting(running: Running, origin: string, coming: Coming): Promise<Person> {
  const page = await openPage(running, coming.prepare)
  await page.goto(origin)
  await press(page, "link", en["start.new"])
  return enter(running, page, coming.name)
}

/** Goes into a meeting by its link. */
export async function joinMeeting(running: Running, link: string, coming: Coming): Promise<Person> {
  const page = await openPage(running, coming.prepare)
  await page.goto(link)
  return enter(running, page, coming.name)
}

async function enter(running: Running, page: Page, name: string): Promise<Person> {
  await passLobby(page, name)
  const person = personOn(running, page, name)
  await inCall(page, name)
  return person
}

/** Waits until this page is in a call with keys. */
export async function inCall(page: Page, name: string): Promise<Facts> {
  return until(
    async () => {
      const facts = await factsOf(page)
      if (facts?.phase === "in" && facts.words.length === 8) return facts
      throw new Error(facts?.phase ?? "no facts")
    },
    { for: `${name} to be in the call` },
  )
}

/** Says who it is and presses Join. */
export async function passLobby(page: Page, name: string): Promise<void> {
  const field = await find(page, "textbox", en["lobby.name"])
  await field.evaluate((element) => {
    ;(element as HTMLInputElement).select()
  })
  await field.type(name)
  await press(page, "button", en["lobby.join"])
}

/** The person on a page that is on its way into a call. */
export function personOn(running: Running, page: Page, name: string): Person {
  return {
    name,
    page,
    kind: running.kind,
    facts: () => until(() => factsOf(page), { for: `the facts of ${name}` }),
    media: () => mediaOf(page),
    link: () => page.url(),
    leave: () => leave(page),
    vanish: () => page.browserContext().close(),
  }
}

/** One press; whoever could end the call for everyone is asked, and just leaves. */
async function leave(page: Page): Promise<void> {
  await press(page, "button", en["call.leave"])
  const isAsked = await page.evaluate(() => document.querySelector("[role=alertdialog]") !== null)
  if (isAsked) await press(page, "button", en["doings.leave-only"])
}

/** Presses what is called so, as a pointer does. What is drawn anew between looking and pressing is looked for again. */
export async function press(page: Page, role: string, name: string): Promise<void> {
  const pressed = async (): Promise<boolean> => {
    try {
      await (await find(page, role, name)).click()
      return true
    } catch (error) {
      if (error instanceof Error && /detached|not clickable/.test(error.message)) return false
      throw error
    }
  }
  for (let tries = 0; tries < 5; tries++) if (await pressed()) return
  throw new Error(`the ${role} "${name}" is drawn anew again and again`)
}

/** Waits until the page says this somewhere. */
export async function reads(page: Page, text: string): Promise<void> {
  await until(() => page.evaluate((wanted) => document.body.innerText.includes(wanted), text), { for: `the page to say "${text}"` })
}

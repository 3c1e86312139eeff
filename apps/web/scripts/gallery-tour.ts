/** Goes through every screen of the gallery in every look, in a real browser under the product's own CSP, and gathers what is wrong. */

import { readFileSync } from "node:fs"
import { createRequire } from "node:module"
import { availableParallelism } from "node:os"
import puppeteer, { type Browser, type Page } from "puppeteer-core"
import { serveGallery } from "./serve-gallery.ts"

const desktop = { width: 1440, height: 900 }
const phone = { width: 390, height: 844 }
/** The narrowest screen that must do (WCAG 1.4.10). */
const narrow = { width: 320, height: 640 }

export interface Look {
  readonly name: string
  readonly viewport: { readonly width: number; readonly height: number }
  readonly theme: "light" | "dark" | "contrast"
  /** English unless said. Arabic turns the page round. */
  readonly language?: "ar"
}

export const looks: readonly Look[] = [
  { name: "desktop-light", viewport: desktop, theme: "light" },
  { name: "desktop-dark", viewport: desktop, theme: "dark" },
  { name: "desktop-contrast", viewport: desktop, theme: "contrast" },
  { name: "phone-light", viewport: phone, theme: "light" },
  { name: "phone-dark", viewport: phone, theme: "dark" },
  { name: "narrow-light", viewport: narrow, theme: "light" },
  { name: "desktop-rtl", viewport: desktop, theme: "light", language: "ar" },
  { name: "phone-rtl", viewport: phone, theme: "light", language: "ar" },
]

/** What is wrong with a screen in a look. */
export interface Finding {
  readonly screen: string
  readonly look: string
  readonly what: string
}

export interface Tour {
  /** Names of screens and looks; empty: all. */
  readonly screens: readonly string[]
  readonly looks: readonly Look[]
  /** Called with each screen in each look, drawn and at rest. Returns what is wrong with it. */
  readonly visit: (page: Page, screen: string, look: Look) => Promise<readonly string[]>
}

interface Seen {
  readonly seen: number
  readonly findings: readonly Finding[]
}

/** How much was seen, and what was found: the visitor's findings, console errors, broken CSP, sideways scrolling. */
export async function tourGallery({ screens, looks, visit }: Tour): Promise<Seen> {
  const gallery = await serveGallery()
  const queue: string[] = []
  try {
    queue.push(...(await namesIn(gallery.url)).filter((name) => screens.length === 0 || screens.includes(name)))
    // A browser for each core: in one browser only one tab is drawn.
    const guides = Array.from({ length: Math.min(availableParallelism(), 4) }, () => guide(gallery.url, queue, { looks, visit }))
    const all = await Promise.all(guides)
    return { seen: all.reduce((sum, { seen }) => sum + seen, 0), findings: all.flatMap(({ findings }) => findings) }
  } finally {
    gallery.close()
  }
}

/** Shows screens from the queue in a browser of its own until none is left. */
async function guide(origin: string, queue: string[], { looks, visit }: Omit<Tour, "screens">): Promise<Seen> {
  const browser = await startBrowser()
  const findings: Finding[] = []
  let seen = 0
  let at = { screen: "", look: "" }
  const note = (what: string) => findings.push({ ...at, what })
  try {
    const page = await browser.newPage()
    page.on("console", (message) => ["error", "warn"].includes(message.type()) && note(`console: ${message.text()}`))
    page.on("pageerror", (error) => note(`page: ${String(error)}`))
    for (let screen = queue.shift(); screen !== undefined; screen = queue.shift())
      for (const [language, alike] of Map.groupBy(looks, (look) => look.language)) {
        at = { screen, look: alike[0]?.name ?? "" }
        await open(page, addressOf(origin, screen, language))
        for (const look of alike) {
          at = { screen, look: look.name }
          await wear(page, look)
          for (const what of await visit(page, screen, look)) note(what)
          const width = await page.evaluate(() => document.documentElement.scrollWidth)
          if (width > look.viewport.width) note(`scrolls sideways: ${width} px wide`)
          seen++
        }
      }
  } finally {
    await browser.close()
  }
  return { seen, findings }
}

const startBrowser = (): Promise<Browser> =>
  puppeteer.launch({
    executablePath: process.env["CONCLAVE_CHROMIUM"] ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--hide-scrollbars", "--force-prefers-reduced-motion"],
  })

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8")

/** Runs axe in the page. Its own code comes by the debugger, which no CSP concerns. */
export async function axe(page: Page): Promise<string[]> {
  await page.evaluate(`globalThis.axe ?? (() => {${axeSource}})()`)
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: typeof import("axe-core") }
    const { violations } = await axe.run(document, { resultTypes: ["violations"] })
    return violations.flatMap(({ id, nodes }) => nodes.map((node) => `axe ${id}: ${node.html.slice(0, 160)}`))
  })
}

function addressOf(origin: string, screen: string, language: Look["language"]): string {
  const query = new URLSearchParams({ screen, ...(language !== undefined && { lang: language, dir: "rtl" }) })
  // What an auditor unfolds.
  if (screen === "security-refused") query.set("details", "")
  return `${origin}?${query.toString()}`
}

async function open(page: Page, url: string): Promise<void> {
  await page.goto(url, { waitUntil: "load" })
  await page.waitForSelector("#root > *")
  await page.waitForNetworkIdle({ idleTime: 60 })
  await page.evaluate(() => document.fonts.ready)
}

/** Changes size and theme in place and shows the end of what scrolls when it was unfolded. */
async function wear(page: Page, { viewport, theme }: Look): Promise<void> {
  await page.setViewport(viewport)
  await page.evaluate((worn) => {
    document.documentElement.dataset["theme"] = worn
    if (location.search.includes("details")) document.querySelector(".panel .body")?.scrollTo(0, 9999)
  }, theme)
}

async function namesIn(url: string): Promise<string[]> {
  const browser = await startBrowser()
  try {
    const page = await browser.newPage()
    await open(page, url)
    return await page.$$eval("li a", (links) => links.map((link) => link.textContent))
  } finally {
    await browser.close()
  }
}

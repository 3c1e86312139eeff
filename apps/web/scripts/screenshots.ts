/**
 * `npm run screenshots [name...]`: every screen of the gallery as PNG (desktop and phone, light and dark) in .reports/screenshots,
 * under the product's own CSP. Fails when a screen scrolls sideways at 320 px, breaks the CSP, logs an error, or axe finds something.
 */

import { readFileSync } from "node:fs"
import { mkdir } from "node:fs/promises"
import { createRequire } from "node:module"
import puppeteer, { type Page } from "puppeteer-core"
import { serveGallery } from "./serve-gallery.ts"

const out = new URL("../../../.reports/screenshots/", import.meta.url)
const sizes = { desktop: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } } as const
const narrow = { width: 320, height: 640 }
const themes = ["light", "dark"] as const
const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8")

interface Finding {
  readonly screen: string
  readonly what: string
}

const wanted = process.argv.slice(2)
await mkdir(out, { recursive: true })
const gallery = await serveGallery()
const browser = await puppeteer.launch({
  executablePath: process.env.CONCLAVE_CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--hide-scrollbars", "--force-prefers-reduced-motion"],
})
const findings: Finding[] = []
try {
  const page = await browser.newPage()
  let screen = ""
  const note = (what: string) => findings.push({ screen, what })
  page.on("console", (message) => ["error", "warn"].includes(message.type()) && note(`console: ${message.text()}`))
  page.on("pageerror", (error) => note(`page: ${String(error)}`))
  for (const name of await namesOf(page, gallery.url)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue
    screen = name
    await open(page, `${gallery.url}?screen=${name}${name === "security-refused" ? "&details" : ""}`)
    for (const [size, viewport] of Object.entries(sizes)) {
      await page.setViewport(viewport)
      for (const theme of themes) {
        screen = `${name}-${size}-${theme}`
        await wear(page, theme)
        await page.screenshot({ path: new URL(`${screen}.png`, out).pathname })
        for (const violation of await axe(page)) note(violation)
      }
    }
    screen = `${name}-narrow`
    await page.setViewport(narrow)
    const width = await page.evaluate(() => document.documentElement.scrollWidth)
    if (width > narrow.width) note(`scrolls sideways: ${width} px wide`)
    await page.setViewport(sizes.desktop)
  }
} finally {
  await browser.close()
  gallery.close()
}
for (const { screen, what } of findings) console.log(`${screen}: ${what}`)
console.log(findings.length === 0 ? "Every screen is clean." : `${findings.length} findings.`)
process.exitCode = findings.length === 0 ? 0 : 1

async function open(page: Page, url: string): Promise<void> {
  await page.goto(url, { waitUntil: "load" })
  await page.waitForSelector("#root > *")
  await page.waitForNetworkIdle({ idleTime: 60 })
  await page.evaluate(() => document.fonts.ready)
}

/** Changes the theme in place and shows the end of what scrolls when it was unfolded. */
async function wear(page: Page, theme: string): Promise<void> {
  await page.evaluate((worn) => {
    document.documentElement.dataset.theme = worn
    if (location.search.includes("details")) document.querySelector(".panel .body")?.scrollTo(0, 9999)
  }, theme)
}

async function namesOf(page: Page, url: string): Promise<string[]> {
  await open(page, url)
  return page.$$eval("li a", (links) => links.map((link) => link.textContent))
}

/** Runs axe in the page. Its own code comes by the debugger, which no CSP concerns. */
async function axe(page: Page): Promise<string[]> {
  await page.evaluate(`globalThis.axe ?? (() => {${axeSource}})()`)
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: typeof import("axe-core") }
    const { violations } = await axe.run(document, { resultTypes: ["violations"] })
    return violations.flatMap(({ id, nodes }) => nodes.map((node) => `axe ${id}: ${node.html.slice(0, 160)}`))
  })
}

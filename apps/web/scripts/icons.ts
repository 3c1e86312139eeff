/** `node apps/web/scripts/icons.ts`: draws the mark as the icons of an installed app, into public/. Run it after changing the mark. */

import { writeFileSync } from "node:fs"
import puppeteer from "puppeteer-core"
import { packed } from "./pack-png.ts"

const out = new URL("../public/", import.meta.url)
/** `share`: how much of the square the mark takes. Maskable icons may be cut to a circle; Apple's has rounded corners of its own. */
const icons = [
  { name: "icon-192", size: 192, share: 0.86, ground: "" },
  { name: "icon-512", size: 512, share: 0.86, ground: "" },
  { name: "icon-maskable-512", size: 512, share: 0.6, ground: "#f9f8f6" },
  { name: "icon-180", size: 180, share: 0.72, ground: "#f9f8f6" },
] as const

const markOf = ({ size, share, ground }: (typeof icons)[number]): string => {
  const side = 24 / share
  // The ring with its key stands a little right of the middle of its own square.
  const start = { x: 12.65 - side / 2, y: 12 - side / 2 }
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${String(size)}" height="${String(size)}" fill="none"
    viewBox="${String(start.x)} ${String(start.y)} ${String(side)} ${String(side)}">
    ${ground === "" ? "" : `<rect x="${String(start.x)}" y="${String(start.y)}" width="100%" height="100%" fill="${ground}"/>`}
    ${ground === "" ? `<circle cx="12.65" cy="12" r="${String(side / 2)}" fill="#f9f8f6"/>` : ""}
    <path d="M18.21 7.64a8 8 0 1 0 0 8.72" stroke="#24231f" stroke-width="3"/>
    <circle cx="19.6" cy="12" r="3.1" fill="#fbc62c" stroke="#a5750b" stroke-width=".8"/></svg>`
}

const browser = await puppeteer.launch({
  executablePath: process.env.CONCLAVE_CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--hide-scrollbars"],
})
try {
  const page = await browser.newPage()
  for (const icon of icons) {
    await page.setViewport({ width: icon.size, height: icon.size })
    await page.setContent(`<style>html,body{margin:0;background:transparent}svg{display:block}</style>${markOf(icon)}`)
    const drawn = Buffer.from(await page.screenshot({ omitBackground: true }))
    writeFileSync(new URL(`${icon.name}.png`, out), packed(drawn))
  }
} finally {
  await browser.close()
}

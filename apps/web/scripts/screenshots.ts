/**
 * `npm run screenshots [screen or look …]`: every screen of the gallery as PNG in every look (light, dark, high contrast, phone, 320 px,
 * right to left) in .reports/screenshots. Fails when a screen throws, breaks the CSP, logs an error or scrolls sideways.
 */

import { mkdir } from "node:fs/promises"
import { looks, tourGallery } from "./gallery-tour.ts"

const out = new URL("../../../.reports/screenshots/", import.meta.url)
const wanted = process.argv.slice(2)
const isLook = (name: string): boolean => looks.some((look) => look.name === name)
const wantedLooks = wanted.filter(isLook)

await mkdir(out, { recursive: true })
const { seen, findings } = await tourGallery({
  screens: wanted.filter((name) => !isLook(name)),
  looks: looks.filter(({ name }) => wantedLooks.length === 0 || wantedLooks.includes(name)),
  visit: async (page, screen, look) => {
    await page.screenshot({ path: new URL(`${screen}-${look.name}.png`, out).pathname })
    return []
  },
})
for (const { screen, look, what } of findings) console.log(`${screen}, ${look}: ${what}`)
console.log(findings.length === 0 ? `${seen} screenshots, every screen is clean.` : `${seen} screenshots, ${findings.length} findings.`)
process.exitCode = findings.length === 0 && seen > 0 ? 0 : 1

/**
 * `npm run prove:a11y`: axe on every screen of the gallery in every theme, width and direction, then a whole call by keys alone in a
 * real browser. Prints what was found; exits non-zero when there is anything.
 */

import { axe, looks, tourGallery } from "../../apps/web/scripts/gallery-tour.ts"
import { holds, lineOf, type Figure } from "../../tests/browser/figures.ts"
import { runInForeground } from "../node24.mjs"
import { main, root } from "../program.ts"

await main(async () => {
  const { seen, findings } = await tourGallery({ screens: process.argv.slice(2), looks, visit: (page) => axe(page) })
  for (const { screen, look, what } of findings) console.log(`${screen}, ${look}: ${what}`)
  const args = ["node_modules/vitest/vitest.mjs", "run", "--project", "e2e", "tests/e2e/keyboard.test.ts"]
  const code = await runInForeground(process.execPath, args, { cwd: root, env: process.env })
  const figures: Figure[] = [
    { what: "screens looked at, each in each look", value: seen, unit: "", atLeast: 1 },
    { what: "axe violations, errors, broken rules", value: findings.length, unit: "", atMost: 0 },
    { what: "steps of a call that keys alone cannot do", value: code === 0 ? 0 : 1, unit: "", atMost: 0 },
  ]
  console.log("")
  for (const figure of figures) console.log(lineOf(figure))
  const isProven = figures.every(holds)
  console.log(isProven ? "verdict: holds" : "verdict: BROKEN")
  return isProven ? 0 : 1
})

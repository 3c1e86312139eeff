/** Runs a suite of tests and prints the figures that it noted, with their limits and a verdict. */

import { join } from "node:path"
import { figures, forgetFigures, holds, lineOf } from "../../tests/browser/figures.ts"
import { runInForeground } from "../node24.mjs"
import { root } from "../program.ts"

/** Resolves with 0 when every test passed and every figure holds. `args` name vitest's project and files. */
export async function proveBy(args: readonly string[]): Promise<number> {
  forgetFigures()
  const code = await runInForeground(process.execPath, [join(root, "node_modules/vitest/vitest.mjs"), "run", ...args], {
    cwd: root,
    env: process.env,
  })
  const found = figures()
  console.log("")
  for (const figure of found) console.log(lineOf(figure))
  const isProven = code === 0 && found.length > 0 && found.every(holds)
  console.log(isProven ? "verdict: holds" : "verdict: BROKEN")
  return isProven ? 0 : 1
}

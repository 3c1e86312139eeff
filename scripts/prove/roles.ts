/**
 * `npm run prove:roles`: every operation of REST v1 against everybody there is, from the list that the server serves and the function
 * that decides; then asks a running server about every cell. Exits non-zero when one answers otherwise.
 */

import { join } from "node:path"
import { roleMatrix, subjectNames } from "../../apps/server/src/organisation/matrix.ts"
import { runInForeground } from "../node24.mjs"
import { main, root } from "../program.ts"

await main(async () => {
  const rows = roleMatrix()
  const table = [
    ["operation", "needs", ...subjectNames],
    ...rows.map((row) => {
      const { id, needs, needsFreshLogin } = row.operation
      return [id + (needsFreshLogin === true ? " *" : ""), needs, ...subjectNames.map((name) => row[name])]
    }),
  ]
  const widths = table[0]?.map((_, column) => Math.max(...table.map((cells) => cells[column]?.length ?? 0))) ?? []
  for (const cells of table)
    console.log(
      cells
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
  console.log(
    `\n${String(rows.length)} operations, ${String(subjectNames.length)} kinds of askers. all: everything; team: what is their team's;`,
  )
  console.log(
    "self: what is their own; *: accounts need a login within the last 15 minutes. What a role may give is narrower still (D36.17).\n",
  )
  const args = ["run", "--project", "unit", "apps/server/src/organisation/matrix.test.ts"]
  const code = await runInForeground(process.execPath, [join(root, "node_modules/vitest/vitest.mjs"), ...args], { cwd: root })
  console.log(code === 0 ? "verdict: holds" : "verdict: BROKEN")
  return code === 0 ? 0 : 1
})

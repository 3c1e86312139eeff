/**
 * `npm run claims`: a line per rule and attack (id, result, claim, test), from docs/protocol.md, docs/threat-model.md and the last
 * reports, the crate's among them. Exits non-zero when one is missing, skipped or failed.
 */
import { createHash } from "node:crypto"
import { existsSync, globSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { claimsOf, doubledRules } from "./claims/documents.ts"
import { lineOf, stands, testsOf, verdictOn } from "./claims/verdict.ts"
import { Refusal } from "./node24.mjs"
import { main, root } from "./program.ts"
import { writeTally, type VitestReport } from "./tally.ts"

await main(async () => {
  const paths = globSync(".reports/*.json", { cwd: root })
  if (paths.length === 0) throw new Refusal("There is no test report to read: run npm test first.")
  const reports = [...paths.map((path) => JSON.parse(readFileSync(join(root, path), "utf8")) as VitestReport), ...crateReport()]
  const [protocol, threatModel] = [read("docs/protocol.md"), read("docs/threat-model.md")]
  const tests = testsOf(reports)
  const verdicts = claimsOf({ protocol, threatModel }).map((claim) => verdictOn(claim, tests))
  for (const verdict of verdicts) console.log(lineOf(verdict))
  const doubled = doubledRules(protocol)
  for (const id of doubled) console.log(`${id.padEnd(7)} stands twice in docs/protocol.md`)
  const failed = verdicts.filter((verdict) => !stands(verdict))
  const fallen = failed.length + doubled.length
  writeTally("claims", { passed: verdicts.length - failed.length, failed: fallen })
  console.log(
    `${String(verdicts.length - failed.length)} claims stand, ${String(fallen)} do not${failed.length === 0 ? "" : `: ${failed.map(({ claim }) => claim.id).join(" ")}`}`,
  )
  return fallen === 0 && verdicts.length > 0 ? 0 : 1
})

/** The engine crate's own tests, as `npm run engine:test` left them for the module that is in the repository; none for any other module. */
function crateReport(): VitestReport[] {
  const path = join(root, "packages/mls-engine/module/tests.json")
  if (!existsSync(path)) return []
  const report = JSON.parse(readFileSync(path, "utf8")) as VitestReport & { readonly moduleHash: string }
  const module = createHash("sha256")
    .update(readFileSync(join(root, "packages/mls-engine/module/engine_bg.wasm")))
    .digest("hex")
  return report.moduleHash === module ? [report] : []
}

function read(path: string): string {
  if (!existsSync(join(root, path))) throw new Refusal(`${path} is missing.`)
  return readFileSync(join(root, path), "utf8")
}

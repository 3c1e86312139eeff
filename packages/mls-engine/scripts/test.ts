/**
 * `npm run engine:test`: the crate's own tests, natively: rule breakers with stock OpenMLS in hand, and our cryptography beside it. When
 * all pass, `module/tests.json` says so for the module in the repository, so that `npm run claims` can tell where no Rust is.
 */

import { spawnSync } from "node:child_process"
import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { moduleHash } from "../src/module-hash.ts"
import { testsIn } from "./test-report.ts"
import { findToolchain, pinnedVersion } from "./toolchain.ts"

const home = fileURLToPath(new URL("..", import.meta.url))
const toolchain = findToolchain()
if (toolchain === undefined) {
  console.log(`Engine's crate not tested: Rust ${pinnedVersion} cannot be had here.`)
  process.exit(process.env.CONCLAVE_ENGINE_OPTIONAL === "1" ? 0 : 1)
}
const [command, ...before] = toolchain.cargo
const env = { ...process.env, CARGO_TARGET_DIR: `${home}/.build/engine`, CARGO_TERM_COLOR: "never" }
const run = spawnSync(command, [...before, "test", "--locked", "--tests"], {
  cwd: `${home}/engine`,
  env,
  encoding: "utf8",
  stdio: ["ignore", "pipe", "inherit"],
})
process.stdout.write(run.stdout)
const tests = testsIn(run.stdout)
if (run.status === 0 && tests.length > 0) {
  const testResults = [{ name: "packages/mls-engine/engine/tests", status: "passed", assertionResults: tests }]
  writeFileSync(join(home, "module/tests.json"), `${JSON.stringify({ moduleHash, testResults }, undefined, 2)}\n`)
}
process.exit(run.status ?? 1)

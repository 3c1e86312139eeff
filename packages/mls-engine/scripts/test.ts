/** `npm run engine:test`: the crate's own tests, natively: rule breakers with stock OpenMLS in hand, and our cryptography beside it. */

import { spawnSync } from "node:child_process"
import { fileURLToPath } from "node:url"
import { findToolchain, pinnedVersion } from "./toolchain.ts"

const home = fileURLToPath(new URL("..", import.meta.url))
const toolchain = findToolchain()
if (toolchain === undefined) {
  console.log(`Engine's crate not tested: Rust ${pinnedVersion} cannot be had here.`)
  process.exit(process.env.CONCLAVE_ENGINE_OPTIONAL === "1" ? 0 : 1)
}
const [command, ...before] = toolchain.cargo
const env = { ...process.env, CARGO_TARGET_DIR: `${home}/.build/engine` }
const { status } = spawnSync(command, [...before, "test", "--locked", "--tests"], { cwd: `${home}/engine`, env, stdio: "inherit" })
process.exit(status ?? 1)

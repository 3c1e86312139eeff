/**
 * `npm run engine:verify`: builds the module anew, in another folder, and compares it with the one in the repository.
 * Where that cannot be done it says so and fails, unless CONCLAVE_ENGINE_OPTIONAL=1.
 */

import { createHash } from "node:crypto"
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { compile, moduleFiles } from "./compile.ts"
import { findToolchain, pinnedVersion, type Toolchain } from "./toolchain.ts"

const home = fileURLToPath(new URL("..", import.meta.url))
const toolchain = findToolchain()
const ownHash = moduleIsTheOneNamed()
if (!ownHash) {
  console.error("module/engine_bg.wasm is not the module src/module-hash.ts names.")
  process.exit(1)
}
if (toolchain?.isPinned !== true) {
  console.log(
    `Engine not verified: Rust ${pinnedVersion} for WebAssembly cannot be had here${toolchain ? ` (found ${toolchain.version})` : ""}.`,
  )
  process.exit(process.env.CONCLAVE_ENGINE_OPTIONAL === "1" ? 0 : 1)
}
process.exit(rebuildIsEqual(toolchain) ? 0 : 1)

function moduleIsTheOneNamed(): boolean {
  const hash = createHash("sha256")
    .update(readFileSync(join(home, "module/engine_bg.wasm")))
    .digest("hex")
  return readFileSync(join(home, "src/module-hash.ts"), "utf8").includes(`"${hash}"`)
}

function rebuildIsEqual(toolchain: Toolchain): boolean {
  const folder = mkdtempSync(join(tmpdir(), "conclave-engine-"))
  try {
    for (const name of ["engine", "bindgen"]) cpSync(join(home, name), join(folder, name), { recursive: true })
    const out = join(folder, "module")
    compile({ toolchain, source: folder, work: join(folder, "work"), out })
    const different = moduleFiles.filter((name) => !readFileSync(join(out, name)).equals(readFileSync(join(home, "module", name))))
    const verdict = different.length === 0 ? "byte for byte the same" : `different: ${different.join(", ")}`
    console.log(`Engine rebuilt with ${toolchain.version}: ${verdict}.`)
    return different.length === 0
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

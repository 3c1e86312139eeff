/** `npm run engine:build`: makes `module/` from source, and writes its hash and the list of licences. */

import { createHash } from "node:crypto"
import { readFileSync, writeFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { gzipSync } from "node:zlib"
import { compile } from "./compile.ts"
import { licences } from "./licences.ts"
import { findToolchain, pinnedVersion } from "./toolchain.ts"

/** Bytes of the module under gzip -9 (docs/protocol.md, D35): what a first visit downloads. */
const budget = 450_000

const home = fileURLToPath(new URL("..", import.meta.url))
const toolchain = findToolchain()
if (toolchain === undefined) {
  console.error(
    `No Rust for WebAssembly here: install rustup (Rust ${pinnedVersion}), or Debian's rustc-web cargo-web rust-web-src lld-22.`,
  )
  process.exit(1)
}
if (!toolchain.isPinned)
  console.warn(`${toolchain.version} is not ${pinnedVersion}: the bytes will differ from the module in the repository.`)

compile({ toolchain, source: home, work: `${home}/.build`, out: `${home}/module` })
const wasm = readFileSync(`${home}/module/engine_bg.wasm`)
const hash = createHash("sha256").update(wasm).digest("hex")
const comment = `/** SHA-256 of \`module/engine_bg.wasm\`, made by ${toolchain.version}. Written by \`npm run engine:build\`. */`
writeFileSync(`${home}/src/module-hash.ts`, `${comment}\nexport const moduleHash = "${hash}"\n`)
writeFileSync(`${home}/LICENCES.md`, licences(toolchain, home))

const size = gzipSync(wasm, { level: 9 }).length
console.log(`module/engine_bg.wasm: ${wasm.length} bytes, ${size} under gzip, SHA-256 ${hash}`)
if (size > budget) {
  console.error(`That is more than the budget of ${budget} bytes.`)
  process.exit(1)
}

/** Makes the module from source: cargo, then our binding program. The same bytes in whatever folder it runs. */

import { spawnSync } from "node:child_process"
import { mkdirSync, readdirSync } from "node:fs"
import { homedir } from "node:os"
import { join, resolve } from "node:path"
import type { Toolchain } from "./toolchain.ts"

/** What a build makes; the same names in `module/`. */
export const moduleFiles = ["engine_bg.wasm", "engine.js", "engine.d.ts"] as const

export interface Job {
  readonly toolchain: Toolchain
  /** A folder with `engine/` and `bindgen/`. */
  readonly source: string
  /** Where cargo works. */
  readonly work: string
  /** Where the module files go. */
  readonly out: string
  /** Cargo features; none for the module we ship. */
  readonly features?: readonly string[]
}

/** @throws when a step fails; its own words are on the terminal by then. */
export function compile({ toolchain, source, work, out, features = [] }: Job): void {
  mkdirSync(out, { recursive: true })
  const extra = features.length === 0 ? [] : ["--features", features.join(",")]
  cargo(toolchain, join(source, "bindgen"), { CARGO_TARGET_DIR: join(work, "bindgen") }, ["build", "--release", "--locked"])
  const environment = { CARGO_TARGET_DIR: join(work, "engine"), RUSTFLAGS: withoutPaths(source) }
  const build = ["build", "--release", "--locked", "--target", "wasm32-unknown-unknown", ...toolchain.arguments, ...extra]
  cargo(toolchain, join(source, "engine"), { ...toolchain.environment, ...environment }, build)
  const wasm = join(work, "engine/wasm32-unknown-unknown/release/engine.wasm")
  run([join(work, "bindgen/release/bindgen"), wasm, out], source, {})
}

/** No path of this machine may enter the module: a panic's location would carry it. */
function withoutPaths(source: string): string {
  const home = process.env.CARGO_HOME ?? join(homedir(), ".cargo")
  const registries = join(home, "registry/src")
  // A package registry's folder is named after its address; there is usually one. It exists once bindgen is built.
  const folders = readdirSync(registries).map((name) => join(registries, name))
  return [...folders.map((folder) => [folder, "crates"]), [resolve(source), "source"]]
    .map(([from, to]) => `--remap-path-prefix=${from}=${to}`)
    .join(" ")
}

function cargo({ cargo: command }: Toolchain, folder: string, environment: Record<string, string>, args: readonly string[]): void {
  run([...command, ...args], folder, environment)
}

function run([command, ...args]: readonly [string, ...string[]], cwd: string, environment: Record<string, string>): void {
  const env = { ...process.env, CARGO_ENCODED_RUSTFLAGS: undefined, RUSTFLAGS: undefined, CARGO_TERM_COLOR: "never", ...environment }
  const { status, error } = spawnSync(command, args, { cwd, env, stdio: "inherit" })
  if (status !== 0) throw new Error(`${command} ${args.join(" ")} failed`, { cause: error })
}

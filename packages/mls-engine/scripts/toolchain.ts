/** Finds a Rust that can make WebAssembly. Knows rustup, Debian's `rustc-web`, and a plain `rustc`; installs only through rustup. */

import { spawnSync } from "node:child_process"
import { existsSync, readFileSync } from "node:fs"
import { homedir } from "node:os"
import { join } from "node:path"

export interface Toolchain {
  /** What to put before `cargo`'s arguments. */
  readonly cargo: readonly [string, ...string[]]
  /** First line of `rustc -V`. */
  readonly version: string
  /** Whether its output can be compared byte by byte with the module in the repository. */
  readonly isPinned: boolean
  readonly environment: Readonly<Record<string, string>>
  readonly arguments: readonly string[]
}

const target = "wasm32-unknown-unknown"

/** The compiler that made the module in the repository: `channel` of engine/rust-toolchain.toml. */
export const pinnedVersion = /channel = "(.+)"/.exec(readFileSync(new URL("../engine/rust-toolchain.toml", import.meta.url), "utf8"))?.[1]

/** A toolchain that can build the engine, the pinned one first; nothing when none can be had. */
export function findToolchain(): Toolchain | undefined {
  return pinned() ?? plain() ?? debian()
}

function pinned(): Toolchain | undefined {
  const rustup = [join(homedir(), ".cargo/bin/rustup"), "rustup"].find((path) => output(path, ["--version"]) !== undefined)
  if (rustup === undefined || pinnedVersion === undefined) return undefined
  if (!hasTarget(rustup, ["run", pinnedVersion, "rustc"])) {
    spawnSync(rustup, ["toolchain", "install", pinnedVersion, "--profile", "minimal", "--target", target], { stdio: "ignore" })
    if (!hasTarget(rustup, ["run", pinnedVersion, "rustc"])) return undefined
  }
  const version = output(rustup, ["run", pinnedVersion, "rustc", "-V"])
  if (version === undefined) return undefined
  return { cargo: [rustup, "run", pinnedVersion, "cargo"], version, isPinned: true, environment: {}, arguments: [] }
}

function plain(): Toolchain | undefined {
  const version = output("rustc", ["-V"])
  if (version === undefined || !hasTarget("rustc", [])) return undefined
  return { cargo: ["cargo"], version, isPinned: version.startsWith(`rustc ${pinnedVersion} `), environment: {}, arguments: [] }
}

/** Debian 12 has no prebuilt standard library for WebAssembly: packages rustc-web, cargo-web, rust-web-src, lld-22. */
function debian(): Toolchain | undefined {
  const version = output("rustc", ["-V"])
  const linker = "/usr/bin/wasm-ld-22"
  if (version === undefined || !existsSync(linker) || !hasSource()) return undefined
  return {
    cargo: ["cargo"],
    version: `${version}, standard library from source`,
    isPinned: false,
    environment: { RUSTC_BOOTSTRAP: "1", CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER: linker },
    arguments: ["-Z", "build-std=std,panic_abort"],
  }
}

function hasTarget(command: string, before: readonly string[]): boolean {
  const folder = output(command, [...before, "--print", "target-libdir", "--target", target])
  return folder !== undefined && existsSync(folder)
}

function hasSource(): boolean {
  const root = output("rustc", ["--print", "sysroot"])
  return root !== undefined && existsSync(join(root, "lib/rustlib/src/rust/library"))
}

function output(command: string, args: readonly string[]): string | undefined {
  const run = spawnSync(command, args, { encoding: "utf8" })
  return run.status === 0 ? run.stdout.trim() : undefined
}

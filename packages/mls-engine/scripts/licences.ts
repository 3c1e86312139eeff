/** Lists the crates that are in the module, with their licences, from cargo's own knowledge of them. */

import { spawnSync } from "node:child_process"
import { join } from "node:path"
import type { Toolchain } from "./toolchain.ts"

/** The text of LICENCES.md: what `cargo tree` reaches without macros and build tools, which leave only our own code behind. */
export function licences({ cargo: [command, ...before] }: Toolchain, home: string): string {
  const what = ["--target", "wasm32-unknown-unknown", "--edges", "normal,no-proc-macro"]
  const how = ["--prefix", "none", "--no-dedupe", "--format", "{p}|{l}|{r}"]
  const run = spawnSync(command, [...before, "tree", "--locked", ...what, ...how], { cwd: join(home, "engine"), encoding: "utf8" })
  if (run.status !== 0) throw new Error("cargo tree failed")
  const rows = [...new Set(run.stdout.trim().split("\n"))].filter((line) => !line.startsWith("conclave_")).map(rowOf)
  const head = ["# Crates in the engine", "", "Made by `npm run engine:build`: every crate that is linked into `module/engine_bg.wasm`."]
  return [...head, "", "| crate | version | licence | source |", "|---|---|---|---|", ...rows.toSorted(), ""].join("\n")
}

function rowOf(line: string): string {
  const [name = "", licence = "", source = ""] = line.split("|")
  const [crate = "", version = ""] = name.split(" ")
  return `| ${crate} | ${version.replace("v", "")} | ${licence || "?"} | ${source} |`
}

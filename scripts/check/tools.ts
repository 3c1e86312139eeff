/** The checks that other people's tools make. Each gives back what it found; nothing found is a pass. */
import { globSync } from "node:fs"
import { join } from "node:path"
import { runProgram, root } from "../program.ts"

/** What a check found, one finding a line; empty when all is well. */
export type Findings = readonly string[]

const bin = (path: string): string => join(root, "node_modules", path)

/** Runs a tool that ends with a code other than 0 when it finds something. */
async function tool(path: string, args: readonly string[]): Promise<Findings> {
  const { code, output } = await runProgram(process.execPath, [bin(path), ...args], { env: { FORCE_COLOR: "0", NO_COLOR: "1" } })
  const lines = output.split("\n").filter((line) => line.trim() !== "")
  return code === 0 ? [] : lines.length === 0 ? [`${path} ended with code ${String(code)}`] : lines
}

/** Types of every project of the tree: each workspace as it may see the world, workers and tests. One process parses the libraries once. */
export function types(): Promise<Findings> {
  const projects = ["tsconfig.tests.json", "{packages,apps}/**/tsconfig*.json", "{scripts,tests,bench}/tsconfig*.json"]
  const found = globSync(projects, { cwd: root, exclude: ["**/node_modules"] }).sort()
  return tool("typescript/bin/tsc", ["-b", "--noEmit", "--pretty", "false", ...found])
}

export const lint = (): Promise<Findings> =>
  tool("eslint/bin/eslint.js", [
    "--max-warnings",
    "0",
    "--cache",
    "--cache-strategy",
    "content",
    "--cache-location",
    join(root, "node_modules/.conclave/eslint"),
    ".",
  ])

export const format = (): Promise<Findings> =>
  tool("prettier/bin/prettier.cjs", [
    "--check",
    "--log-level",
    "warn",
    "--cache",
    "--cache-location",
    join(root, "node_modules/.conclave/prettier"),
    ".",
  ])

export const imports = (): Promise<Findings> =>
  tool("dependency-cruiser/bin/dependency-cruiser.mjs", [
    "--config",
    ".dependency-cruiser.mjs",
    "--output-type",
    "err-long",
    "packages",
    "apps",
    "tests",
    "bench",
    "scripts",
  ])

export const deadCode = (): Promise<Findings> => tool("knip/bin/knip.js", ["--no-progress", "--no-config-hints"])

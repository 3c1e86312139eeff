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

/** Every TypeScript project of the tree: the compiler's view of each workspace, workers and tests. */
export const typeProjects = (): string[] =>
  globSync(["tsconfig.tests.json", "{packages,apps}/**/tsconfig*.json", "{scripts,tests,bench}/tsconfig*.json"], {
    cwd: root,
    exclude: ["**/node_modules"],
  }).sort()

/** Types of one project; what the compiler learnt is kept for the next run. */
export function types(project: string): Promise<Findings> {
  const memory = join(root, "node_modules/.conclave", `${project.replaceAll("/", "_")}.tsbuildinfo`)
  return tool("typescript/bin/tsc", ["-p", project, "--pretty", "false", "--incremental", "--tsBuildInfoFile", memory])
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

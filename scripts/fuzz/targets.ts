/** Finds what can be fuzzed: every list of targets that a `fuzz.ts` in a package exports. */
import { globSync } from "node:fs"
import { join } from "node:path"
import { root } from "../program.ts"

export interface Target {
  readonly name: string
  /** Inputs that the parser accepts, for the fuzzer to bend. */
  readonly samples?: readonly Uint8Array[]
  /** Hands the bytes to the parser. Throwing is a finding: a refusal is a value. */
  run(bytes: Uint8Array): void | Promise<void>
}

const isTarget = (value: unknown): value is Target =>
  typeof value === "object" &&
  value !== null &&
  "name" in value &&
  typeof value.name === "string" &&
  "run" in value &&
  typeof value.run === "function"

/** All targets of the tree, sorted by name. */
export async function findTargets(): Promise<Target[]> {
  const found: Target[] = []
  for (const path of globSync("{packages,apps}/*/src/**/fuzz.ts", { cwd: root })) {
    const module = (await import(join(root, path))) as Record<string, unknown>
    for (const value of Object.values(module)) if (Array.isArray(value)) found.push(...value.filter(isTarget))
  }
  return found.sort((a, b) => a.name.localeCompare(b.name))
}

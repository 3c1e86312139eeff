/** The npm packages of the clone: are they in place, and if not, put them there. Uses only Node built-ins. */
import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { npmCommand, npmFlags, Refusal, sentenceFor } from "./node24.mjs"
import { root, runProgram } from "./program.ts"

interface Locked {
  readonly version?: string
  readonly optional?: boolean
}

/**
 * Whether npm's record of what it installed agrees with the lockfile. Comparing the two finds a changed lockfile, an interrupted
 * install and an added workspace alike; optional packages may be missing, as they are made for other machines.
 */
export function areDependenciesInPlace(folder = root): boolean {
  const record = join(folder, "node_modules", ".package-lock.json")
  if (!existsSync(record)) return false
  const wanted = packagesOf(join(folder, "package-lock.json"))
  const present = packagesOf(record)
  return Object.entries(wanted).every(([path, { version, optional }]) => {
    if (path === "") return true
    const found = present[path]
    return found === undefined ? optional === true : found.version === version
  })
}

function packagesOf(lockfile: string): Readonly<Record<string, Locked | undefined>> & Record<string, Locked> {
  const parsed = JSON.parse(readFileSync(lockfile, "utf8")) as { packages: Record<string, Locked> }
  return parsed.packages
}

/** Installs exactly what the lockfile says, when that is not there already. No package may run a script while being installed. */
export async function installDependencies(): Promise<void> {
  if (areDependenciesInPlace()) return
  console.log("Installing dependencies …")
  const [npm, ...first] = npmCommand()
  const { code, output } = await runProgram(npm, [...first, "ci", "--ignore-scripts", ...npmFlags])
  if (code !== 0) throw new Refusal(sentenceFor("Installing dependencies", output))
}

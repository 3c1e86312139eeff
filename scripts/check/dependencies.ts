/** docs/dependencies.md says why each package of others is trusted; this keeps it and the package.json files together. */
import { globSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { root } from "../program.ts"
import type { Findings } from "./tools.ts"

interface Manifest {
  readonly dependencies?: Record<string, string>
  readonly devDependencies?: Record<string, string>
}

/** Lines `| workspace | package | why |` of the document, as `workspace package`. */
export function listedIn(document: string): Set<string> {
  const rows = document.matchAll(/^\| *`([^`]+)` *\| *`([^`]+)` *\| *\S/gm)
  return new Set([...rows].map(([, workspace, name]) => `${String(workspace)} ${String(name)}`))
}

/** What the document lacks and what it has too much, against the workspaces' own lists. */
export function dependencyFindings(document: string, used: Readonly<Record<string, readonly string[]>>): Findings {
  const listed = listedIn(document)
  const wanted = new Set(Object.entries(used).flatMap(([workspace, names]) => names.map((name) => `${workspace} ${name}`)))
  const lacking = [...wanted]
    .filter((line) => !listed.has(line))
    .map((line) => `docs/dependencies.md does not say why ${line.replace(" ", " uses ")}`)
  const stale = [...listed]
    .filter((line) => !wanted.has(line))
    .map((line) => `docs/dependencies.md explains ${line.replace(" ", " using ")}, which it does not`)
  return [...lacking, ...stale]
}

export function dependencies(): Findings {
  const manifests = globSync("{package.json,{packages,apps}/*/package.json,tests/package.json,bench/package.json}", { cwd: root })
  const used = Object.fromEntries(
    manifests.map((path) => [path === "package.json" ? "." : path.replace("/package.json", ""), foreignOf(path)]),
  )
  return dependencyFindings(readFileSync(join(root, "docs/dependencies.md"), "utf8"), used)
}

function foreignOf(path: string): string[] {
  const { dependencies: own = {}, devDependencies = {} } = JSON.parse(readFileSync(join(root, path), "utf8")) as Manifest
  return [...Object.keys(own), ...Object.keys(devDependencies)].filter((name) => !name.startsWith("@conclave/"))
}

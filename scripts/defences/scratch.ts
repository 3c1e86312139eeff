/** A scratch copy of the working tree, so that taking defences out never touches the tree people work in. */
import { cpSync, existsSync, globSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { root, runProgram } from "../program.ts"

export interface Scratch {
  readonly folder: string
  readonly remove: () => void
}

/**
 * Copies every file that git knows or would know, and links the packages of others. Our own workspaces are linked to the copy, or a
 * test in the copy would quietly import the unedited originals.
 */
export async function scratchCopy(): Promise<Scratch> {
  const folder = mkdtempSync(join(tmpdir(), "conclave-defences-"))
  const { code, output } = await runProgram("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
  if (code !== 0) throw new Error(`bug: git ls-files: ${output}`)
  for (const path of output.split("\0").filter((each) => each !== "" && existsSync(join(root, each)))) copy(path, folder)
  linkPackages("node_modules", folder)
  for (const path of globSync("{packages,apps}/*/node_modules", { cwd: root })) linkPackages(path, folder)
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

function copy(path: string, folder: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  cpSync(join(root, path), join(folder, path))
}

function linkPackages(path: string, folder: string): void {
  mkdirSync(join(folder, path), { recursive: true })
  for (const name of readdirSync(join(root, path)).filter((each) => each !== "@conclave" && !each.startsWith(".")))
    symlinkSync(join(root, path, name), join(folder, path, name))
  if (path !== "node_modules") return
  mkdirSync(join(folder, path, "@conclave"))
  for (const workspace of globSync(["{packages,apps}/*", "tests", "bench"], { cwd: root })) {
    const name = workspace.split("/").at(-1) ?? workspace
    symlinkSync(join(folder, workspace), join(folder, path, "@conclave", name))
  }
}

/** Builds the web client when its sources have changed since the last build. Uses only Node built-ins itself. */
import { createHash } from "node:crypto"
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { Refusal, sentenceFor } from "./node24.mjs"
import { root, runProgram } from "./program.ts"

const inputs = ["apps/web", "packages/wire", "packages/call", "packages/crypto", "packages/mls-engine", "package-lock.json"]
const notInputs = new Set(["node_modules", "dist", "target", ".build", "vectors"])

/** Hash of every file that can end up in the built client. */
export function hashOfInputs(folder = root): string {
  const hash = createHash("sha256")
  for (const input of inputs) add(join(folder, input))
  return hash.digest("hex")

  function add(path: string): void {
    for (const file of filesUnder(path)) hash.update(file.slice(folder.length)).update("\0").update(readFileSync(file)).update("\0")
  }
}

function filesUnder(path: string): string[] {
  if (!existsSync(path)) return []
  const files: string[] = []
  const look = (at: string): void => {
    for (const entry of readdirSync(at, { withFileTypes: true })) {
      if (entry.isDirectory() && !notInputs.has(entry.name)) look(join(at, entry.name))
      if (entry.isFile() && !/\.test\.tsx?$/.test(entry.name)) files.push(join(at, entry.name))
    }
  }
  if (path.endsWith(".json")) files.push(path)
  else look(path)
  return files.sort()
}

/** Leaves an up-to-date client in `apps/web/dist`. */
export async function buildClient(): Promise<void> {
  const stamp = join(root, "node_modules", ".conclave", "client.sha256")
  const page = join(root, "apps/web/dist/index.html")
  const wanted = hashOfInputs()
  if (existsSync(page) && existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return
  console.log("Building the client …")
  rmSync(stamp, { force: true })
  const vite = join(root, "node_modules/vite/bin/vite.js")
  const { code, output } = await runProgram(process.execPath, [vite, "build", "--logLevel", "warn"], { cwd: join(root, "apps/web") })
  if (code !== 0) throw new Refusal(`${sentenceFor("Building the client", output)}\n${output}`)
  mkdirSync(dirname(stamp), { recursive: true })
  writeFileSync(stamp, wanted)
}

/**
 * `node scripts/run.mjs scripts/with.ts <needs …> -- <script.ts> [arguments]`: puts in place what a script needs, then runs it.
 * Needs: `sfu` (CONCLAVE_SFU_BIN is set), `client` (apps/web/dist is up to date), `postgres` (its programs), `browsers` (Chromium,
 * Firefox, sound; the script runs in the private network of in-namespace.ts). The npm packages are always put in place.
 */
import { buildClient } from "./client.ts"
import { ensureBrowsers, ensurePostgres } from "./debian.ts"
import { installDependencies } from "./dependencies.ts"
import { runInNamespace } from "./in-namespace.ts"
import { Refusal, runInForeground } from "./node24.mjs"
import { main, root } from "./program.ts"
import { sfuBinary } from "./sfu.ts"

await main(async () => {
  const separator = process.argv.indexOf("--")
  if (separator < 0) throw new Refusal("Usage: scripts/with.ts [sfu] [client] [postgres] [browsers] -- <script> [arguments]")
  const needs = new Set(process.argv.slice(2, separator))
  const command = process.argv.slice(separator + 1)
  await installDependencies()
  const env = needs.has("sfu") ? { ...process.env, CONCLAVE_SFU_BIN: await sfuBinary() } : process.env
  if (needs.has("postgres")) await ensurePostgres()
  if (needs.has("client")) await buildClient()
  if (!needs.has("browsers")) return runInForeground(process.execPath, command, { cwd: root, env })
  await ensureBrowsers()
  return runInNamespace(command, env)
})

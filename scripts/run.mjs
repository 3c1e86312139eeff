/** `node scripts/run.mjs <script> [arguments]`: runs a script under Node 24 or newer, fetching that Node first when the system's is older. */
import { environmentFor, node24, Refusal, runInForeground } from "./node24.mjs"

try {
  const node = node24()
  process.exitCode = await runInForeground(node, process.argv.slice(2), { env: environmentFor(node) })
} catch (error) {
  if (!(error instanceof Refusal)) throw error
  console.error(error.message)
  process.exitCode = 1
}

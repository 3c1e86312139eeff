/** `npm run conclave -- …`: asks a running server on this machine, by the socket in its data folder. */

import { createKey, keyUsage } from "./create-key.ts"

const usage = `Usage: npm run conclave -- ${keyUsage}`

async function main([noun, verb, ...rest]: readonly string[]): Promise<number> {
  if (noun === "key" && verb === "create") return createKey(rest)
  console.error(usage)
  return 2
}

process.exitCode = await main(process.argv.slice(2))

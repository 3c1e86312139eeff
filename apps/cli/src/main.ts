/** `npm run conclave -- …`: asks a running server on this machine, by the socket in its data folder. */

import { createKey, keyUsage } from "./create-key.ts"
import { recoverAccount, recoverUsage } from "./recover-account.ts"

const usage = ["Usage:", ...[keyUsage, recoverUsage].map((one) => `  npm run conclave -- ${one}`)].join("\n")

async function main([noun, verb, ...rest]: readonly string[]): Promise<number> {
  if (noun === "key" && verb === "create") return createKey(rest)
  if (noun === "account" && verb === "recover") return recoverAccount(rest)
  console.error(usage)
  return 2
}

process.exitCode = await main(process.argv.slice(2))

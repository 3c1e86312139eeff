/** `account recover ADDRESS`: a link by which an account gets a new password, shown once. */

import { askServer } from "./ask-server.ts"

export const recoverUsage = "account recover ADDRESS"

interface Recovery {
  readonly path: string
  readonly expiresAt: string
}

/** Gives the exit code. */
export async function recoverAccount([email, ...rest]: readonly string[]): Promise<number> {
  if (email === undefined || email.startsWith("-") || rest.length > 0) {
    console.error(`Usage: npm run conclave -- ${recoverUsage}`)
    return 2
  }
  const answer = await askServer<Recovery>("/recoveries", { email })
  if ("sentence" in answer) {
    console.error(answer.sentence)
    return 1
  }
  console.error(
    `Open this below your server's address before ${answer.expiresAt}. It is good once and voids what the account was logged in with.`,
  )
  console.log(answer.path)
  return 0
}

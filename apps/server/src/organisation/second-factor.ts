/** Whether a code is one of the account's: of its app, or one of the ten for the day the app is lost. */

import type { AccountId } from "@conclave/api"
import { stepOf } from "./authenticator-app.ts"
import type { OrganisationParts } from "./parts.ts"
import { recoveryHash } from "./recovery-codes.ts"

type Parts = Pick<OrganisationParts, "store" | "seal" | "now" | "log">

/** What the seed of an account is sealed with, so that it opens for no other. */
export const seedContext = (account: AccountId): string => `authenticator app of ${account}`

/** Uses the code up. False: it is none, or was used before. */
export async function takeCode(parts: Parts, account: AccountId, code: string): Promise<boolean> {
  const digits = code.replaceAll(/\s/g, "")
  if (/^\d{6}$/.test(digits)) return takeAppCode(parts, account, digits)
  const hash = recoveryHash(code)
  if (hash === undefined || !(await parts.store.factors.takeCode(account, hash))) return false
  parts.log("recovery-code-used", { account })
  return true
}

async function takeAppCode({ store, seal, now, log }: Parts, account: AccountId, code: string): Promise<boolean> {
  const app = await store.factors.app(account)
  if (app === undefined) return false
  const seed = seal.open(app.sealedSeed, seedContext(account))
  // The data folder's key is another than when it was sealed. Recovery codes still work.
  if (seed === undefined) log("seal-does-not-open", { account })
  const step = seed && stepOf(code, seed, now())
  return step !== undefined && step > app.lastStep && (await store.factors.takeStep(account, step))
}

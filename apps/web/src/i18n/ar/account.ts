/** Logging in, invitations, one's own account. Arabic. */

import type { account as english } from "../en/account.ts"
import type { PartOf } from "../words.ts"
import { apiProblems } from "./api-problems.ts"

export const account: PartOf<typeof english> = {
  ...apiProblems,
  "account.title": "حسابك",
}

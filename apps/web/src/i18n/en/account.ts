/** Logging in, invitations, one's own account. English. */

import { apiProblems } from "./api-problems.ts"

export const account = {
  ...apiProblems,
  "account.title": "Your account",
} as const

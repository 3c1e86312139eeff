/** The way back for an owner whom nobody else may help (D36.15): whoever can open the socket could read the database anyway. */

import { z } from "@conclave/api"
import { invite } from "../organisation/joining.ts"
import { addressForm } from "../organisation/login.ts"
import type { Log } from "../log.ts"
import type { OrganisationStore } from "../organisation/ports.ts"

interface Parts {
  readonly organisation: OrganisationStore
  readonly log: Log
  readonly now: () => number
}

const wantedRecovery = z.strictObject({ email: z.string().min(3).max(254) })

/** Gives what the console answers: a status and a body. */
export async function recoverByConsole(body: unknown, { organisation, log, now }: Parts): Promise<readonly [status: number, body: object]> {
  const wanted = wantedRecovery.safeParse(body)
  const account = wanted.success ? await organisation.accounts.byEmail(addressForm(wanted.data.email)) : undefined
  if (account === undefined) return [404, { sentence: "No account has that address." }]
  const { id, role } = account
  const recovery = { account: id, role, team: undefined, by: id }
  const { token, expiresAt } = await invite({ store: organisation, log, now }, recovery)
  return [201, { path: `/invitation#${token}`, expiresAt: new Date(expiresAt).toISOString() }]
}

/** Who acts, for operations that accounts alone can ask for. */

import { ApiProblem, type AccountId } from "@conclave/api"
import type { Account, Session } from "../../organisation/ports.ts"
import type { OrganisationParts } from "../../organisation/parts.ts"
import type { HeldRole } from "../../organisation/held-role.ts"
import { renewSession, sessionOf, type Visitor } from "../../organisation/who-asks.ts"
import type { Context, Found } from "../handler.ts"

export interface Self {
  readonly account: AccountId
  readonly roles: readonly HeldRole[]
  /** The cookie's token. */
  readonly token: string
}

export function selfOf({ by }: Context): Self {
  const { subject, session } = by
  if (subject.kind !== "account" || session === undefined) throw new ApiProblem("denied")
  return { account: subject.account, roles: subject.roles, token: session }
}

/** For `find` of operations about oneself. */
export async function findSelf(
  { store }: OrganisationParts,
  context: Context,
): Promise<Found<Self & { readonly own: Account }> | undefined> {
  if (context.by.subject.kind !== "account") throw new ApiProblem("denied")
  const self = selfOf(context)
  const own = await store.accounts.get(self.account)
  return own && { object: { account: self.account }, thing: { ...self, own } }
}

/** For `find` of operations that are open to anybody. */
export const findNothing = (): Promise<Found<undefined>> => Promise.resolve({ object: {}, thing: undefined })

export const visitorOf = ({ address, agent, by }: Context): Visitor => ({ address, agent, session: by.session })

/** The session that asks; it ended meanwhile: ApiProblem `not-signed-in`. */
export async function ownSession(parts: OrganisationParts, { token }: Self): Promise<Session> {
  const session = await sessionOf(parts, token)
  if (session === undefined) throw new ApiProblem("not-signed-in")
  return session
}

/** After a change of what one logs in with: all other sessions end, this one gets another token (D36.8). */
export async function renew(parts: OrganisationParts, { token }: Self, context: Context): Promise<void> {
  const next = await renewSession(parts, token)
  if (next !== undefined) context.setSession(next)
}

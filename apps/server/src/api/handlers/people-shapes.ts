/** People, accounts and invitations as the API shows them. */

import type { account as accountSchema, invitation as invitationSchema, person as personSchema, TeamId, z } from "@conclave/api"
import { teamsWith } from "../../organisation/authorise.ts"
import type { Account, Invitation, OrganisationStore } from "../../organisation/ports.ts"
import type { Context } from "../handler.ts"

export const momentOf = (at: number): string => new Date(at).toISOString()

type Person = z.input<typeof personSchema>

/** Of somebody's teams only those are shown that the asker may see (A4.01). */
export async function personShown(store: OrganisationStore, account: Account, { by }: Context): Promise<Person> {
  return person(store, account, teamsWith(by.subject, "people.read"))
}

export async function peopleShown(store: OrganisationStore, accounts: readonly Account[], context: Context): Promise<Person[]> {
  return Promise.all(accounts.map((account) => personShown(store, account, context)))
}

async function person(
  store: OrganisationStore,
  { id, email, name, role, madeAt }: Account,
  seen: "all" | readonly TeamId[],
): Promise<Person> {
  const roles = await store.accounts.roles(id)
  const teams = roles.flatMap((held) =>
    "team" in held && (seen === "all" || seen.includes(held.team)) ? [{ team_id: held.team, role: held.role }] : [],
  )
  return { id, email, name, role, teams, created_at: momentOf(madeAt) }
}

/** What its owner sees of an account. */
export async function accountShown(store: OrganisationStore, account: Account): Promise<z.input<typeof accountSchema>> {
  const { factors } = store
  return {
    ...(await person(store, account, "all")),
    has_authenticator_app: (await factors.app(account.id)) !== undefined,
    recovery_codes_left: await factors.codesLeft(account.id),
    passkeys: (await factors.passkeys(account.id)).length,
  }
}

export const invitationShown = ({ id, account, role, team, by, madeAt, expiresAt }: Invitation): z.input<typeof invitationSchema> => ({
  id,
  kind: account === undefined ? "new-account" : "recovery",
  account_id: account ?? null,
  role,
  team_id: team?.id ?? null,
  team_role: team?.role ?? null,
  invited_by: by,
  created_at: momentOf(madeAt),
  expires_at: momentOf(expiresAt),
})

/** Who may give which role to whom (D36.17): nobody more than they have themselves, and nobody to themselves. */

import type { AccountId, TeamId } from "@conclave/api"
import { organisationRoles, type HeldRole, type OrganisationRole, type TeamRole } from "./held-role.ts"

interface Person {
  readonly account: AccountId
  readonly roles: readonly HeldRole[]
}

/** Of several roles of the organisation the mightiest counts. */
export function organisationRoleOf(roles: readonly HeldRole[]): OrganisationRole {
  return organisationRoles.find((role) => roles.some((held) => !("team" in held) && held.role === role)) ?? "member"
}

/** Lower is mightier. An auditor sees everything, so only those who see everything make one. */
const rank = (role: OrganisationRole): number => organisationRoles.indexOf(role)

const mayOrganise = (giver: Person): boolean => rank(organisationRoleOf(giver.roles)) <= rank("admin")

/** Whether the giver may make somebody who has `before` (undefined: nobody yet) into `after`. */
export function mayGiveRole(giver: Person, change: { of?: AccountId; before?: OrganisationRole; after: OrganisationRole }): boolean {
  const own = organisationRoleOf(giver.roles)
  if (change.of === giver.account) return rank(change.after) >= rank(own)
  return mayOrganise(giver) && rank(change.after) >= rank(own) && (change.before === undefined || rank(change.before) >= rank(own))
}

/** Whether the giver may act on somebody's account: send away, end sessions, invite anew. */
export const mayActOn = (giver: Person, of: OrganisationRole): boolean =>
  mayOrganise(giver) && rank(of) >= rank(organisationRoleOf(giver.roles))

/** Whether the giver may put people into a team in this role, take them out, or change their role there. */
export function mayGiveTeamRole(
  giver: Person,
  { team, of, after }: { team: TeamId; of?: AccountId; after: TeamRole | undefined },
): boolean {
  if (mayOrganise(giver)) return true
  const own = giver.roles.find((held) => "team" in held && held.team === team)?.role
  if (of === giver.account && own !== undefined) return after === undefined || after === own || after === "member"
  return own === "team-manager"
}

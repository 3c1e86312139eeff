/** D41.30: what a page offers to whoever is signed in. The server decides by the same table, whatever is offered here. */

import { byOrganisationRole, byTeamRole, type Permission } from "@conclave/api"
import type { OwnAccount, Team } from "./shapes.ts"

/** The part of an account that says what it may do. */
export type Holder = Pick<OwnAccount, "role" | "teams">

/** Whether something is permitted in a team; without one, whether it is anywhere. */
export function may(holder: Holder, permission: Permission, team?: string): boolean {
  if (byOrganisationRole[holder.role].includes(permission)) return true
  return holder.teams.some(({ team_id, role }) => (team === undefined || team_id === team) && byTeamRole[role].includes(permission))
}

/** The teams of a list in which something is permitted. */
export const teamsWith = (holder: Holder, permission: Permission, teams: readonly Team[]): readonly Team[] =>
  teams.filter(({ id }) => may(holder, permission, id))

/** Whether somebody acts for the whole organisation and not for teams only. */
export const runsOrganisation = ({ role }: Holder): boolean => role === "owner" || role === "admin"

/** D36.17: the roles that somebody may give, the mightiest first. */
export function rolesToGive({ role }: Holder): readonly OwnAccount["role"][] {
  if (role === "owner") return ["owner", "admin", "auditor", "member"]
  return role === "admin" ? ["admin", "auditor", "member"] : ["member"]
}

/** D36.17: whether somebody may change, send away or open anew the account of whoever has that role. */
export const mayActOn = (holder: Holder, role: OwnAccount["role"]): boolean =>
  runsOrganisation(holder) && rolesToGive(holder).includes(role)

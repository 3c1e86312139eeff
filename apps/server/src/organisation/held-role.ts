/** The roles there are. */

import type { TeamId } from "@conclave/api"

/** Of the whole organisation, the mightiest first. Each account has exactly one. */
export const organisationRoles = ["owner", "admin", "auditor", "member"] as const
export type OrganisationRole = (typeof organisationRoles)[number]

/** Of one team. */
export const teamRoles = ["team-manager", "member"] as const
export type TeamRole = (typeof teamRoles)[number]

/** One role somebody holds: of the whole organisation, or of one team. */
export type HeldRole = { readonly role: OrganisationRole } | { readonly role: TeamRole; readonly team: TeamId }

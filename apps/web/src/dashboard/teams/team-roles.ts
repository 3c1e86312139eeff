import type { TeamRole } from "../shapes.ts"

/** Roles within a team, the usual one first. */
export const teamRoles: readonly TeamRole[] = ["member", "team-manager"]

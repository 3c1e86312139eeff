/** What each role permits. The server decides by it (`authorise.ts`, D36.16); a page asks it what to offer (D41.30). */

import type { organisationRole, teamRole } from "./account-fields.ts"
import type { Permission } from "./permissions.ts"
import type { z } from "./schema.ts"

const inTeams = ["rooms.read", "rooms.write", "live.read", "people.read", "teams.read"] as const
const managing = [
  "rooms.make-transport-only",
  "live.end",
  "keys.read",
  "keys.write",
  "people.invite",
  "people.change",
  "webhooks.read",
  "webhooks.write",
  "usage.read",
] as const

const reading = [
  "rooms.read",
  "live.read",
  "keys.read",
  "people.read",
  "teams.read",
  "webhooks.read",
  "audit.read",
  "usage.read",
  "health.read",
  "organisation.read",
] as const

const everything = [...new Set([...inTeams, ...managing, ...reading, "teams.write", "organisation.write"] as const)]

/** What a role of the organisation may do to anything in it. "own" is everybody's who is signed in. */
export const byOrganisationRole: Record<z.output<typeof organisationRole>, readonly Permission[]> = {
  owner: everything,
  admin: everything,
  auditor: reading,
  // What a member may do comes from teams; that there is an organisation, and its name, is no secret among its people.
  member: ["organisation.read"],
}

/** What a role of a team may do to that team and to what belongs to it. */
export const byTeamRole: Record<z.output<typeof teamRole>, readonly Permission[]> = {
  "team-manager": [...inTeams, ...managing],
  member: inTeams,
}

/** Handlers of everything about accounts and people. */

import type { OrganisationParts } from "../../organisation/parts.ts"
import { accountHandlers } from "./account.ts"
import { invitationHandlers } from "./invitations.ts"
import { loginHandlers } from "./login.ts"
import { peopleHandlers } from "./people.ts"
import { sessionHandlers } from "./sessions.ts"
import { teamHandlers } from "./teams.ts"

export const organisationHandlers = (parts: OrganisationParts) => ({
  ...loginHandlers(parts),
  ...sessionHandlers(parts),
  ...accountHandlers(parts),
  ...peopleHandlers(parts),
  ...invitationHandlers(parts),
  ...teamHandlers(parts),
})

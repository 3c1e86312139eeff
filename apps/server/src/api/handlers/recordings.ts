/** Recordings' metadata: there are none, as this version records nothing. */

import { operations } from "@conclave/api"
import { handler } from "../handler.ts"
import type { HandlerParts } from "./parts.ts"
import { teamsAsked } from "./teams-asked.ts"

export const recordingHandlers = ({ organisation: { teams } }: HandlerParts) => ({
  listRecordings: handler(operations.listRecordings, {
    find: ({ query }, context) => teamsAsked(context, { named: query.team_id, needs: "rooms.read", teams }),
    act: () => Promise.resolve({ data: [], total_count: 0 }),
  }),
})

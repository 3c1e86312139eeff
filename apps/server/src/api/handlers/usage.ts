/** What was used, by team and day (D40.15). */

import { ApiProblem, operations } from "@conclave/api"
import { dayOf, daysBetween, dayBefore } from "../../usage/days.ts"
import { handler } from "../handler.ts"
import type { HandlerParts } from "./parts.ts"
import { teamsAsked } from "./teams-asked.ts"

const mostDays = 366
const daysUnlessSaid = 30
/** Of days and teams together: what one answer may hold. */
const mostRows = 10_000

export function usageHandlers({ usage, organisation: { teams } }: HandlerParts) {
  return {
    getUsage: handler(operations.getUsage, {
      find: ({ query }, context) => teamsAsked(context, { named: query.team_id, needs: "usage.read", teams }),
      act: async ({ query }, wanted, { now }) => {
        const to = query.to ?? dayOf(now)
        const from = query.from ?? dayBefore(to, daysUnlessSaid - 1)
        const days = daysBetween(from, to)
        if (days < 1 || days > mostDays)
          throw new ApiProblem("invalid", { errors: { from: [`It must be 1 to ${mostDays} days to the last`] } })
        const found = await usage.between({ teams: wanted, from, to, most: mostRows })
        if (found === undefined)
          throw new ApiProblem("invalid", { errors: { team_id: ["That is too much at once: name a team, or fewer days"] } })
        const data = found.map(({ team, day, calls, participantMs, peak }) => ({
          team_id: team,
          day,
          calls,
          participant_minutes: Math.floor(participantMs / 60_000),
          peak_participants: peak,
        }))
        return { data, total_count: data.length }
      },
    }),
  }
}

/** How much was used, by team and day. Counted from metadata that the server has anyway; nothing says who. */

import { teamId } from "./ids.ts"
import { operation, pageOf } from "./operation.ts"
import { z } from "./schema.ts"

const day = z
  .string()
  .regex(/^20\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/)
  .meta({ description: "A day in UTC, as in 2026-11-21." })

const usageOfDay = z
  .strictObject({
    team_id: teamId,
    day,
    calls: z.int().min(0).meta({ description: "Calls that began on this day." }),
    participant_minutes: z
      .int()
      .min(0)
      .meta({ description: "Everybody's time in calls, together, rounded down. A call under way is counted every 5 minutes." }),
    peak_participants: z.int().min(0).meta({ description: "The most that were in calls of the team at once." }),
  })
  .meta({ id: "UsageOfDay" })

export const usageOperations = {
  getUsage: operation({
    id: "getUsage",
    method: "GET",
    path: "/usage",
    tag: "usage",
    needs: "usage.read",
    summary: "Calls, participant minutes and the most people at once, by team and day",
    description:
      "Of rooms that belong to a team. Days without calls are left out. At most 366 days, `from` and `to` included; left out: the last 30.",
    query: z.strictObject({ from: day.optional(), to: day.optional(), team_id: teamId.optional() }),
    answer: { status: 200, body: pageOf(usageOfDay) },
  }),
} as const

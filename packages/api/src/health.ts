/** How the server is, for those who look after it. */

import { moment } from "./ids.ts"
import { operation } from "./operation.ts"
import { z } from "./schema.ts"

const health = z
  .strictObject({
    is_well: z.boolean().meta({ description: "Database and SFU answer." }),
    running_since: moment,
    database: z.strictObject({
      is_answering: z.boolean(),
      took_milliseconds: z.int().min(0).nullable().meta({ description: "Of one small question. Null: no answer within 5 seconds." }),
    }),
    sfu: z.strictObject({ is_answering: z.boolean(), ways: z.array(z.enum(["udp", "tcp", "relay"])) }),
    relay: z.strictObject({ is_on: z.boolean() }),
    calls: z.strictObject({ live_count: z.int().min(0), participants_count: z.int().min(0) }),
    webhooks: z
      .strictObject({
        waiting_count: z.int().min(0),
        oldest_waiting_since: moment.nullable(),
        failing_count: z.int().min(0).meta({ description: "Webhooks of which nothing has arrived since their last failure." }),
      })
      .nullable()
      .meta({ description: "Null: the database does not answer." }),
  })
  .meta({ id: "Health" })

export const healthOperations = {
  getHealth: operation({
    id: "getHealth",
    method: "GET",
    path: "/health",
    tag: "health",
    needs: "health.read",
    summary: "Whether server, database and SFU are well",
    description: "Who asks is looked up in the database: where that is gone, the answer is `storage-failed`.",
    answer: { status: 200, body: health },
  }),
} as const

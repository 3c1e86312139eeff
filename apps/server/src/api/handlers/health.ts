/** How the server is (D40.16). */

import { operations } from "@conclave/api"
import type { Counts } from "../../webhooks/ports.ts"
import { handler } from "../handler.ts"
import type { HandlerParts } from "./parts.ts"

/** Longer than that is no answer. */
const patienceMs = 5000

export function healthHandlers({ media, hasRelay, organisation, rooms, webhooks, now, log }: HandlerParts) {
  const runningSince = new Date(now()).toISOString()
  return {
    getHealth: handler(operations.getHealth, {
      find: () => Promise.resolve({ object: {}, thing: undefined }),
      act: async () => {
        const asked = now()
        const [database, isSfuAnswering] = await Promise.all([
          within(organisation.organisation().then(() => Math.round(now() - asked))),
          within(media.isAnswering()),
        ])
        // Without a database these would wait just as long.
        const counts = database === undefined ? undefined : await within(webhooks.deliveries.counts())
        if (database === undefined || isSfuAnswering !== true) log("not-well", { reason: database === undefined ? "database" : "sfu" })
        const attendances = await Promise.all((await rooms.inhabited()).map((room) => rooms.attendance(room)))
        return {
          is_well: counts !== undefined && isSfuAnswering === true,
          running_since: runningSince,
          database: { is_answering: database !== undefined, took_milliseconds: database ?? null },
          sfu: { is_answering: isSfuAnswering === true, ways: [...media.ways] },
          relay: { is_on: hasRelay },
          calls: {
            live_count: attendances.filter((one) => one !== undefined).length,
            participants_count: attendances.reduce((sum, one) => sum + (one?.members.length ?? 0), 0),
          },
          webhooks: counts === undefined ? null : waitingOf(counts),
        }
      },
    }),
  }
}

const waitingOf = ({ waiting, oldestWaiting, failing }: Counts) => ({
  waiting_count: waiting,
  oldest_waiting_since: oldestWaiting === undefined ? null : new Date(oldestWaiting).toISOString(),
  failing_count: failing,
})

/** Undefined: it failed, or took too long. */
async function within<T>(work: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<undefined>((resolve) => (timer = setTimeout(resolve, patienceMs, undefined)))
  try {
    return await Promise.race([work.catch(() => undefined), late])
  } finally {
    clearTimeout(timer)
  }
}

/** What was used, by team and day, as rows. */

import type { Kysely, Transaction } from "kysely"
import type { UsageOfDay, UsageStore, UsageWanted } from "../usage/ports.ts"
import { guarded, type Database } from "./database.ts"
import type { Tables } from "./tables.ts"

export function usage(database: Database): UsageStore {
  const guard = guarded(database)
  return {
    add: (used) => guard(database.transaction((transaction) => add(transaction, used))),
    between: (wanted) => guard(between(database.db, wanted)),
  }
}

async function add(db: Transaction<Tables>, used: readonly UsageOfDay[]): Promise<void> {
  for (const { team, day, calls, participantMs, peak } of used) {
    // The team may have been deleted since.
    if ((await db.selectFrom("teams").select("id").where("id", "=", team).executeTakeFirst()) === undefined) continue
    const had = await db.selectFrom("usage_days").selectAll().where("team", "=", team).where("day", "=", day).executeTakeFirst()
    const sum = {
      calls: Number(had?.calls ?? 0) + calls,
      participant_ms: Number(had?.participant_ms ?? 0) + participantMs,
      peak: Math.max(Number(had?.peak ?? 0), peak),
    }
    if (had === undefined)
      await db
        .insertInto("usage_days")
        .values({ team, day, ...sum })
        .execute()
    else await db.updateTable("usage_days").set(sum).where("team", "=", team).where("day", "=", day).execute()
  }
}

async function between(db: Kysely<Tables>, { teams, from, to, most }: UsageWanted): Promise<readonly UsageOfDay[] | undefined> {
  let query = db.selectFrom("usage_days").selectAll().where("day", ">=", from).where("day", "<=", to)
  if (teams !== "all") {
    if (teams.length === 0) return []
    query = query.where("team", "in", [...teams])
  }
  const rows = await query
    .orderBy("day")
    .orderBy("team")
    .limit(most + 1)
    .execute()
  if (rows.length > most) return undefined
  return rows.map(({ team, day, calls, participant_ms, peak }) => ({
    team: team as UsageOfDay["team"],
    day,
    calls: Number(calls),
    participantMs: Number(participant_ms),
    peak: Number(peak),
  }))
}

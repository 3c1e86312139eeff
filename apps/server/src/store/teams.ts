/** Teams and who is in them, as rows. */

import type { Kysely, Selectable, Transaction } from "kysely"
import type { AccountId, TeamId } from "@conclave/api"
import type { Account, Page, Team, TeamStore, Wanted } from "../organisation/ports.ts"
import type { TeamRole } from "../organisation/held-role.ts"
import { accountOf } from "./accounts.ts"
import { guarded, type Database } from "./database.ts"
import { isBeyond } from "./paging.ts"
import type { Tables } from "./tables.ts"

export function teams(database: Database): TeamStore {
  const { db } = database
  const guard = guarded(database)
  return {
    add: ({ id, name, madeAt }) => guard(db.insertInto("teams").values({ id, name, made_at: madeAt }).execute()).then(() => undefined),
    get: (id) => guard(db.selectFrom("teams").selectAll().where("id", "=", id).executeTakeFirst()).then((row) => row && teamOf(row)),
    byName: (name) =>
      guard(db.selectFrom("teams").selectAll().where("name", "=", name).orderBy("made_at").execute()).then((rows) => rows.map(teamOf)),
    list: (wanted) => guard(list(db, wanted)),
    rename: (id, name) => guard(db.updateTable("teams").set({ name }).where("id", "=", id).execute()).then(() => undefined),
    remove: (id) => guard(database.transaction((transaction) => remove(transaction, id))),
    roleIn: (team, account) =>
      guard(membership(db, team, account).select("role").executeTakeFirst()).then((row) => row?.role as TeamRole | undefined),
    members: (team, wanted) => guard(members(db, team, wanted)),
    setRole: (team, account, role) => guard(database.transaction((transaction) => setRole(transaction, { team, account, role }))),
  }
}

const membership = (db: Kysely<Tables>, team: TeamId, account: AccountId) =>
  db.selectFrom("memberships").where("team", "=", team).where("account", "=", account)

async function list(
  db: Kysely<Tables>,
  { teams: named, ...wanted }: Wanted<TeamId> & { readonly teams: "all" | readonly TeamId[] },
): Promise<Page<Team>> {
  let query = db.selectFrom("teams")
  if (named !== "all") {
    if (named.length === 0) return { found: [], total: 0 }
    query = query.where("id", "in", [...named])
  }
  const { total } = await query.select(({ fn }) => fn.countAll().as("total")).executeTakeFirstOrThrow()
  const { order, limit, offset } = wanted
  const page = query.selectAll().where(isBeyond("teams", wanted)).orderBy("made_at", order).orderBy("id", order)
  return { found: (await page.limit(limit).offset(offset).execute()).map(teamOf), total: Number(total) }
}

async function remove(db: Transaction<Tables>, id: TeamId): Promise<"done" | "in-use"> {
  for (const table of ["room_records", "developer_keys"] as const) {
    const used = await db.selectFrom(table).select("id").where("team", "=", id).limit(1).executeTakeFirst()
    if (used !== undefined) return "in-use"
  }
  const left = await db.deleteFrom("memberships").where("team", "=", id).returning("account").execute()
  const accounts = left.map(({ account }) => account)
  if (accounts.length > 0) await db.deleteFrom("sessions").where("account", "in", accounts).execute()
  await db.deleteFrom("teams").where("id", "=", id).execute()
  return "done"
}

async function members(db: Kysely<Tables>, team: TeamId, wanted: Wanted<AccountId>): Promise<Page<{ account: Account; role: TeamRole }>> {
  const query = db
    .selectFrom("memberships")
    .innerJoin("accounts", "accounts.id", "memberships.account")
    .where("memberships.team", "=", team)
  const { total } = await query.select(({ fn }) => fn.countAll().as("total")).executeTakeFirstOrThrow()
  const { order, limit, offset } = wanted
  const rows = await query
    .selectAll("accounts")
    .select("memberships.role as team_role")
    .where(isBeyond("accounts", wanted))
    .orderBy("accounts.made_at", order)
    .orderBy("accounts.id", order)
    .limit(limit)
    .offset(offset)
    .execute()
  return { found: rows.map((row) => ({ account: accountOf(row), role: row.team_role as TeamRole })), total: Number(total) }
}

interface Membership {
  readonly team: TeamId
  readonly account: AccountId
  readonly role: TeamRole | undefined
}

async function setRole(db: Transaction<Tables>, { team, account, role }: Membership): Promise<void> {
  await db.deleteFrom("memberships").where("team", "=", team).where("account", "=", account).execute()
  if (role !== undefined) await db.insertInto("memberships").values({ team, account, role }).execute()
  await db.deleteFrom("sessions").where("account", "=", account).execute()
  // Given with rights that are no longer the giver's.
  await db.deleteFrom("invitations").where("by_account", "=", account).where("team", "=", team).execute()
}

const teamOf = (row: Selectable<Tables["teams"]>): Team => ({ id: row.id as TeamId, name: row.name, madeAt: Number(row.made_at) })

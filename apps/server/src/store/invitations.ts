/** Invitations as rows. */

import type { Kysely, Selectable, Transaction } from "kysely"
import type { AccountId, InvitationId, TeamId } from "@conclave/api"
import type { Invitation, InvitationStore, NewAccount, Page, Wanted } from "../organisation/ports.ts"
import type { OrganisationRole, TeamRole } from "../organisation/held-role.ts"
import { insertAccount } from "./accounts.ts"
import { guarded, type Database } from "./database.ts"
import { forgetFactors } from "./factors.ts"
import { isBeyond } from "./paging.ts"
import type { Tables } from "./tables.ts"

export function invitations(database: Database): InvitationStore {
  const { db } = database
  const guard = guarded(database)
  const one = (column: "id" | "hash", value: string) =>
    guard(db.selectFrom("invitations").selectAll().where(column, "=", value).executeTakeFirst()).then((row) => row && invitationOf(row))
  return {
    add: (invitation, hash) => guard(database.transaction((transaction) => insert(transaction, invitation, hash))),
    get: (id) => one("id", id),
    byHash: (hash) => one("hash", hash),
    list: (wanted) => guard(list(db, wanted)),
    remove: (id) => guard(db.deleteFrom("invitations").where("id", "=", id).execute()).then(() => undefined),
    accept: (id, account) =>
      guard(
        database
          .transaction((transaction) => accept(transaction, id, account))
          .catch((error: unknown) => {
            if (database.uniqueColumns(error)?.includes("email") === true) return "taken" as const
            throw error
          }),
      ),
    recover: (id, passwordHash) => guard(database.transaction((transaction) => recover(transaction, id, passwordHash))),
  }
}

async function insert(db: Transaction<Tables>, invitation: Invitation, hash: string): Promise<void> {
  const { id, account = null, role, team, by, madeAt, expiresAt } = invitation
  if (account !== null) await db.deleteFrom("invitations").where("account", "=", account).execute()
  const times = { made_at: madeAt, expires_at: expiresAt }
  const inTeam = { team: team?.id ?? null, team_role: team?.role ?? null }
  await db
    .insertInto("invitations")
    .values({ id, hash, account, role, ...inTeam, by_account: by, ...times })
    .execute()
}

async function list(
  db: Kysely<Tables>,
  { teams, ...wanted }: Wanted<InvitationId> & { readonly teams: "all" | readonly TeamId[] },
): Promise<Page<Invitation>> {
  let query = db.selectFrom("invitations")
  if (teams !== "all") {
    if (teams.length === 0) return { found: [], total: 0 }
    query = query.where("team", "in", [...teams])
  }
  const { total } = await query.select(({ fn }) => fn.countAll().as("total")).executeTakeFirstOrThrow()
  const { order, limit, offset } = wanted
  const page = query.selectAll().where(isBeyond("invitations", wanted)).orderBy("made_at", order).orderBy("id", order)
  return { found: (await page.limit(limit).offset(offset).execute()).map(invitationOf), total: Number(total) }
}

/** Whoever deletes it has used it up. */
async function take(db: Transaction<Tables>, id: InvitationId): Promise<Invitation | undefined> {
  const row = await db.selectFrom("invitations").selectAll().where("id", "=", id).executeTakeFirst()
  const { numDeletedRows } = await db.deleteFrom("invitations").where("id", "=", id).executeTakeFirst()
  return row !== undefined && numDeletedRows === 1n ? invitationOf(row) : undefined
}

async function accept(db: Transaction<Tables>, id: InvitationId, account: NewAccount): Promise<"done" | "gone" | "taken"> {
  const same = await db.selectFrom("accounts").select("id").where("email", "=", account.email).executeTakeFirst()
  if (same !== undefined) return "taken"
  const invitation = await take(db, id)
  if (invitation === undefined) return "gone"
  await insertAccount(db, account)
  const { team } = invitation
  if (team !== undefined) await db.insertInto("memberships").values({ team: team.id, account: account.id, role: team.role }).execute()
  return "done"
}

async function recover(db: Transaction<Tables>, id: InvitationId, passwordHash: string): Promise<"done" | "gone"> {
  const account = (await take(db, id))?.account
  if (account === undefined) return "gone"
  await forgetFactors(db, account)
  await db.deleteFrom("sessions").where("account", "=", account).execute()
  await db.updateTable("accounts").set({ password_hash: passwordHash }).where("id", "=", account).execute()
  return "done"
}

const invitationOf = (row: Selectable<Tables["invitations"]>): Invitation => ({
  id: row.id as InvitationId,
  account: (row.account ?? undefined) as AccountId | undefined,
  role: row.role as OrganisationRole,
  team: row.team === null ? undefined : { id: row.team as TeamId, role: row.team_role as TeamRole },
  by: row.by_account as AccountId,
  madeAt: Number(row.made_at),
  expiresAt: Number(row.expires_at),
})

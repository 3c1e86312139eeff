/** Accounts as rows. */

import type { Kysely, Selectable, Transaction } from "kysely"
import type { AccountId, TeamId } from "@conclave/api"
import type { HeldRole } from "../organisation/held-role.ts"
import type { Account, AccountStore, NewAccount, Page, Wanted } from "../organisation/ports.ts"
import type { OrganisationRole, TeamRole } from "../organisation/held-role.ts"
import { guarded, type Database } from "./database.ts"
import { isBeyond } from "./paging.ts"
import type { Tables } from "./tables.ts"

export function accounts(database: Database): AccountStore {
  const { db } = database
  const guard = guarded(database)
  const row = (column: "id" | "email", value: string) =>
    guard(db.selectFrom("accounts").selectAll().where(column, "=", value).executeTakeFirst())
  const set = (id: AccountId, values: { name: string } | { password_hash: string }) =>
    guard(db.updateTable("accounts").set(values).where("id", "=", id).execute()).then(() => undefined)
  return {
    get: (id) => row("id", id).then((found) => found && accountOf(found)),
    byEmail: (email) => row("email", email).then((found) => found && { ...accountOf(found), passwordHash: found.password_hash }),
    passwordHash: (id) => row("id", id).then((found) => found?.password_hash),
    list: (wanted) => guard(list(db, wanted)),
    rename: (id, name) => set(id, { name }),
    setPassword: (id, passwordHash) => set(id, { password_hash: passwordHash }),
    roles: (id) => guard(rolesOf(db, id)),
    setRole: (id, role) => guard(database.transaction((transaction) => setRole(transaction, id, role))),
    remove: (id) => guard(database.transaction((transaction) => remove(transaction, id))),
  }
}

export async function insertAccount(db: Kysely<Tables>, { id, email, name, role, passwordHash, madeAt }: NewAccount): Promise<void> {
  await db.insertInto("accounts").values({ id, email, name, role, password_hash: passwordHash, made_at: madeAt }).execute()
}

async function list(
  db: Kysely<Tables>,
  { teams, ...wanted }: Wanted<AccountId> & { readonly teams: "all" | readonly TeamId[] },
): Promise<Page<Account>> {
  let query = db.selectFrom("accounts")
  if (teams !== "all") {
    if (teams.length === 0) return { found: [], total: 0 }
    query = query.where("accounts.id", "in", (inner) =>
      inner
        .selectFrom("memberships")
        .select("account")
        .where("team", "in", [...teams]),
    )
  }
  const { total } = await query.select(({ fn }) => fn.countAll().as("total")).executeTakeFirstOrThrow()
  const { order, limit, offset } = wanted
  const page = query.selectAll().where(isBeyond("accounts", wanted)).orderBy("made_at", order).orderBy("id", order)
  return { found: (await page.limit(limit).offset(offset).execute()).map(accountOf), total: Number(total) }
}

async function rolesOf(db: Kysely<Tables>, id: AccountId): Promise<HeldRole[]> {
  const own = await db.selectFrom("accounts").select("role").where("id", "=", id).executeTakeFirst()
  if (own === undefined) return []
  const inTeams = await db.selectFrom("memberships").selectAll().where("account", "=", id).execute()
  return [{ role: own.role as OrganisationRole }, ...inTeams.map(({ team, role }) => ({ team: team as TeamId, role: role as TeamRole }))]
}

async function setRole(db: Transaction<Tables>, id: AccountId, role: OrganisationRole): Promise<"done" | "last-owner"> {
  if (role !== "owner" && (await isLastOwner(db, id))) return "last-owner"
  await db.updateTable("accounts").set({ role }).where("id", "=", id).execute()
  await db.deleteFrom("sessions").where("account", "=", id).execute()
  // Given with rights that are no longer the giver's.
  await db.deleteFrom("invitations").where("by_account", "=", id).execute()
  return "done"
}

async function remove(db: Transaction<Tables>, id: AccountId): Promise<"done" | "last-owner"> {
  if (await isLastOwner(db, id)) return "last-owner"
  await db.deleteFrom("accounts").where("id", "=", id).execute()
  return "done"
}

async function isLastOwner(db: Transaction<Tables>, id: AccountId): Promise<boolean> {
  const owners = await db.selectFrom("accounts").select("id").where("role", "=", "owner").execute()
  return owners.length === 1 && owners[0]?.id === id
}

/** The table holds only what `insertAccount` made, so this trusts it. */
export const accountOf = (row: Selectable<Tables["accounts"]>): Account => ({
  id: row.id as AccountId,
  email: row.email,
  name: row.name,
  role: row.role as OrganisationRole,
  madeAt: Number(row.made_at),
})

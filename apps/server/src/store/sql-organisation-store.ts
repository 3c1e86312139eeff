/** The organisation in a SQL database, in the subset that SQLite and PostgreSQL share. */

import type { OrganisationStore } from "../organisation/ports.ts"
import { accounts, insertAccount } from "./accounts.ts"
import { guarded, type Database } from "./database.ts"
import { factors } from "./factors.ts"
import { invitations } from "./invitations.ts"
import { sessions } from "./sessions.ts"
import { teams } from "./teams.ts"

/** There is one organisation; a server with several has several rows, one day. */
const theOne = "organisation"

/** The organisation of a database; whoever opened that closes it. */
export function sqlOrganisationStore(database: Database): OrganisationStore {
  const { db } = database
  const guard = guarded(database)
  return {
    organisation: () =>
      guard(db.selectFrom("organisation").selectAll().executeTakeFirst()).then(
        (row) => row && { name: row.name, madeAt: Number(row.made_at) },
      ),
    setUp: ({ name, madeAt }, owner) =>
      guard(
        database
          .transaction(async (transaction) => {
            await transaction.insertInto("organisation").values({ id: theOne, name, made_at: madeAt }).execute()
            await insertAccount(transaction, owner)
            return true
          })
          .catch((error: unknown) => {
            if (database.uniqueColumns(error)?.startsWith("organisation.") === true) return false
            throw error
          }),
      ),
    rename: (name) => guard(db.updateTable("organisation").set({ name }).execute()).then(() => undefined),
    accounts: accounts(database),
    factors: factors(database),
    sessions: sessions(database),
    invitations: invitations(database),
    teams: teams(database),
  }
}

/** Authenticator apps, recovery codes and passkeys as rows. */

import type { Kysely, Selectable } from "kysely"
import type { AccountId } from "@conclave/api"
import type { App, FactorStore, Passkey } from "../organisation/ports.ts"
import { numberOrNone } from "./columns.ts"
import { guarded, type Database } from "./database.ts"
import type { Tables } from "./tables.ts"

export function factors(database: Database): FactorStore {
  const { db } = database
  const guard = guarded(database)
  return {
    app: (account) => guard(readApp(db, account)),
    setApp: (account, app, codes) =>
      guard(
        database.transaction(async (transaction) => {
          await forgetApp(transaction, account)
          await transaction
            .insertInto("authenticator_apps")
            .values({ account, sealed_seed: app.sealedSeed, last_step: app.lastStep })
            .execute()
          await insertCodes(transaction, account, codes)
        }),
      ),
    removeApp: (account) => guard(database.transaction((transaction) => forgetApp(transaction, account))),
    takeStep: (account, step) =>
      guard(
        db
          .updateTable("authenticator_apps")
          .set({ last_step: step })
          .where("account", "=", account)
          .where("last_step", "<", step)
          .executeTakeFirst(),
      ).then(({ numUpdatedRows }) => numUpdatedRows === 1n),
    setCodes: (account, codes) =>
      guard(
        database.transaction(async (transaction) => {
          await transaction.deleteFrom("recovery_codes").where("account", "=", account).execute()
          await insertCodes(transaction, account, codes)
        }),
      ),
    takeCode: (account, code) =>
      guard(db.deleteFrom("recovery_codes").where("account", "=", account).where("hash", "=", code).executeTakeFirst()).then(
        ({ numDeletedRows }) => numDeletedRows === 1n,
      ),
    codesLeft: (account) =>
      guard(
        db
          .selectFrom("recovery_codes")
          .where("account", "=", account)
          .select(({ fn }) => fn.countAll().as("left"))
          .executeTakeFirstOrThrow(),
      ).then(({ left }) => Number(left)),
    ...passkeyRows(database),
  }
}

type PasskeyPart = "addPasskey" | "passkeys" | "byCredential" | "usePasskey" | "removePasskey"

function passkeyRows(database: Database): Pick<FactorStore, PasskeyPart> {
  const { db } = database
  const guard = guarded(database)
  return {
    addPasskey: (passkey) => guard(insertPasskey(database, passkey)),
    passkeys: (account) =>
      guard(db.selectFrom("passkeys").selectAll().where("account", "=", account).orderBy("made_at", "desc").execute()).then((rows) =>
        rows.map(passkeyOf),
      ),
    byCredential: (credential) =>
      guard(db.selectFrom("passkeys").selectAll().where("credential", "=", credential).executeTakeFirst()).then(
        (row) => row && passkeyOf(row),
      ),
    usePasskey: ({ id, counter: before }, { counter, at }) =>
      guard(
        db.updateTable("passkeys").set({ counter, used_at: at }).where("id", "=", id).where("counter", "=", before).executeTakeFirst(),
      ).then(({ numUpdatedRows }) => numUpdatedRows === 1n),
    removePasskey: (account, id) =>
      guard(db.deleteFrom("passkeys").where("account", "=", account).where("id", "=", id).executeTakeFirst()).then(
        ({ numDeletedRows }) => numDeletedRows === 1n,
      ),
  }
}

async function readApp(db: Kysely<Tables>, account: AccountId): Promise<App | undefined> {
  const row = await db.selectFrom("authenticator_apps").selectAll().where("account", "=", account).executeTakeFirst()
  return row && { sealedSeed: new Uint8Array(row.sealed_seed), lastStep: Number(row.last_step) }
}

/** The app and the codes that stand in for it. */
async function forgetApp(db: Kysely<Tables>, account: AccountId): Promise<void> {
  await db.deleteFrom("authenticator_apps").where("account", "=", account).execute()
  await db.deleteFrom("recovery_codes").where("account", "=", account).execute()
}

/** Everything an account logs in with besides its password. */
export async function forgetFactors(db: Kysely<Tables>, account: AccountId): Promise<void> {
  await forgetApp(db, account)
  await db.deleteFrom("passkeys").where("account", "=", account).execute()
}

async function insertCodes(db: Kysely<Tables>, account: AccountId, codes: readonly string[]): Promise<void> {
  await db
    .insertInto("recovery_codes")
    .values(codes.map((hash) => ({ account, hash })))
    .execute()
}

async function insertPasskey(database: Database, passkey: Passkey): Promise<boolean> {
  const { id, account, credential, publicKey, counter, name, madeAt, usedAt = null } = passkey
  const row = { id, account, credential, public_key: publicKey, counter, name, made_at: madeAt, used_at: usedAt }
  try {
    await database.db.insertInto("passkeys").values(row).execute()
    return true
  } catch (error) {
    if (database.uniqueColumns(error)?.includes("credential") === true) return false
    throw error
  }
}

/** The table holds only what `insertPasskey` made, so this trusts it. */
const passkeyOf = (row: Selectable<Tables["passkeys"]>): Passkey => ({
  id: row.id as Passkey["id"],
  account: row.account as AccountId,
  credential: row.credential,
  publicKey: new Uint8Array(row.public_key),
  counter: Number(row.counter),
  name: row.name,
  madeAt: Number(row.made_at),
  usedAt: numberOrNone(row.used_at),
})

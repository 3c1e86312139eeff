/** The database that the settings name, or one sentence. */

import { accessSync, constants, mkdirSync } from "node:fs"
import { StartRefusal, type Config } from "../config.ts"
import type { Log } from "../log.ts"
import type { Database } from "./database.ts"
import { postgresSentence } from "./postgres-sentence.ts"
import { sqliteDatabase } from "./sqlite.ts"
import { storeSentence } from "./store-sentence.ts"

/** `onTaken`: another server has the database (D38.7). Throws StartRefusal. */
export async function openDatabase(
  { dataFolder, postgres }: Pick<Config, "dataFolder" | "postgres">,
  log: Log,
  onTaken: () => void,
): Promise<Database> {
  const refuse = (error: unknown): never => {
    throw error instanceof StartRefusal ? error : new StartRefusal(storeSentence(dataFolder, error))
  }
  if (postgres === undefined) return sqliteDatabase(dataFolder).catch(refuse)
  try {
    // Keys that no database is given lie there all the same.
    mkdirSync(dataFolder, { recursive: true, mode: 0o700 })
    accessSync(dataFolder, constants.W_OK)
  } catch (error) {
    refuse(error)
  }
  // Its driver is loaded only by those who use it.
  const { postgresDatabase } = await import("./postgres.ts")
  const parts = {
    address: postgres,
    onAway: (isAway: boolean) => log(isAway ? "database-away" : "database-back"),
    onTaken: () => {
      log("database-taken")
      onTaken()
    },
  }
  return postgresDatabase(parts).catch((error: unknown) => {
    throw error instanceof StartRefusal ? error : new StartRefusal(postgresSentence(postgres, error))
  })
}

import type { ApiStore } from "../api/ports.ts"
import { newBell, type Bell } from "./bell.ts"
import type { Database } from "./database.ts"
import { developerKeys } from "./developer-keys.ts"
import { requests } from "./requests.ts"
import { roomRecords } from "./room-records.ts"
import { roomTokens } from "./room-tokens.ts"

/** What REST v1 keeps, in a database that others share. */
export const sqlApiStore = (database: Database, bell: Bell = newBell()): ApiStore => ({
  keys: developerKeys(database, bell),
  rooms: roomRecords(database, bell),
  tokens: roomTokens(database),
  requests: requests(database),
})

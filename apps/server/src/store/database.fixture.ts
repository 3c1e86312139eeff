/** How the contracts of the stores get at a database. */

import type { Database } from "./database.ts"

/** Opens the database of this name, empty the first time; one that was closed comes back as it was. */
export type OpenDatabase = (name: string) => Promise<Database>

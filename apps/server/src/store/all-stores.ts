import type { ApiStore } from "../api/ports.ts"
import type { OrganisationStore } from "../organisation/ports.ts"
import type { RoomStore } from "../rooms/ports.ts"
import type { Database } from "./database.ts"
import { sqlApiStore } from "./sql-api-store.ts"
import { sqlOrganisationStore } from "./sql-organisation-store.ts"
import { sqlRoomStore } from "./sql-room-store.ts"

/** Everything that is kept. `store` closes the database that all of them share. */
export interface Stores {
  readonly store: RoomStore
  readonly api: ApiStore
  readonly organisation: OrganisationStore
}

export const allStores = (database: Database): Stores => ({
  store: sqlRoomStore(database),
  api: sqlApiStore(database),
  organisation: sqlOrganisationStore(database),
})

import type { ApiStore } from "../api/ports.ts"
import type { OrganisationStore } from "../organisation/ports.ts"
import type { RoomStore } from "../rooms/ports.ts"
import type { UsageStore } from "../usage/ports.ts"
import type { WebhookStore } from "../webhooks/ports.ts"
import { newBell } from "./bell.ts"
import type { Database } from "./database.ts"
import { sqlApiStore } from "./sql-api-store.ts"
import { sqlOrganisationStore } from "./sql-organisation-store.ts"
import { sqlRoomStore } from "./sql-room-store.ts"
import { usage } from "./usage.ts"
import { webhooks } from "./webhooks.ts"

/** Everything that is kept. `store` closes the database that all of them share. */
export interface Stores {
  readonly store: RoomStore
  readonly api: ApiStore
  readonly organisation: OrganisationStore
  readonly webhooks: WebhookStore
  readonly usage: UsageStore
}

export function allStores(database: Database): Stores {
  const bell = newBell()
  return {
    store: sqlRoomStore(database),
    api: sqlApiStore(database, bell),
    organisation: sqlOrganisationStore(database),
    webhooks: webhooks(database, bell),
    usage: usage(database),
  }
}

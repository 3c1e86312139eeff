/** The one list of contracts: whatever keeps something in a database proves it here, on every database. */

import { apiStoreContract } from "./api-store.contract.ts"
import type { DatabaseAdapter } from "./database.fixture.ts"
import { migrationsContract } from "./migrations/migrations.contract.ts"
import { organisationStoreContract } from "./organisation-store.contract.ts"
import { roomStoreContract } from "./room-store.contract.ts"
import { webhookStoreContract } from "./webhook-store.contract.ts"

export function everyStoreContract(on: DatabaseAdapter): void {
  const { name: adapter, open } = on
  migrationsContract(on)
  apiStoreContract(adapter, open)
  organisationStoreContract(adapter, open)
  roomStoreContract(adapter, open)
  webhookStoreContract(adapter, open)
}

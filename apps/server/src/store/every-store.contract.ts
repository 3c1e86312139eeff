/** The one list of contracts: whatever keeps something in a database proves it here, on every database. */

import type { OpenDatabase } from "./database.fixture.ts"
import { organisationStoreContract } from "./organisation-store.contract.ts"
import { roomStoreContract } from "./room-store.contract.ts"

export function everyStoreContract(adapter: string, open: OpenDatabase): void {
  organisationStoreContract(adapter, open)
  roomStoreContract(adapter, open)
}

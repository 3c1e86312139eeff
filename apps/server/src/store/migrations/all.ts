/** Every migration, in order. One that has shipped is never changed; the next one mends it. */

import type { Migration } from "kysely/migration"
import { rooms } from "./0001-rooms.ts"
import { roomKeys } from "./0002-room-keys.ts"
import { organisation } from "./0003-organisation.ts"
import { api } from "./0004-api.ts"
import { entry } from "./0005-entry.ts"
import { webhooks } from "./0006-webhooks.ts"

/** How the database spells the type of bytes: the one word that differs. */
export type BytesType = "blob" | "bytea"

/** By name, which is also their order. */
export const migrations = (bytes: BytesType): Record<string, Migration> => ({
  "0001-rooms": rooms(bytes),
  "0002-room-keys": roomKeys,
  "0003-organisation": organisation(bytes),
  "0004-api": api,
  "0005-entry": entry,
  "0006-webhooks": webhooks(bytes),
})

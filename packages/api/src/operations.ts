/** The one list. Routes, OpenAPI document, typed client and role matrix are made from it. */

import { accountOperations } from "./account.ts"
import { contentOperations } from "./content.ts"
import { entryOperations } from "./entry.ts"
import { healthOperations } from "./health.ts"
import { keyOperations } from "./keys.ts"
import { liveOperations } from "./live.ts"
import { loginOperations } from "./login.ts"
import type { Operation } from "./operation.ts"
import { peopleOperations } from "./people.ts"
import { recordingOperations } from "./recordings.ts"
import { roomOperations } from "./rooms.ts"
import { sessionOperations } from "./sessions.ts"
import { teamOperations } from "./teams.ts"
import { tokenOperations } from "./tokens.ts"
import { usageOperations } from "./usage.ts"
import { webhookOperations } from "./webhooks.ts"

export const operations = {
  ...roomOperations,
  ...entryOperations,
  ...tokenOperations,
  ...liveOperations,
  ...contentOperations,
  ...keyOperations,
  ...webhookOperations,
  ...usageOperations,
  ...recordingOperations,
  ...healthOperations,
  ...loginOperations,
  ...sessionOperations,
  ...accountOperations,
  ...peopleOperations,
  ...teamOperations,
} as const

export type Operations = typeof operations
export type OperationId = keyof Operations

/** All operations, in the order of the list. */
export const allOperations: readonly Operation[] = Object.values(operations)

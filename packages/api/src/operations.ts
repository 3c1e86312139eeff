/** The one list. Routes, OpenAPI document, typed client and role matrix are made from it. */

import { keyOperations } from "./keys.ts"
import type { Operation } from "./operation.ts"
import { roomOperations } from "./rooms.ts"

export const operations = { ...roomOperations, ...keyOperations } as const

export type Operations = typeof operations
export type OperationId = keyof Operations

/** All operations, in the order of the list. */
export const allOperations: readonly Operation[] = Object.values(operations)

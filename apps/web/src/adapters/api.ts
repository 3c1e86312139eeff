/** REST v1 of this server, asked with this browser's cookie. A refusal is a value, and so is a server that does not answer. */

import type { ApiProblemCode, OperationId, Operations } from "@conclave/api"
import { apiClient, ApiRefusal, type Ask, type Got } from "@conclave/client"

/** Why something was not done. */
export interface Refused {
  readonly kind: "refused"
  readonly code: ApiProblemCode | "server-away"
  /** Seconds until trying again is worth it. */
  readonly retryAfter?: number | undefined
  /** Fields that are not as they must be. */
  readonly fields: readonly string[]
}

export type Answer<Value> = { readonly kind: "done"; readonly value: Value } | Refused

export type Api = { readonly [Id in OperationId]: (ask: Ask<Operations[Id]>) => Promise<Answer<Got<Operations[Id]>>> }

/** Asks as `client` does; whatever is not a refusal and not a network that is away is a bug and stays an error. */
export function answering(client: ReturnType<typeof apiClient>): Api {
  const asking = Object.entries(client).map(([id, ask]) => [id, (given: never) => answerOf<unknown>(ask(given))] as const)
  return Object.fromEntries(asking) as unknown as Api
}

/** What came of one request to REST v1, as a value. */
export async function answerOf<Value>(asked: Promise<Value>): Promise<Answer<Value>> {
  try {
    return { kind: "done", value: await asked }
  } catch (error) {
    if (error instanceof ApiRefusal)
      return { kind: "refused", code: error.code, retryAfter: error.retryAfter, fields: Object.keys(error.errors) }
    // What `fetch` rejects with when nothing answers.
    if (error instanceof TypeError) return { kind: "refused", code: "server-away", fields: [] }
    throw error
  }
}

export const api: Api = answering(apiClient())

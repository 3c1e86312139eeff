/** D37.11: a POST with an Idempotency-Key happens once, however often it is sent. */

import { createHash } from "node:crypto"
import { ApiProblem, type Asked, type Operation } from "@conclave/api"
import type { Context } from "./handler.ts"
import type { RequestStore } from "./ports.ts"

/** How long an answer is kept. */
export const keptFor = 24 * 3600 * 1000

interface Request {
  readonly operation: Operation
  readonly asked: Asked<Operation>
  readonly key: string | undefined
  readonly context: Context
  readonly requests: RequestStore
}

interface Outcome {
  readonly status: number
  readonly body: unknown
}

/** 1 to 100 visible characters; anything else is refused, for a key that is not heeded is worse than none. */
export function idempotencyKeyIn(header: string | string[] | undefined): string | undefined {
  if (header === undefined) return undefined
  if (typeof header === "string" && /^[\x21-\x7e]{1,100}$/.test(header)) return header
  throw new ApiProblem("invalid", { errors: { "Idempotency-Key": ["It must be 1 to 100 visible ASCII characters"] } })
}

/** Does the work, or gives the answer that it had the first time. */
export async function onceOnly({ operation, asked, key, context, requests }: Request, work: () => Promise<Outcome>): Promise<Outcome> {
  if (key === undefined) return work()
  const { by, now } = context
  const name = { asker: by.name, key }
  await requests.sweep(now - keptFor)
  const before = await requests.begin({ ...name, hash: hashOfRequest(operation, asked), at: now })
  if (before === "busy") throw new ApiProblem("idempotency-key-busy")
  if (before === "other") throw new ApiProblem("idempotency-key-used")
  if (before !== "begun") return replay(before)
  const outcome = await work().catch(async (error: unknown) => {
    // What was refused changed nothing.
    await requests.forget(name)
    throw error
  })
  const body = operation.isAnswerSecret === true ? undefined : JSON.stringify(outcome.body ?? null)
  await requests.done(name, { status: outcome.status, body })
  return outcome
}

function replay({ status, body }: { status: number; body: string | undefined }): Outcome {
  if (body === undefined) throw new ApiProblem("answer-not-kept")
  return { status, body: (JSON.parse(body) as unknown) ?? undefined }
}

/** Of what was understood, so that blanks and the order of fields make no difference. */
const hashOfRequest = (operation: Operation, asked: Asked<Operation>): string =>
  createHash("sha256")
    .update(JSON.stringify([operation.id, sorted(asked)]))
    .digest("base64url")

const sorted = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(sorted)
    : typeof value === "object" && value !== null
      ? Object.fromEntries(
          Object.entries(value)
            .toSorted(([a], [b]) => (a < b ? -1 : 1))
            .map(([name, one]) => [name, sorted(one)]),
        )
      : value

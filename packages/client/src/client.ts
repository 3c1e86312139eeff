/** The typed client of REST v1: one function for every operation of the list. */

import { basePath, operations, type Operation, type OperationId, type Operations, type z } from "@conclave/api"
import { ApiRefusal, refusalOf } from "./refusal.ts"

type Given<S, Name extends string> = S extends z.ZodType
  ? object extends z.input<S>
    ? Partial<Record<Name, z.input<S>>>
    : Readonly<Record<Name, z.input<S>>>
  : unknown

/** What a caller says: `params`, `query` and `body`, as far as the operation has them. */
export type Ask<O extends Operation> = Given<O["params"], "params"> &
  Given<O["query"], "query"> &
  Given<O["body"], "body"> & {
    /** Makes a POST happen once, however often it is sent (D37.11). */
    readonly idempotencyKey?: string
  }

export type Got<O extends Operation> = O["answer"] extends { readonly body: infer S extends z.ZodType } ? z.output<S> : undefined

/** Rejects with ApiRefusal when the server says no, and with fetch's own error when there is none. */
export type Client = { readonly [Id in OperationId]: (ask: Ask<Operations[Id]>) => Promise<Got<Operations[Id]>> }

export interface ClientOptions {
  /** Of the server, for instance `https://meet.example`. In a page of the server itself, leave it out. */
  readonly origin?: string
  /** A developer key. In a page of the server itself, its cookie says who asks. */
  readonly key?: string
  readonly fetch?: typeof fetch
}

export function apiClient(options: ClientOptions = {}): Client {
  const entries = Object.values(operations).map((operation: Operation) => [operation.id, (ask: Loose) => callOf(operation, ask, options)])
  return Object.fromEntries(entries) as Client
}

interface Loose {
  readonly params?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>
  readonly body?: unknown
  readonly idempotencyKey?: string
}

async function callOf(operation: Operation, ask: Loose, { origin = "", key, fetch: send = fetch }: ClientOptions): Promise<unknown> {
  const headers: Record<string, string> = { accept: "application/json" }
  if (operation.body !== undefined) headers["content-type"] = "application/json"
  if (key !== undefined) headers["authorization"] = `Bearer ${key}`
  if (ask.idempotencyKey !== undefined) headers["idempotency-key"] = ask.idempotencyKey
  const response = await send(origin + basePath + pathOf(operation, ask), {
    method: operation.method,
    headers,
    // A key needs no cookie, and must not be sent along with one.
    credentials: key === undefined ? "same-origin" : "omit",
    redirect: "error",
    ...(operation.body === undefined ? {} : { body: JSON.stringify(ask.body ?? {}) }),
  })
  if (!response.ok) throw refusalOf(response, await response.json().catch(() => undefined))
  const { body } = operation.answer
  if (body === undefined) return undefined
  const read = body.safeParse(await response.json().catch(() => undefined))
  if (!read.success) throw new ApiRefusal(response.status, "malformed")
  return read.data
}

function pathOf({ path }: Operation, { params = {}, query = {} }: Loose): string {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ""))
  const pairs = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]))
  return pairs.length === 0 ? filled : `${filled}?${new URLSearchParams(pairs).toString()}`
}

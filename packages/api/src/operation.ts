/** One operation of REST v1: what it asks, what it needs, what it answers. Everything else is derived from the list of them. */

import type { ApiProblemCode } from "./problems.ts"
import type { Permission } from "./permissions.ts"
import { z } from "./schema.ts"

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE"

/** All operations are below it. */
export const basePath = "/api/v1"

export interface Operation {
  /** camelCase verb and noun, for instance `createRoom`. */
  readonly id: string
  readonly method: Method
  /** Below `basePath`, parameters as `{name}`. */
  readonly path: `/${string}`
  readonly tag: string
  readonly needs: Permission
  /** One line. */
  readonly summary: string
  readonly description?: string
  readonly params?: z.ZodObject
  readonly query?: z.ZodObject
  readonly body?: z.ZodObject
  /** The answer when it goes well; no `body`: there is nothing to say. */
  readonly answer: { readonly status: 200 | 201 | 202 | 204; readonly body?: z.ZodType }
  /** Refusals of its own, besides those that any operation may give. */
  readonly problems?: readonly ApiProblemCode[]
  /** The answer holds a secret that is shown once, so it is never kept for a repeated Idempotency-Key (D37.11). */
  readonly isAnswerSecret?: true
  /** It is refused every time, by the first of its problems (D31). */
  readonly isNeverAnswered?: true
  /** Needs an account that logged in within the last quarter of an hour; a developer key never does. */
  readonly needsFreshLogin?: true
}

/**
 * Whether it heeds an Idempotency-Key (D37.11). What people send about themselves is passwords and codes: the hash of such a request would
 * be worth stealing. Each of those either happens once by its own ticket or may happen twice.
 */
export const isOnceOnly = ({ method, needs }: Operation): boolean => method === "POST" && needs !== "own" && needs !== "nobody-signed-in"

/** States an operation, keeping its precise type. */
export const operation = <const O extends Operation>(stated: O): O => stated

type Parsed<S> = S extends z.ZodType ? z.output<S> : unknown

/** What a handler is given: parsed, with the defaults filled in. */
export interface Asked<O extends Operation> {
  readonly params: Parsed<O["params"]>
  readonly query: Parsed<O["query"]>
  readonly body: Parsed<O["body"]>
}

/** What a handler gives back. */
export type Answered<O extends Operation> = O["answer"] extends { readonly body: infer S extends z.ZodType } ? z.input<S> : undefined

/** `?limit&offset&order&after`: `after` is the id of the last one seen, and comes before `offset`. */
export const paging = {
  limit: z.int().min(1).max(100).default(25),
  offset: z.int().min(0).max(1_000_000).default(0),
  order: z.enum(["asc", "desc"]).default("desc").meta({ description: "By the time they were made." }),
}

/** A page of a list. */
export const pageOf = <S extends z.ZodType>(one: S) => z.strictObject({ data: z.array(one), total_count: z.int().min(0) })

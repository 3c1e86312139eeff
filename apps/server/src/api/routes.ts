/** REST v1 on Fastify: every operation of the list becomes a route; nothing else does. */

import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify"
import {
  allOperations,
  ApiProblem,
  basePath,
  isOnceOnly,
  operations,
  type Asked,
  type Operation,
  type OperationId,
  type Operations,
} from "@conclave/api"
import { tokenBuckets } from "../socket/token-bucket.ts"
import { askerOf, nobodyAt, sessionCookie, type Asker, type AskerParts } from "./asker.ts"
import { couldEver, type Context, type Handler } from "./handler.ts"
import { idempotencyKeyIn, onceOnly } from "./idempotency.ts"
import type { RequestStore } from "./ports.ts"
import { sendApiProblem } from "./problem.ts"
import { readerOf } from "./read-request.ts"

/** One for every operation: a missing one is an error of types. */
export type Handlers = { readonly [Id in OperationId]: Handler<Operations[Id]> }

export interface RouteParts extends AskerParts {
  readonly requests: RequestStore
  readonly handlers: Handlers
  readonly origin: (host: string | undefined) => string
}

/** Requests of one asker. */
const rate = { burst: 200, perSecond: 20 }
/** What one address may show that is not valid. */
const failureRate = { burst: 30, perSecond: 0.5 }

interface Reached {
  readonly operation: Operation
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

export function apiRoutes(app: FastifyInstance, parts: RouteParts): void {
  const limits = { asker: tokenBuckets(rate, parts.now), failures: tokenBuckets(failureRate, parts.now) }
  for (const operation of Object.values(operations) as readonly Operation[]) {
    const read = readerOf(operation)
    const run = parts.handlers[operation.id as OperationId] as unknown as Handler<Operation>
    const url = operation.path.replaceAll(/\{(\w+)\}/g, ":$1")
    app.route({
      method: operation.method,
      url,
      handler: async (request, reply) => {
        const reached: Reached = { operation, request, reply }
        const by = await admit(reached, parts, limits)
        return answer(reached, { by, asked: read(request), run }, parts)
      },
    })
  }
}

type Limits = Record<"asker" | "failures", ReturnType<typeof tokenBuckets>>

/** Who it is, whether that may be, and not too often. */
async function admit({ operation, request }: Reached, parts: RouteParts, limits: Limits): Promise<Asker> {
  const { authorization, cookie } = request.headers
  const failures = limits.failures.at(request.ip)
  if (!failures.hasToken()) throw new ApiProblem("too-many", { retryAfter: 2 })
  const isOpen = operation.needs === "nobody-signed-in"
  const shown = await askerOf({ authorization, cookie, address: request.ip }, parts)
  // Whoever's session is over must be able to log in again.
  const by = shown ?? (isOpen ? nobodyAt(request.ip) : undefined)
  if (by === undefined || (by.subject.kind === "anonymous" && !isOpen)) {
    failures.take()
    throw new ApiProblem("not-signed-in")
  }
  if (!limits.asker.at(by.name).take()) throw new ApiProblem("too-many", { retryAfter: 1 })
  if (!couldEver(by.subject, operation)) throw new ApiProblem("denied")
  if (operation.needsFreshLogin === true && !by.isFresh) throw new ApiProblem("fresh-login-needed")
  return by
}

interface Work {
  readonly by: Asker
  readonly asked: Asked<Operation>
  readonly run: Handler<Operation>
}

async function answer({ operation, request, reply }: Reached, { by, asked, run }: Work, parts: RouteParts): Promise<FastifyReply> {
  const context: Context = {
    by,
    address: request.ip,
    agent: request.headers["user-agent"] ?? "",
    now: parts.now(),
    origin: parts.origin(request.headers.host),
    setSession: (token) => void reply.header("set-cookie", cookieFor(token, parts.isTls)),
  }
  const key = isOnceOnly(operation) ? idempotencyKeyIn(request.headers["idempotency-key"]) : undefined
  const { status, body } = await onceOnly({ operation, asked, key, context, requests: parts.requests }, async () => ({
    status: operation.answer.status,
    body: await run(asked, context),
  }))
  void reply.code(status).header("cache-control", "no-store")
  return body === undefined ? reply.send() : reply.type("application/json").send(JSON.stringify(body))
}

/** A session lives as long as its row; the cookie only has to outlive the tab. */
function cookieFor(token: string | undefined, isTls: boolean): string {
  const shared = `Path=/; HttpOnly; SameSite=Strict${isTls ? "; Secure" : ""}`
  return `${sessionCookie(isTls)}=${token ?? ""}; ${shared}; Max-Age=${token === undefined ? 0 : 30 * 24 * 3600}`
}

const patterns = allOperations.map(({ method, path }) => ({ method, pattern: new RegExp(`^${path.replaceAll(/\{\w+\}/g, "[^/]+")}$`) }))

/** Addresses that are written out, with what can be done to each. */
const literals = Map.groupBy(
  allOperations.filter(({ path }) => !path.includes("{")),
  ({ path }): string => path,
)

/** What can be done to a path, or nothing. What is written out is nobody's name. */
const methodsOf = (path: string): readonly string[] =>
  literals.get(path)?.map(({ method }) => method) ?? [...new Set(patternsOf(path).map(({ method }) => method))]

const patternsOf = (path: string) => patterns.filter(({ pattern }) => pattern.test(path))

/** The rest of what is below the base path: refusals in the shape of this API. */
export function apiEdges(app: FastifyInstance, codeFor: (error: Error) => Parameters<typeof sendApiProblem>[1]): void {
  app.setErrorHandler((error: Error, _, reply) =>
    error instanceof ApiProblem ? sendApiProblem(reply, error.code, error.details) : sendApiProblem(reply, codeFor(error)),
  )
  for (const path of literals.keys()) {
    const allowed = methodsOf(path)
    const taken = new Set(patternsOf(path).map(({ method }) => method))
    for (const method of [...taken].filter((one) => !allowed.includes(one)))
      app.route({ method, url: path, handler: (_, reply) => sendApiProblem(reply, "wrong-method", { allowed }) })
  }
  // A route, as the client's files would take any path that nobody else wants.
  app.all("/*", (request, reply) => {
    const allowed = methodsOf(request.url.slice(basePath.length).split("?")[0] ?? "")
    // The method fits and yet no route was found: a name is longer than any is.
    const isNothing = allowed.length === 0 || allowed.includes(request.method)
    return isNothing ? sendApiProblem(reply, "not-found") : sendApiProblem(reply, "wrong-method", { allowed })
  })
}

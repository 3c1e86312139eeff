/** REST v1 as a part of the HTTP side. */

import type { FastifyInstance } from "fastify"
import type { IncomingHttpHeaders } from "node:http"
import { allOperations, basePath, openapi } from "@conclave/api"
import type { AppParts } from "../http/app-parts.ts"
import { codeFor } from "../http/problem-code.ts"
import { sessionsPort } from "../organisation/who-asks.ts"
import { allHandlers } from "./handlers/all.ts"
import { apiEdges, apiRoutes } from "./routes.ts"

const document = openapi(allOperations, "1")

export async function restApi(app: FastifyInstance, parts: AppParts): Promise<void> {
  const { api, organisation, accounts, entryKey, store, rooms, log, now, tls, origins } = parts
  const { webhooks, webhookHosts, usage, media, relay } = parts
  const hasRelay = relay !== undefined
  const handlers = allHandlers({
    api,
    organisation,
    accounts,
    entryKey,
    store,
    rooms,
    log,
    now,
    webhooks,
    webhookHosts,
    usage,
    media,
    hasRelay,
  })
  // Nobody offers it: its body is not read before it is refused (D37.2).
  app.addHttpMethod("QUERY", { hasBody: false, overrideExisting: true })
  await app.register(
    (part, _, done) => {
      // What there is to ask is no secret, and who has no key yet wants to read it too.
      part.get("/openapi.json", (__, reply) => reply.header("cache-control", "no-cache").send(document))
      apiEdges(part, (error) => codeFor(error as Parameters<typeof codeFor>[0], log))
      apiRoutes(part, {
        handlers,
        keys: api.keys,
        requests: api.requests,
        sessions: sessionsPort(accounts),
        isTls: tls !== undefined,
        now,
        origin: (host) => origins().pagesOf(host),
      })
      done()
    },
    { prefix: basePath },
  )
}

/**
 * Whether a request shows a developer key and no cookie. Such a one may come from anywhere (D37.5): no browser adds a key by itself, and
 * without CORS headers no foreign page can send one or read what comes back.
 */
export const isByKeyAlone = (url: string, { authorization, cookie }: IncomingHttpHeaders): boolean =>
  url.startsWith(`${basePath}/`) && authorization !== undefined && cookie === undefined

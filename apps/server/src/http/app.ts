/** The HTTP side: the client's files, the requests of the API, and one shape for every error. */

import fastify, { type FastifyError, type FastifyInstance, type FastifyRequest } from "fastify"
import type { Server } from "node:http"
import { limits, Problem } from "@conclave/wire"
import { isByKeyAlone, restApi } from "../api/api-app.ts"
import { originsOfIssuers } from "../issuers.ts"
import type { AppParts } from "./app-parts.ts"
import { clientFiles } from "./client-files.ts"
import { securityHeaders } from "./headers.ts"
import { listenerFor } from "./listener.ts"
import { mediaRoute } from "./media-route.ts"
import { codeFor } from "./problem-code.ts"
import { refuseGarbage, sendProblem } from "./problem-answers.ts"
import { probeRoute } from "./probe-route.ts"
import { roomsRoute } from "./rooms-route.ts"
import { sfuRoutes } from "./sfu-routes.ts"

/** The app is ready to be listened with; upgrades are not its business. */
export async function httpApp(parts: AppParts): Promise<{ app: FastifyInstance; server: Server }> {
  const { tls, relay, origins, issuers } = parts
  const issuerOrigins = originsOfIssuers(issuers)
  let server: Server | undefined
  const app = fastify({
    bodyLimit: limits.body,
    // Fastify's own log would hold queries, and those hold tokens.
    logger: false,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 64 },
    serverFactory: (handler) => (server = listenerFor(tls, handler, relay?.takeStream)),
    clientErrorHandler: refuseGarbage,
    return503OnClosing: false,
  })
  app.addHook("onRequest", async (request, reply) => {
    reply.headers(securityHeaders(tls !== undefined, origins().socketsOf(request.headers.host), issuerOrigins))
    const { host, origin } = request.headers
    const isSafe = request.method === "GET" || request.method === "HEAD" || isByKeyAlone(request.url, request.headers)
    if (!origins().isHost(host) || (!isSafe && !origins().isOwn(origin))) throw new Problem("foreign-origin")
  })
  app.setErrorHandler((error: FastifyError, _, reply) => sendProblem(reply, codeFor(error, parts.log)))
  app.setNotFoundHandler((_, reply) => sendProblem(reply, "not-found"))
  app.removeAllContentTypeParsers()
  app.addContentTypeParser("application/json", { parseAs: "string" }, parseJson)
  roomsRoute(app, parts)
  mediaRoute(app, parts)
  probeRoute(app, parts)
  sfuRoutes(app, parts)
  await restApi(app, parts)
  // Which providers a page may offer for signing in. What counts in a room is its signed policy, not this.
  app.get("/api/identity", () => ({ issuers }))
  await clientFiles(app, parts.clientFolder)
  await app.ready()
  if (server === undefined) throw new Error("bug: Fastify made no server")
  return { app, server }
}

function parseJson(_: FastifyRequest, body: string | Buffer, done: (error: Error | null, value?: unknown) => void): void {
  try {
    done(null, JSON.parse(body.toString()))
  } catch {
    done(new Problem("malformed"))
  }
}

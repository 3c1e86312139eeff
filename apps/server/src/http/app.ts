/** The HTTP side: the client's files, two requests of the API, and one shape for every error. */

import fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify"
import type { IncomingMessage, Server } from "node:http"
import type { Socket } from "node:net"
import { limits, Problem, problems, type ProblemCode } from "@conclave/wire"
import type { Tls } from "../config.ts"
import { bugFields, type Log } from "../log.ts"
import type { MediaServer, RoomStore } from "../rooms/ports.ts"
import { clientFiles } from "./client-files.ts"
import { securityHeaders } from "./headers.ts"
import { listenerFor } from "./listener.ts"
import { mediaRoute } from "./media-route.ts"
import type { Origins } from "./origins.ts"
import { roomsRoute } from "./rooms-route.ts"
import { sfuRoutes } from "./sfu-routes.ts"

export interface AppParts {
  readonly store: RoomStore
  readonly media: MediaServer
  readonly log: Log
  readonly now: () => number
  readonly tls: Tls | undefined
  readonly clientFolder: string
  /** Known once the port is. */
  readonly origins: () => Origins
}

/** The app is ready to be listened with; upgrades are not its business. */
export async function httpApp(parts: AppParts): Promise<{ app: FastifyInstance; server: Server }> {
  const { tls, origins } = parts
  let server: Server | undefined
  const app = fastify({
    bodyLimit: limits.body,
    // Fastify's own log would hold queries, and those hold tokens.
    logger: false,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 64 },
    serverFactory: (handler) => (server = listenerFor(tls, handler)),
    clientErrorHandler: refuseGarbage,
    return503OnClosing: false,
  })
  app.addHook("onRequest", async (request, reply) => {
    reply.headers(securityHeaders(tls !== undefined, origins().socketsOf(request.headers.host)))
    const isSafe = request.method === "GET" || request.method === "HEAD"
    if (!origins().isHost(request.headers.host) || (!isSafe && !origins().isOwn(request.headers.origin)))
      throw new Problem("foreign-origin")
  })
  app.setErrorHandler((error: FastifyError, _, reply) => sendProblem(reply, codeFor(error, parts.log)))
  app.setNotFoundHandler((_, reply) => sendProblem(reply, "not-found"))
  app.removeAllContentTypeParsers()
  app.addContentTypeParser("application/json", { parseAs: "string" }, parseJson)
  roomsRoute(app, parts)
  mediaRoute(app, parts)
  sfuRoutes(app, parts)
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

function codeFor(error: FastifyError | Problem, log: Log): ProblemCode {
  if (error instanceof Problem) return error.code
  if (error.code === "FST_ERR_CTP_BODY_TOO_LARGE") return "too-large"
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500) return "malformed"
  log("bug", bugFields(error))
  return "internal"
}

/** RFC 9457. The title is fixed per code; nothing of the request comes back. */
export function problemBody(code: ProblemCode): string {
  const { status, title } = problems[code]
  return JSON.stringify({ type: `/docs/errors#${code}`, title, status, code })
}

function sendProblem(reply: FastifyReply, code: ProblemCode): FastifyReply {
  return reply.code(problems[code].status).header("cache-control", "no-store").type("application/problem+json").send(problemBody(code))
}

/** What is no HTTP is answered as far as it can be, with the headers that every answer has. */
function refuseGarbage(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === "ECONNRESET" || !socket.writable) return void socket.destroy()
  socket.end(rawProblem(error.code === "HPE_HEADER_OVERFLOW" ? "too-large" : "malformed", false, "ws://localhost"))
}

/** A whole response as text, for sockets that Fastify does not see. */
export function rawProblem(code: ProblemCode, isTls: boolean, socketOrigin: string): string {
  const body = problemBody(code)
  const headers = {
    ...securityHeaders(isTls, socketOrigin),
    "content-type": "application/problem+json",
    "content-length": Buffer.byteLength(body),
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${String(value)}\r\n`)
  return `HTTP/1.1 ${problems[code].status} ${code}\r\n${lines.join("")}connection: close\r\n\r\n${body}`
}

export type { IncomingMessage }

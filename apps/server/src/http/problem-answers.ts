/** A refusal as HTTP. */

import type { FastifyReply } from "fastify"
import type { Socket } from "node:net"
import { problems, type ProblemCode } from "@conclave/wire"
import { securityHeaders } from "./headers.ts"

/** RFC 9457. The title is fixed per code; nothing of the request comes back. */
function problemBody(code: ProblemCode): string {
  const { status, title } = problems[code]
  return JSON.stringify({ type: `/docs/errors#${code}`, title, status, code })
}

export function sendProblem(reply: FastifyReply, code: ProblemCode): FastifyReply {
  return reply.code(problems[code].status).header("cache-control", "no-store").type("application/problem+json").send(problemBody(code))
}

/** What is no HTTP is answered as far as it can be, with the headers that every answer has. */
export function refuseGarbage(error: Error & { code?: string }, socket: Socket): void {
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

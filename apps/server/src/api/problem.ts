/** A refusal of REST v1 as RFC 9457 says it. */

import { randomBytes } from "node:crypto"
import type { FastifyReply } from "fastify"
import { apiProblemOf, type ApiProblemCode, type ProblemDetails } from "@conclave/api"

/** What a refusal is called where somebody asks us about it; says nothing by itself. */
const newRequestId = (): string => randomBytes(9).toString("base64url")

export function sendApiProblem(reply: FastifyReply, code: ApiProblemCode, details: ProblemDetails = {}): FastifyReply {
  const { status, title } = apiProblemOf(code)
  const { detail, errors, retryAfter, allowed } = details
  const more = { ...(detail === undefined ? {} : { detail }), ...(errors === undefined ? {} : { errors }) }
  if (status === 401) void reply.header("www-authenticate", 'Bearer realm="conclave"')
  if (allowed !== undefined) void reply.header("allow", allowed.join(", "))
  if (status === 429) void reply.header("retry-after", String(Math.max(1, Math.ceil(retryAfter ?? 1))))
  const body = { type: `/docs/errors#${code}`, title, status, code, ...more, request_id: newRequestId() }
  // As text: Fastify would take an object for an answer of another type.
  return reply.code(status).header("cache-control", "no-store").type("application/problem+json").send(JSON.stringify(body))
}

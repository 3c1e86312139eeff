import type { FastifyError } from "fastify"
import { Problem, type ProblemCode } from "@conclave/wire"
import { bugFields, type Log } from "../log.ts"

/** What an error that a route ended with is to the asker. What nobody expected is logged. */
export function codeFor(error: FastifyError | Problem, log: Log): ProblemCode {
  if (error instanceof Problem) return error.code
  if (error.code === "FST_ERR_CTP_BODY_TOO_LARGE") return "too-large"
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500) return "malformed"
  log("bug", bugFields(error))
  return "internal"
}

import { apiProblems, type ApiProblemCode } from "@conclave/api"
import { isProblemCode } from "@conclave/wire"

/** The server said no. `errors`: what is wrong with which field. */
export class ApiRefusal extends Error {
  readonly status: number
  readonly code: ApiProblemCode
  readonly errors: Readonly<Record<string, readonly string[]>>
  constructor(status: number, code: ApiProblemCode, errors: ApiRefusal["errors"] = {}) {
    super(code)
    this.name = "ApiRefusal"
    this.status = status
    this.code = code
    this.errors = errors
  }
}

/** A code that this version does not know is `internal`: it is not made up. */
export function refusalOf(status: number, body: unknown): ApiRefusal {
  const { code, errors } = typeof body === "object" && body !== null ? (body as { code?: unknown; errors?: unknown }) : {}
  return new ApiRefusal(status, isKnown(code) ? code : "internal", textsIn(errors))
}

const isKnown = (code: unknown): code is ApiProblemCode =>
  isProblemCode(code) || (typeof code === "string" && Object.hasOwn(apiProblems, code))

function textsIn(errors: unknown): ApiRefusal["errors"] {
  if (typeof errors !== "object" || errors === null) return {}
  const lists = Object.entries(errors).filter((entry): entry is [string, string[]] => Array.isArray(entry[1]))
  return Object.fromEntries(lists.map(([field, texts]) => [field, texts.map(String)]))
}

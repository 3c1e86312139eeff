import { apiProblems, type ApiProblemCode } from "@conclave/api"
import { isProblemCode } from "@conclave/wire"

/** The server said no. `errors`: what is wrong with which field. `retryAfter`: seconds until trying again is worth it, if it said so. */
export class ApiRefusal extends Error {
  readonly status: number
  readonly code: ApiProblemCode
  readonly errors: Readonly<Record<string, readonly string[]>>
  readonly retryAfter: number | undefined
  constructor(status: number, code: ApiProblemCode, { errors = {}, retryAfter }: Partial<Pick<ApiRefusal, "errors" | "retryAfter">> = {}) {
    super(code)
    this.name = "ApiRefusal"
    this.status = status
    this.code = code
    this.errors = errors
    this.retryAfter = retryAfter
  }
}

/** A code that this version does not know is `internal`: it is not made up. */
export function refusalOf({ status, headers }: Pick<Response, "status" | "headers">, body: unknown): ApiRefusal {
  const { code, errors } = typeof body === "object" && body !== null ? (body as { code?: unknown; errors?: unknown }) : {}
  const retryAfter = secondsIn(headers.get("retry-after"))
  return new ApiRefusal(status, isKnown(code) ? code : "internal", { errors: textsIn(errors), retryAfter })
}

const isKnown = (code: unknown): code is ApiProblemCode =>
  isProblemCode(code) || (typeof code === "string" && Object.hasOwn(apiProblems, code))

function textsIn(errors: unknown): ApiRefusal["errors"] {
  if (typeof errors !== "object" || errors === null) return {}
  const lists = Object.entries(errors).filter((entry): entry is [string, string[]] => Array.isArray(entry[1]))
  return Object.fromEntries(lists.map(([field, texts]) => [field, texts.map(String)]))
}

/** The server sends seconds; a date, which the header may hold too, is not read. */
const secondsIn = (header: string | null): number | undefined => (header !== null && /^\d{1,6}$/.test(header) ? Number(header) : undefined)

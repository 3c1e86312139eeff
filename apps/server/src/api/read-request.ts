/** A request's fields, parsed by the schemas of its operation. */

import type { FastifyRequest } from "fastify"
import { ApiProblem, z, type Asked, type Operation } from "@conclave/api"

/** Gives what was asked, or throws ApiProblem `invalid` that names the fields. */
export function readerOf({ params, query, body }: Operation): (request: FastifyRequest) => Asked<Operation> {
  const fromText = query === undefined ? () => ({}) : textReader(query)
  return (request) => {
    const given: Part[] = [
      [params ?? nothing, request.params],
      [query ?? nothing, fromText(request.query as Record<string, unknown>)],
      // No body says the same as one without fields.
      [body ?? nothing, request.body === undefined ? {} : request.body],
    ]
    const read = given.map(([schema, value]) => schema.safeParse(value))
    const issues = read.flatMap((one) => one.error?.issues ?? [])
    if (issues.length > 0) throw new ApiProblem("invalid", { errors: errorsOf(issues) })
    const [first, second, third] = read.map((one) => one.data ?? {})
    return { params: first, query: second, body: third }
  }
}

type Part = [schema: z.ZodType, value: unknown]
const nothing = z.strictObject({})

/** Fields with what is wrong with them. Values are not repeated. */
function errorsOf(issues: readonly z.core.$ZodIssue[]): Record<string, string[]> {
  // A map, as the asker chooses the names, and `toString` is one too.
  const errors = new Map<string, string[]>()
  for (const issue of issues) {
    const path = issue.path.join(".")
    const names = issue.code === "unrecognized_keys" ? issue.keys.map((key) => (path === "" ? key : `${path}.${key}`)) : [path]
    const said = issue.code === "unrecognized_keys" ? "There is no such field" : issue.message
    for (const name of names) errors.set(name.slice(0, 100), [...(errors.get(name.slice(0, 100)) ?? []), said])
  }
  return Object.fromEntries([...errors].slice(0, 50))
}

/** A query is text; where the schema wants a number, digits are one. */
function textReader(query: z.ZodObject): (given: Record<string, unknown>) => Record<string, unknown> {
  const { properties = {} } = z.toJSONSchema(query, { io: "input" })
  const isWhole = (name: string): boolean => {
    const property = Object.hasOwn(properties, name) ? properties[name] : undefined
    return typeof property === "object" && property.type === "integer"
  }
  return (given) =>
    Object.fromEntries(
      Object.entries(given).map(([name, value]) => [
        name,
        isWhole(name) && typeof value === "string" && /^\d{1,9}$/.test(value) ? Number(value) : value,
      ]),
    )
}

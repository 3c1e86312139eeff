/** The OpenAPI 3.1 document, made from the list of operations. */

import { basePath, isOnceOnly, type Operation } from "./operation.ts"
import { apiProblemOf, type ApiProblemCode } from "./problems.ts"
import { z } from "./schema.ts"

type Json = Readonly<Record<string, unknown>>

/** What any operation may answer, whatever it is. */
const always: readonly ApiProblemCode[] = ["malformed", "invalid", "too-large", "too-many", "storage-failed", "internal"]
const whenSignedIn: readonly ApiProblemCode[] = ["not-signed-in", "denied"]

export function openapi(operations: readonly Operation[], version: string): Json {
  const schemas: Record<string, unknown> = { Problem: problemSchema }
  const paths: Record<string, Record<string, unknown>> = {}
  for (const one of operations) (paths[one.path] ??= {})[one.method.toLowerCase()] = operationOf(one, schemas)
  return {
    openapi: "3.1.0",
    info: {
      title: "Conclave",
      version,
      description:
        "Rooms, keys, teams and people of a Conclave server. The server has no key of any call, so nothing here shows what is said in one.",
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: basePath }],
    paths,
    components: {
      schemas,
      securitySchemes: {
        key: { type: "http", scheme: "bearer", description: "A developer key, or base64 of team id, colon and key." },
        basic: { type: "http", scheme: "basic", description: "Team id and developer key." },
        session: { type: "apiKey", in: "cookie", name: "__Host-conclave", description: "An account that has logged in." },
      },
    },
  }
}

function operationOf(one: Operation, schemas: Record<string, unknown>): Json {
  const { id, tag, summary, description, needs, params, query, body, answer, needsFreshLogin, isNeverAnswered } = one
  const more = [`Needs \`${needs}\`.`, ...(needsFreshLogin === true ? ["A person must have logged in within 15 minutes."] : [])]
  return {
    operationId: id,
    tags: [tag],
    summary,
    description: [...(description === undefined ? [] : [description]), ...more].join(" "),
    security: needs === "nobody-signed-in" ? [] : needs === "own" ? [{ session: [] }] : [{ key: [] }, { basic: [] }, { session: [] }],
    parameters: [
      ...parametersOf(params, "path", schemas),
      ...parametersOf(query, "query", schemas),
      ...(isOnceOnly(one) ? [idempotencyKey] : []),
    ],
    ...(body === undefined
      ? {}
      : {
          requestBody: {
            required: !body.safeParse({}).success,
            content: { "application/json": { schema: schemaOf(body, "input", schemas) } },
          },
        }),
    responses: {
      ...(isNeverAnswered === true
        ? {}
        : { [answer.status]: answer.body === undefined ? { description: "Done." } : answered(answer.body, schemas) }),
      ...problemAnswers(one),
    },
  }
}

const answered = (body: z.ZodType, schemas: Record<string, unknown>): Json => ({
  description: "Done.",
  content: { "application/json": { schema: schemaOf(body, "output", schemas) } },
})

const idempotencyKey = {
  name: "Idempotency-Key",
  in: "header",
  required: false,
  description: "The same key and the same request within 24 hours happen once and are answered alike.",
  schema: { type: "string", pattern: "^[\\x21-\\x7e]{1,100}$" },
}

function parametersOf(object: z.ZodObject | undefined, place: "path" | "query", schemas: Record<string, unknown>): Json[] {
  if (object === undefined) return []
  return Object.entries(object.shape).map(([name, schema]) => ({
    name,
    in: place,
    required: place === "path" || !(schema as z.ZodType).safeParse(undefined).success,
    schema: schemaOf(schema as z.ZodType, "input", schemas),
  }))
}

/** Problems of an operation by status. */
function problemAnswers(one: Operation): Json {
  const { needs, params, problems = [], needsFreshLogin, method } = one
  const codes = new Set<ApiProblemCode>([
    ...always,
    ...(needs === "nobody-signed-in" ? [] : whenSignedIn),
    ...(needsFreshLogin === true ? (["fresh-login-needed"] as const) : []),
    ...(method === "GET" ? [] : (["foreign-origin"] as const)),
    ...(isOnceOnly(one) ? (["idempotency-key-used", "idempotency-key-busy", "answer-not-kept"] as const) : []),
    // A team that is named may be none.
    ...(params === undefined && needs === "nobody-signed-in" ? [] : (["not-found"] as const)),
    ...problems,
  ])
  const byStatus = new Map<number, string[]>()
  for (const code of codes) {
    const { status, title } = apiProblemOf(code)
    byStatus.set(status, [...(byStatus.get(status) ?? []), `\`${code}\`: ${title}.`])
  }
  const content = { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } }
  return Object.fromEntries([...byStatus].map(([status, said]) => [status, { description: said.join(" "), content }]))
}

/** RFC 9457. */
const problemSchema = {
  type: "object",
  required: ["type", "title", "status", "code"],
  properties: {
    type: { type: "string" },
    title: { type: "string" },
    status: { type: "integer" },
    code: { type: "string", description: "Stable; a code is never used again for something else." },
    detail: { type: "string" },
    errors: {
      type: "object",
      description: "What is wrong with which field.",
      additionalProperties: { type: "array", items: { type: "string" } },
    },
    request_id: { type: "string", description: "To name when asking about it." },
  },
} as const

/** JSON Schema of a part; what has a name of its own goes to the components and is referred to. */
function schemaOf(schema: z.ZodType, io: "input" | "output", schemas: Record<string, unknown>): Json {
  const { $schema: _, $defs = {}, ...made } = z.toJSONSchema(schema, { io, reused: "inline" })
  for (const [name, definition] of Object.entries($defs)) schemas[name] = referring(definition)
  const { id, ...own } = referring(made) as Record<string, unknown>
  if (typeof id !== "string") return own
  schemas[id] = own
  return { $ref: `#/components/schemas/${id}` }
}

function referring(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(referring)
  if (typeof value !== "object" || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [
      name,
      name === "$ref" && typeof one === "string" ? one.replace("#/$defs/", "#/components/schemas/") : referring(one),
    ]),
  )
}

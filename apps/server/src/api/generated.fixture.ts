/** Requests made from the schemas of an operation: right ones, and ones that are wrong in one way. */

import fc from "fast-check"
import { z, type Operation } from "@conclave/api"

type Schema = z.core.JSONSchema.JSONSchema
type Value = fc.Arbitrary<unknown>

export interface GeneratedRequest {
  readonly params: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, string>>
  readonly body: unknown
}

/** `known`: texts that are the names of something, to be tried for parameters and fields that ask for a name. */
export function requestsOf({ params, query, body }: Operation, known: readonly string[]): fc.Arbitrary<GeneratedRequest> {
  const texts = (given: z.ZodObject | undefined) =>
    given === undefined
      ? fc.constant({})
      : right(schemaOf(given), known).map((value) =>
          Object.fromEntries(Object.entries(value as object).map(([name, one]) => [name, String(one)])),
        )
  const bodies = body === undefined ? fc.constant(undefined) : bodyOf(schemaOf(body), known)
  return fc.record({ params: texts(params), query: texts(query), body: bodies })
}

const schemaOf = (schema: z.ZodType): Schema => z.toJSONSchema(schema, { io: "input", reused: "inline" })

function bodyOf(schema: Schema, known: readonly string[]): Value {
  const good = right(schema, known)
  const names = Object.keys(schema.properties ?? {})
  const oneWrong = fc
    .tuple(good, fc.constantFrom(...(names.length === 0 ? ["x"] : names)), fc.jsonValue({ maxDepth: 2 }))
    .map(([value, name, wrong]) => ({ ...(value as object), [name]: wrong }))
  const oneMore = fc
    .tuple(good, fc.string({ minLength: 1, maxLength: 8 }), fc.jsonValue({ maxDepth: 1 }))
    .map(([value, name, more]) => ({ ...(value as object), [name]: more }))
  return fc.oneof(
    { weight: 5, arbitrary: good },
    { weight: 2, arbitrary: oneWrong },
    { weight: 2, arbitrary: oneMore },
    { weight: 1, arbitrary: fc.jsonValue() },
  )
}

/** What a schema allows. Throws for a word of JSON Schema that none of ours uses so far. */
export function right(schema: Schema, known: readonly string[] = [], root: Schema = schema): Value {
  const within = (part: unknown): Value => right(part as Schema, known, root)
  if (schema.$ref !== undefined) return within(root.$defs?.[schema.$ref.replace("#/$defs/", "")])
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum)
  const choices = schema.anyOf ?? schema.oneOf
  if (choices !== undefined) return fc.oneof(...choices.map(within))
  switch (schema.type) {
    case "object": {
      const parts = Object.entries(schema.properties ?? {}).map(([name, part]) => [name, within(part)] as const)
      const required = (schema.required ?? []) as never[]
      return fc.record(Object.fromEntries(parts), { requiredKeys: required })
    }
    case "array":
      return fc.array(within(schema.items), { minLength: schema.minItems ?? 0, maxLength: Math.min(schema.maxItems ?? 3, 5) })
    case "integer":
      return fc.integer({ min: schema.minimum ?? -(2 ** 31), max: schema.maximum ?? 2 ** 31 })
    case "boolean":
      return fc.boolean()
    case "null":
      return fc.constant(null)
    case "string":
      return stringOf(schema, known)
    default:
      return fc.jsonValue({ maxDepth: 2 })
  }
}

function stringOf({ pattern, format, minLength = 0, maxLength = 300 }: Schema, known: readonly string[]): Value {
  if (format === "date-time")
    return fc.date({ min: new Date("1971-01-01"), max: new Date("9000-01-01"), noInvalidDate: true }).map((date) => date.toISOString())
  if (pattern === undefined) return fc.string({ minLength, maxLength: Math.min(maxLength, 40), unit: "grapheme" })
  if (pattern.includes("@")) return fc.emailAddress()
  const made = fc
    .stringMatching(new RegExp(pattern.replaceAll(/\(\?!.*?\)/g, "")), { size: "medium" })
    .filter((text) => text.length >= minLength && text.length <= maxLength)
  const fitting = known.filter((text) => new RegExp(pattern).test(text) && text.length >= minLength && text.length <= maxLength)
  return fitting.length === 0 ? made : fc.oneof(fc.constantFrom(...fitting), made)
}

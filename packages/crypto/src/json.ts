/**
 * Canonical JSON: one text for one value, so that bytes can be signed and compared. Objects, arrays, texts, booleans
 * and whole numbers only; keys sorted by UTF-16 code unit, no white space, texts escaped as `JSON.stringify` does.
 */

import { textOf, utf8 } from "./bytes.ts"
import type { Bytes } from "./platform.ts"

/** What canonical JSON can say. A field that is undefined is left out. */
export type Json = string | number | boolean | readonly Json[] | { readonly [name: string]: Json | undefined }

/** Prints a value. Throws on a number that is not whole: only our own code can cause that. */
export function printCanonical(value: Json): string {
  if (typeof value === "number" && !Number.isSafeInteger(value)) throw new Error("bug: canonical JSON has whole numbers only")
  if (typeof value !== "object") return JSON.stringify(value)
  if (isList(value)) return `[${value.map(printCanonical).join(",")}]`
  const names = Object.keys(value).toSorted()
  const parts = names.flatMap((name) => {
    const field = value[name]
    return field === undefined ? [] : [`${JSON.stringify(name)}:${printCanonical(field)}`]
  })
  return `{${parts.join(",")}}`
}

/** UTF-8 bytes of the canonical text. */
export const canonicalBytes = (value: Json): Bytes => utf8(printCanonical(value))

const isList = (value: object): value is readonly Json[] => Array.isArray(value)

/**
 * Reads canonical JSON of at most `most` bytes. Undefined for anything else: other spellings of the same value,
 * duplicate keys, fractions, null, nesting deeper than `maxDepth`.
 */
export function readCanonical(bytes: Uint8Array, most: number): unknown {
  if (bytes.length > most) return undefined
  const text = textOf(bytes)
  if (text === undefined) return undefined
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    if (cause instanceof SyntaxError) return undefined
    throw cause
  }
  // Printing again and comparing refuses every second spelling at once.
  return isJson(value, maxDepth) && printCanonical(value) === text ? value : undefined
}

const maxDepth = 6

function isJson(value: unknown, depth: number): value is Json {
  if (typeof value === "string") return value.isWellFormed()
  if (typeof value === "boolean") return true
  if (typeof value === "number") return Number.isSafeInteger(value)
  if (typeof value !== "object" || value === null || depth === 0) return false
  return Object.values(value).every((inner) => isJson(inner, depth - 1))
}

/** The value as an object that has these fields, those optional ones at most, and no others. */
export function fieldsOf(value: unknown, needed: readonly string[], possible: readonly string[] = []): Record<string, unknown> | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined
  const names = Object.keys(value)
  if (!needed.every((name) => names.includes(name))) return undefined
  if (!names.every((name) => needed.includes(name) || possible.includes(name))) return undefined
  return value as Record<string, unknown>
}

/** Whether the value is a whole number in [low, high]. */
export const isWhole = (value: unknown, low: number, high: number): value is number =>
  typeof value === "number" && Number.isSafeInteger(value) && value >= low && value <= high

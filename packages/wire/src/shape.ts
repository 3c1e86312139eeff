/** Strict, bounded readers for values that came from outside. They know nothing of what the values mean. */

import { fromBase64url } from "./base64url.ts"

/** Reads one value; undefined means refused. Never throws. */
export type Shape<T> = (value: unknown) => T | undefined

/** The type that a shape reads. */
export type Read<S> = S extends Shape<infer T> ? T : never

/** A whole number in [low, high]. */
export const whole =
  (low: number, high: number): Shape<number> =>
  (value) =>
    typeof value === "number" && Number.isSafeInteger(value) && value >= low && value <= high ? value : undefined

export const flag: Shape<boolean> = (value) => (typeof value === "boolean" ? value : undefined)

/** Exactly this text. */
export const just =
  <const T extends string | number>(expected: T): Shape<T> =>
  (value) =>
    value === expected ? expected : undefined

/** One of these texts. */
export const oneOf =
  <const T extends string>(choices: readonly T[]): Shape<T> =>
  (value) =>
    choices.find((choice) => choice === value)

/** Base64url text of between `low` and `high` bytes, kept as bytes. */
export const bytes =
  (low: number, high: number): Shape<Uint8Array<ArrayBuffer>> =>
  (value) => {
    if (typeof value !== "string" || value.length > Math.ceil((high * 4) / 3)) return undefined
    const read = fromBase64url(value)
    return read !== undefined && read.length >= low && read.length <= high ? read : undefined
  }

/** An array of at most `most` items, each of the shape. */
export const list =
  <T>(item: Shape<T>, most: number): Shape<T[]> =>
  (value) => {
    if (!Array.isArray(value) || value.length > most) return undefined
    const items: T[] = []
    for (const entry of value as unknown[]) {
      const read = item(entry)
      if (read === undefined) return undefined
      items.push(read)
    }
    return items
  }

/** Marks a field that may be absent. Present and undefined is refused, as JSON has no such thing. */
export const optional = <T>(shape: Shape<T>): Optional<T> => ({ optional: shape })

interface Optional<T> {
  readonly optional: Shape<T>
}

type Fields = Record<string, Shape<unknown> | Optional<unknown>>
type Required<F extends Fields> = { readonly [K in keyof F as F[K] extends Shape<unknown> ? K : never]: Read<F[K]> }
type Maybe<F extends Fields> = {
  readonly [K in keyof F as F[K] extends Optional<unknown> ? K : never]?: F[K] extends Optional<infer T> ? T : never
}
export type Fielded<F extends Fields> = Required<F> & Maybe<F>

/** An object with these fields and no others. */
export function fields<const F extends Fields>(shape: F): Shape<Fielded<F>> {
  const names = Object.keys(shape)
  return (value) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined
    const source = value as Record<string, unknown>
    if (Object.keys(source).some((name) => !Object.hasOwn(shape, name))) return undefined
    const read: Record<string, unknown> = {}
    for (const name of names) {
      const reader = shape[name]
      if (reader === undefined) continue
      if (typeof reader === "function") {
        const field = Object.hasOwn(source, name) ? reader(source[name]) : undefined
        if (field === undefined) return undefined
        read[name] = field
      } else if (Object.hasOwn(source, name)) {
        const field = reader.optional(source[name])
        if (field === undefined) return undefined
        read[name] = field
      }
    }
    return read as Fielded<F>
  }
}

/** One of several objects, told apart by their field `type`. */
export function tagged<const S extends Record<string, Shape<unknown>>>(shapes: S): Shape<Read<S[keyof S]>> {
  return (value) => {
    if (typeof value !== "object" || value === null) return undefined
    const type = (value as { type?: unknown }).type
    if (typeof type !== "string" || !Object.hasOwn(shapes, type)) return undefined
    return shapes[type]?.(value) as Read<S[keyof S]> | undefined
  }
}

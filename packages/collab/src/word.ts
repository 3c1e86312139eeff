/** What people say to each other in a moment, and which is gone in the next. The call carries it as a text it does not read (D34.11). */

import { parseMemberId, shape, type MemberId } from "@conclave/wire"
import { reactions, type Reaction } from "./reaction.ts"

/** Whoever says it is the member whose leaf sealed it: no word names its speaker (D34). */
export type Word =
  | { readonly kind: "reaction"; readonly what: Reaction }
  | { readonly kind: "speaking"; readonly is: boolean }
  /** A host or co-host asks this member to unmute. Nobody else can do it. */
  | { readonly kind: "ask-unmute"; readonly to: MemberId }
  | { readonly kind: "lower-hand"; readonly of: MemberId }

/** Longest text of a word here. */
const mostCharacters = 200

const { fields, flag, just, oneOf } = shape
const shapes: Record<Word["kind"], shape.Shape<Word>> = {
  reaction: fields({ kind: just("reaction"), what: oneOf(reactions) }),
  speaking: fields({ is: flag, kind: just("speaking") }),
  "ask-unmute": fields({ kind: just("ask-unmute"), to: parseMemberId }),
  "lower-hand": fields({ kind: just("lower-hand"), of: parseMemberId }),
}

/** Prints a word: JSON with sorted keys and no white space. */
export const printWord = (word: Word): string => JSON.stringify(word, Object.keys(word).toSorted())

/** Reads a word. Undefined for anything but its one spelling. */
export function parseWord(text: string): Word | undefined {
  const value = parseObject(text, mostCharacters)
  const kind = value?.["kind"]
  if (typeof kind !== "string" || !Object.hasOwn(shapes, kind)) return undefined
  const word = shapes[kind as Word["kind"]](value)
  return word !== undefined && printWord(word) === text ? word : undefined
}

/** A JSON object of at most so many characters. */
export function parseObject(text: string, most: number): Readonly<Record<string, unknown>> | undefined {
  if (text.length > most) return undefined
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined
  } catch {
    // Not JSON. Whoever wrote it is no client of this version.
    return undefined
  }
}

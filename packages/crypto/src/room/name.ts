/** What people may call themselves. A name is shown beside a face, so it must not be able to redraw what is around it. */

import { refusal, type Refusal } from "../refusal.ts"

export type NameRefusal = Refusal<"name-empty" | "name-too-long" | "name-not-plain">

/** Longest name, in code points. */
export const maxNameLength = 80

/** Control characters, line separators, bidirectional marks and overrides, the byte order mark, lone surrogates. */
const notPlain = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u

/** Letters that draw nothing: a name of these alone would be an empty tile. */
const blank = /[\u115f\u1160\u3164\uffa0]/gu
const visible = /[\p{L}\p{N}\p{P}\p{S}]/u

/** Reads what a person typed: trimmed, NFC, 1 to 80 code points. */
export function parseName(text: string): string | NameRefusal {
  // Before any work is done on it: four UTF-16 units a code point are more than NFC ever takes away.
  if (text.length > maxNameLength * 8) return refusal("name-too-long")
  const name = text.normalize("NFC").trim()
  if (notPlain.test(name)) return refusal("name-not-plain")
  if (!visible.test(name.replace(blank, ""))) return refusal("name-empty")
  return [...name].length > maxNameLength ? refusal("name-too-long") : name
}

/** Whether a name that came from another member is one that `parseName` gives. */
export const isName = (value: unknown): value is string => typeof value === "string" && parseName(value) === value

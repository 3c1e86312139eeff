/** Fuzz targets: what members say to each other is read by every device. None may throw or hang, whatever the text. */

import { parseState, printState } from "./state.ts"
import { parseWord, printWord } from "./word.ts"

/** One reader to throw bytes at, with inputs that it accepts for the fuzzer to bend. */
interface FuzzTarget {
  readonly name: string
  readonly samples: readonly Uint8Array[]
  run(bytes: Uint8Array): void
}

/** One character a byte, so that every byte reaches the reader. */
const encode = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0))
const decode = (bytes: Uint8Array): string => Array.from(bytes, (byte) => String.fromCharCode(byte)).join("")
const id = "A".repeat(22)

export const wordSamples: readonly string[] = [
  '{"kind":"reaction","what":"heart"}',
  '{"is":true,"kind":"speaking"}',
  `{"kind":"ask-unmute","to":"${id}"}`,
  `{"kind":"lower-hand","of":"${id}"}`,
]

export const stateSamples: readonly string[] = [
  "",
  '{"hand":1763733316000}',
  `{"hand":0,"spotlight":{"at":1763733316000,"member":"${id}"}}`,
  '{"spotlight":{"at":5,"member":null}}',
  '{"hand":7,"vp9":true}',
]

/** Whatever reads has one spelling, the one it came in. */
function once<T>(text: string, parse: (text: string) => T | undefined, print: (value: T) => string): void {
  const read = parse(text)
  if (read !== undefined && print(read) !== text) throw new Error("bug: a second spelling was read")
}

export const collabFuzzTargets: readonly FuzzTarget[] = [
  { name: "collab/word", samples: wordSamples.map(encode), run: (bytes) => once(decode(bytes), parseWord, printWord) },
  { name: "collab/state", samples: stateSamples.map(encode), run: (bytes) => once(decode(bytes), parseState, printState) },
]

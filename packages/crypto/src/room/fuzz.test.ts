import { test } from "vitest"
import fc from "fast-check"
import { roomFuzzTargets } from "./fuzz.ts"

/** Bytes that look like what the parsers read, as often as not. */
const likely = fc
  .array(
    fc.constantFrom('{"', '":', "1,", '"v"', "[", "]", "{", "}", ".", "#", "/r/", "A".repeat(22), "true", "1e9", "\\u0000", "é", "\u202e"),
    { maxLength: 40 },
  )
  .map((parts) => new TextEncoder().encode(parts.join("")))

test.each(roomFuzzTargets)("A1.12: $name reads or refuses 1 000 random inputs and never throws", (target) => {
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 300 }), likely), (bytes) => {
      target.run(bytes)
    }),
    { numRuns: 1000 },
  )
})

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

/** A sample with a few bytes changed and perhaps cut. */
const bent = (samples: readonly Uint8Array[]) =>
  fc
    .tuple(fc.constantFrom(...samples), fc.array(fc.tuple(fc.nat(400), fc.nat(255)), { maxLength: 3 }), fc.nat(400))
    .map(([sample, changes, end]) => sample.slice(0, end).map((byte, at) => changes.find(([where]) => where === at)?.[1] ?? byte))

test.each(roomFuzzTargets)("A1.12: $name reads or refuses 1 000 random inputs and never throws", (target) => {
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 300 }), likely, bent(target.samples)), (bytes) => {
      target.run(bytes)
    }),
    { numRuns: 1000 },
  )
})

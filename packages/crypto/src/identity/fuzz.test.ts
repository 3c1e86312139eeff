import { test } from "vitest"
import fc from "fast-check"
import { identityFuzzTargets } from "./fuzz.ts"

/** A sample with a few bytes changed and perhaps cut. */
const bentSample = (samples: readonly Uint8Array[]) =>
  fc
    .tuple(fc.constantFrom(...samples), fc.array(fc.tuple(fc.nat(400), fc.nat(255)), { maxLength: 3 }), fc.nat(400))
    .map(([sample, changes, end]) => sample.slice(0, end).map((byte, at) => changes.find(([where]) => where === at)?.[1] ?? byte))

test.each(identityFuzzTargets)("A1.12: $name reads or refuses 1 000 random inputs and never throws", (target) => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.uint8Array({ maxLength: 300 }),
        fc.json().map((text) => new TextEncoder().encode(text)),
        bentSample(target.samples),
      ),
      (bytes) => {
        target.run(bytes)
      },
    ),
    { numRuns: 1000 },
  )
})

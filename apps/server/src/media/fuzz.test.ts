import fc from "fast-check"
import { test } from "vitest"
import { serverFuzzTargets } from "./fuzz.ts"

test.each(serverFuzzTargets)("A6.03: $name takes 1 000 random inputs and never throws", (target) => {
  const samples: readonly Uint8Array[] = "samples" in target ? target.samples : [new Uint8Array(1)]
  const bent = fc
    .tuple(fc.constantFrom(...samples), fc.nat(), fc.nat({ max: 255 }))
    .map(([sample, at, byte]) => Uint8Array.from(sample).with(at % sample.length, byte))
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 300 }), bent), (bytes) => {
      target.run(bytes)
    }),
    { numRuns: 1000 },
  )
})

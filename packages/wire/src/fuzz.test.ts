import { expect, test } from "vitest"
import fc from "fast-check"
import { wireFuzzTargets } from "./fuzz.ts"

test.each(wireFuzzTargets)("A1.12: $name reads or refuses 1 000 random inputs and never throws", (target) => {
  const bent = fc
    .tuple(fc.constantFrom(...(target.samples ?? [new Uint8Array()])), fc.nat(), fc.nat({ max: 255 }))
    .map(([sample, at, byte]) => {
      const copy = Uint8Array.from(sample)
      if (copy.length > 0) copy[at % copy.length] = byte
      return copy
    })
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 300 }), bent), (bytes) => {
      target.run(bytes)
    }),
    { numRuns: 1000 },
  )
})

test("the samples that the fuzzer bends are themselves accepted without a throw", () => {
  for (const target of wireFuzzTargets) for (const sample of target.samples ?? []) expect(() => target.run(sample)).not.toThrow()
})

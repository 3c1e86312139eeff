import { test } from "vitest"
import fc from "fast-check"
import { encodeHeader } from "./header.ts"
import { mediaKinds, packKeyId } from "./key-id.ts"
import { sframeFuzzTargets } from "./fuzz.ts"

/** Bytes behind a header as a member would write it, so that the way to the cipher is tried as well. */
const likely = fc
  .tuple(
    fc.integer({ min: 0, max: 1022 }),
    fc.constantFrom(...mediaKinds),
    fc.integer({ min: 0, max: 15 }),
    fc.uint8Array({ maxLength: 60 }),
  )
  .map(([leaf, kind, epochBits, tail]) => {
    const header = encodeHeader({ keyId: packKeyId({ leaf, kind, epochBits, start: 0 }), counter: BigInt(tail.length) })
    return Uint8Array.from([...(kind === "camera" || kind === "screen" ? [1] : []), ...header, ...tail])
  })

test.each(sframeFuzzTargets)("A2.08: $name refuses 1 000 random inputs and never throws", async (target) => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.uint8Array({ maxLength: 120 }), likely), async (bytes) => {
      await target.run(bytes)
    }),
    { numRuns: 1000 },
  )
})

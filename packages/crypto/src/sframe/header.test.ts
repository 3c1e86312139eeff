import { expect, test } from "vitest"
import fc from "fast-check"
import { decodeHeader, encodeHeader } from "./header.ts"

const value = fc.oneof(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), fc.bigInt({ min: 0n, max: 300n }))

test("D22.2: a header comes back as it was, and no prefix of it is one", () => {
  fc.assert(
    fc.property(value, value, (keyId, counter) => {
      const bytes = encodeHeader({ keyId, counter })
      expect(bytes.length).toBeLessThanOrEqual(17)
      expect(decodeHeader(bytes)).toEqual({ keyId, counter, length: bytes.length })
      for (let size = 0; size < bytes.length; size++) expect(decodeHeader(bytes.subarray(0, size))).toBeUndefined()
    }),
  )
})

test("D22.2: whatever decodes is what would have been encoded: longer forms are refused", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 20 }), (bytes) => {
      const header = decodeHeader(bytes)
      if (header !== undefined) expect([...encodeHeader(header)]).toEqual([...bytes.subarray(0, header.length)])
    }),
    { numRuns: 2000 },
  )
  // Key id 7 in a byte of its own; key id 255 in two; counter 0 in one.
  for (const long of [
    [0x80, 7],
    [0x90, 0, 255],
    [0x08, 0],
  ])
    expect(decodeHeader(Uint8Array.from(long))).toBeUndefined()
})

test("D22.2: a value that is no unsigned 64-bit number is a bug, not a header", () => {
  for (const keyId of [-1n, 2n ** 64n]) expect(() => encodeHeader({ keyId, counter: 0n })).toThrow("bug")
})

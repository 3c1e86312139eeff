import { expect, test } from "vitest"
import fc from "fast-check"
import { epochBitsOf, leafLimit, mediaKinds, packKeyId, startLimit, unpackKeyId } from "./key-id.ts"
import { startOf } from "./sealer.ts"

const parts = fc.record({
  epochBits: fc.integer({ min: 0, max: 15 }),
  leaf: fc.integer({ min: 0, max: leafLimit - 1 }),
  kind: fc.constantFrom(...mediaKinds),
  start: fc.integer({ min: 0, max: startLimit - 1 }),
})

test("D22.3: a key id holds epoch, leaf, kind and start, each in its bits", () => {
  expect(packKeyId({ epochBits: 5, leaf: 3, kind: "microphone", start: 0 })).toBe(0x35n)
  expect(packKeyId({ epochBits: 15, leaf: 1023, kind: "screen-audio", start: 0 })).toBe(0xffffn)
  expect(packKeyId({ epochBits: 0, leaf: 0, kind: "camera", start: 1 })).toBe(0x14000n)
  fc.assert(
    fc.property(parts, (some) => {
      expect(unpackKeyId(packKeyId(some))).toEqual(some)
    }),
  )
})

test("D22: two different senders, kinds, epochs or starts never share a key id", () => {
  fc.assert(
    fc.property(parts, parts, (a, b) => {
      expect(packKeyId(a) === packKeyId(b)).toBe(JSON.stringify(a) === JSON.stringify(b))
    }),
  )
})

test("D22.3: key ids no member would use are refused, parts out of range are a bug", () => {
  expect(unpackKeyId(2n ** 48n)).toBeUndefined()
  expect(unpackKeyId(-1n)).toBeUndefined()
  for (const wrong of [{ leaf: 1024 }, { epochBits: 16 }, { start: startLimit }, { leaf: -1 }, { leaf: 0.5 }]) {
    expect(() => packKeyId({ epochBits: 0, leaf: 0, kind: "camera", start: 0, ...wrong })).toThrow("bug")
  }
  expect(epochBitsOf(Number.MAX_SAFE_INTEGER)).toBe(15)
})

test("D22.4: no two tracks of any two frame workers share a start", () => {
  const worker = fc.integer({ min: 0, max: 65535 })
  fc.assert(
    fc.property(fc.tuple(worker, worker), fc.tuple(worker, worker), (a, b) => {
      expect(startOf(...a) === startOf(...b)).toBe(a[0] === b[0] && a[1] === b[1])
    }),
  )
  for (const [workerStart, track] of [
    [0, 65536],
    [65536, 0],
    [-1, 0],
    [0, -1],
    [0, NaN],
  ] as const)
    expect(() => startOf(workerStart, track)).toThrow("bug")
})

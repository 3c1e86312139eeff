import fc from "fast-check"
import { expect, test } from "vitest"
import { FrameCap } from "./frame-cap.ts"

interface Frame {
  readonly opcode: number
  readonly isFinal: boolean
  readonly length: number
}

/** A masked client frame (RFC 6455 section 5.2); `form` says how many bytes the length takes at least. */
function frameOf({ opcode, isFinal, length }: Frame): Buffer {
  const first = (isFinal ? 0x80 : 0) | opcode
  const head =
    length < 126
      ? Buffer.from([first, 0x80 | length])
      : length < 65536
        ? Buffer.from([first, 0x80 | 126, length >> 8, length & 255])
        : Buffer.concat([Buffer.from([first, 0x80 | 127]), bigEndian(length)])
  return Buffer.concat([head, Buffer.from([1, 2, 3, 4]), Buffer.alloc(length, 0x82)])
}

function bigEndian(length: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64BE(BigInt(length))
  return bytes
}

test("A6.03: a message over the cap is caught, in one frame or in many, whatever the chunks", () => {
  const frame = fc.record({ opcode: fc.constantFrom(0, 1, 2), isFinal: fc.boolean(), length: fc.integer({ min: 0, max: 400 }) })
  fc.assert(
    fc.property(
      fc.array(frame, { maxLength: 12 }),
      fc.integer({ min: 1, max: 50 }),
      fc.integer({ min: 1, max: 600 }),
      (frames, chunk, most) => {
        let message = 0
        let isWithin = true
        for (const { length, isFinal } of frames) {
          message += length
          if (message > most) isWithin = false
          if (isFinal) message = 0
        }
        const cap = new FrameCap(most)
        const bytes = Buffer.concat(frames.map(frameOf))
        let passed = true
        for (let at = 0; at < bytes.length && passed; at += chunk) passed = cap.passes(bytes.subarray(at, at + chunk))
        expect(passed).toBe(isWithin)
      },
    ),
    { numRuns: 1000 },
  )
})

test("A6.03: a length of 2^63 is caught by its header alone", () => {
  expect(new FrameCap(1000).passes(Buffer.from([0x81, 0xff, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0]))).toBe(false)
})

test("A6.03: control frames between fragments do not count, and long ones are caught", () => {
  const cap = new FrameCap(100)
  const fragments = [
    frameOf({ opcode: 1, isFinal: false, length: 60 }),
    frameOf({ opcode: 9, isFinal: true, length: 120 }),
    frameOf({ opcode: 0, isFinal: true, length: 40 }),
  ]
  for (const fragment of fragments) expect(cap.passes(fragment)).toBe(true)
  expect(cap.passes(frameOf({ opcode: 9, isFinal: true, length: 126 }))).toBe(false)
})

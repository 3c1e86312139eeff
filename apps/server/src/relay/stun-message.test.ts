import { createHash } from "node:crypto"
import { expect, test } from "vitest"
import fc from "fast-check"
import { attributeOf, attributeTypes, isSealedBy, parseStun, printStun } from "./stun-message.ts"
import { parseXorAddress, plainAddress, printXorAddress } from "./xor-address.ts"

const bytes = (hex: string): Buffer => Buffer.from(hex.replaceAll(/\s/g, ""), "hex")
const transaction = bytes("b7e7a701 bc34d686 fa87dfae")

/** RFC 5769 section 2.4. */
const sample = bytes(`
  00010060 2112a442 78ad3433c6ad72c029da412e
  00060012 e3839ee38388e383aae38383e382afe382b9 0000
  0015001c 662f2f3439396b39353464364f4c33346f4c39465354767936347341
  0014000b 6578616d706c652e6f7267 00
  00080014 f67024656dd64a3e02b8e0712e85c9a28ca89666`)

test("D27.13: a sealed request is read as RFC 5769 section 2.4 says, and one changed bit of it is seen", () => {
  const message = parseStun(sample)
  if (message === undefined) throw new Error("not read")
  expect([message.class, message.method, attributeOf(message, attributeTypes.realm)?.toString()]).toEqual(["request", 1, "example.org"])
  const key = createHash("md5").update("マトリックス:example.org:TheMatrIX").digest()
  expect(isSealedBy(message, key)).toBe(true)
  for (let at = 20; at < sample.length - 24; at++) {
    const changed = Buffer.from(sample)
    changed[at] = (changed[at] ?? 0) ^ 1
    const read = parseStun(changed)
    expect(read !== undefined && isSealedBy(read, key), String(at)).toBe(false)
  }
})

test("D27.13: addresses are written as in RFC 5769 sections 2.2 and 2.3", () => {
  const four = printXorAddress({ address: "192.0.2.1", port: 32853 }, transaction)
  expect(four).toEqual(bytes("0001a147e112a643"))
  expect(parseXorAddress(four, transaction)).toEqual({ address: "192.0.2.1", port: 32853 })
  const six = printXorAddress({ address: "2001:db8:1234:5678:11:2233:4455:6677", port: 32853 }, transaction)
  expect(six).toEqual(bytes("0002a1470113a9faa5d3f179bc25f4b5bed2b9d9"))
  expect(parseXorAddress(six, transaction)).toBe("other")
  expect(printXorAddress({ address: "::1", port: 1 }, transaction)).toHaveLength(20)
  expect(plainAddress("::ffff:192.0.2.1")).toBe("192.0.2.1")
  expect(parseXorAddress(four.subarray(0, 7), transaction)).toBeUndefined()
})

test("D27.13: what is printed is read again", () => {
  const attribute = fc.tuple(
    fc.integer({ min: 0x8000, max: 0xffff }),
    fc.uint8Array({ maxLength: 40 }).map((value) => Buffer.from(value)),
  )
  fc.assert(
    fc.property(fc.array(attribute, { maxLength: 8 }), fc.uint8Array({ minLength: 16, maxLength: 16 }), (attributes, key) => {
      const message = { class: "success", method: 3, transaction, attributes } as const
      const read = parseStun(printStun(message, Buffer.from(key)))
      expect(read).toMatchObject({ class: "success", method: 3, attributes })
      expect(read !== undefined && isSealedBy(read, Buffer.from(key))).toBe(true)
    }),
  )
})

test("A6.03: whatever comes is read as a message or refused, and nothing that is cut short passes", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (some) => {
      parseStun(Buffer.from(some))
    }),
  )
  for (let length = 0; length < sample.length; length++) expect(parseStun(sample.subarray(0, length))).toBeUndefined()
  expect(parseStun(Buffer.concat([sample, Buffer.alloc(4)]))).toBeUndefined()
})

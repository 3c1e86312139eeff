import fc from "fast-check"
import { expect, test } from "vitest"
import { fromBase64url, toBase64url } from "./base64url.ts"
import { idFrom, parseCallId, parseEpoch, parseMemberId, parseRoomId, type RoomId } from "./ids.ts"
import { isProblemCode, problems } from "./problems.ts"

test("base64url: what is printed is what Node prints, and reads back", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      const text = toBase64url(bytes)
      expect(text).toBe(Buffer.from(bytes).toString("base64url"))
      expect(fromBase64url(text)).toEqual(new Uint8Array(bytes))
    }),
    { numRuns: 1000 },
  )
})

test("base64url: bytes have one spelling; every other is refused", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom("A", "Z", "a", "z", "0", "9", "-", "_", "+", "/", "=", " ", "\u00e9"), maxLength: 12 }),
      (text) => {
        const read = fromBase64url(text)
        if (read !== undefined) expect(toBase64url(read)).toBe(text)
      },
    ),
    { numRuns: 1000 },
  )
  for (const text of ["A", "AB", "AAB", "AA==", "A+AA", "A/AA", " AA", "AA\n", "\u00c0A"]) expect(fromBase64url(text)).toBeUndefined()
})

test("ids: 22 characters of 16 bytes, and no other spelling of them", () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (random) => {
      const id = idFrom<RoomId>(random)
      expect(parseRoomId(id)).toBe(id)
      expect(fromBase64url(id)).toEqual(new Uint8Array(random))
    }),
  )
  const id = "A".repeat(22)
  for (const wrong of [id.slice(1), id + "A", id.slice(1) + "B", id + "\n", `${id.slice(1)}=`, 5, null, undefined, [id], { id }]) {
    for (const parse of [parseRoomId, parseCallId, parseMemberId]) expect(parse(wrong)).toBeUndefined()
  }
  expect(() => idFrom(new Uint8Array(15))).toThrow("bug")
})

test("epochs are whole numbers from 0 that JSON carries exactly", () => {
  for (const wrong of [-1, 0.5, 2 ** 53, NaN, Infinity, "1", null]) expect(parseEpoch(wrong)).toBeUndefined()
  expect(parseEpoch(2 ** 53 - 1)).toBe(2 ** 53 - 1)
})

test("every problem has a status of HTTP, and only problems are codes", () => {
  for (const [code, { status, title }] of Object.entries(problems)) {
    expect(status).toBeGreaterThanOrEqual(400)
    expect(title).toMatch(/^[A-Z].*[^.]$/)
    expect(isProblemCode(code)).toBe(true)
  }
  for (const other of ["toString", "__proto__", "", 4, null]) expect(isProblemCode(other)).toBe(false)
})

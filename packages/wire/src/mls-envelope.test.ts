import { expect, test } from "vitest"
import { readPrivateMessage } from "./mls-envelope.ts"

/** version 1, PrivateMessage, group id of two bytes, epoch 5, content type 3 (commit), then three vectors of one to three bytes. */
const commit = Uint8Array.of(0, 1, 0, 2, 2, 9, 9, 0, 0, 0, 0, 0, 0, 0, 5, 3, 1, 7, 2, 8, 8, 3, 6, 6, 6)

const changed = (at: number, byte: number): Uint8Array => commit.with(at, byte)

test("D7: the header of a PrivateMessage is read, and nothing behind it", () => {
  expect(readPrivateMessage(commit)).toEqual({
    groupId: Uint8Array.of(9, 9),
    epoch: 5,
    contentType: "commit",
    authenticatedData: Uint8Array.of(7),
  })
})

test("D7: a PublicMessage, a Welcome, a GroupInfo and a KeyPackage are no PrivateMessage", () => {
  for (const wireFormat of [0, 1, 3, 4, 5, 255]) expect(readPrivateMessage(changed(3, wireFormat))).toBeUndefined()
})

test("D7: another version of MLS and an unknown content type are refused", () => {
  expect(readPrivateMessage(changed(1, 2))).toBeUndefined()
  for (const contentType of [0, 4, 255]) expect(readPrivateMessage(changed(15, contentType))).toBeUndefined()
})

test("T6: every prefix is refused, and so are trailing bytes", () => {
  for (let length = 0; length < commit.length; length++) expect(readPrivateMessage(commit.subarray(0, length))).toBeUndefined()
  expect(readPrivateMessage(Uint8Array.from([...commit, 0]))).toBeUndefined()
})

test("T6: a length written longer than needed is refused", () => {
  const long = Uint8Array.from([...commit.subarray(0, 4), 0x40, 2, ...commit.subarray(5)])
  expect(readPrivateMessage(long)).toBeUndefined()
})

test("A1.12: an empty ciphertext is refused", () => {
  expect(readPrivateMessage(Uint8Array.from([...commit.subarray(0, 21), 0]))).toBeUndefined()
})

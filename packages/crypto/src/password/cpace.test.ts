/** Vectors of draft-irtf-cfrg-cpace (April 2026), appendix "CPace using group ristretto255 and hash SHA-512". */

import { expect, test } from "vitest"
import { sha512 } from "@noble/hashes/sha2.js"
import { utf8 } from "../bytes.ts"
import { confirmation, generatorOf, generatorString, newScalar, secretPoint, sessionKey, shareOf, withLengths } from "./cpace.ts"

const bytes = (hex: string) => new Uint8Array(Buffer.from(hex.replace(/\s/g, ""), "hex"))
const hex = (value: Uint8Array | undefined): string => (value === undefined ? "aborted" : Buffer.from(value).toString("hex"))

const inputs = {
  password: utf8("Password"),
  channel: bytes("0b415f696e69746961746f720b425f726573706f6e646572"),
  session: bytes("7e4b4791d6a8ef019b936c79fb7f2c57"),
}
const ya = bytes("da3d23700a9e5699258aef94dc060dfda5ebb61f02a5ea77fad53f4ff0976d08")
const yb = bytes("d2316b454718c35362d83d69df6320f38578ed5984651435e2949762d900b80d")
const first = { share: bytes("d6bac480f2c386c394efc7c47adb9925dcd2630b64f240c50f8d0eec482b9157"), associated: utf8("ADa") }
const second = { share: bytes("3ea7e0b19560d7c0b0f5734f63b955286dfa8232b5ebe63324e2d9e7433f7258"), associated: utf8("ADb") }
const secret = "80b69a8a76457ab6a4d7f887a4bf6b55a2f80ac19c333f917a05fc9887c8b40f"

test("D18.1: strings are put together as the draft's vectors have it", () => {
  expect(hex(withLengths(utf8("123"), utf8("PartyA"), utf8("234"), utf8("PartyB")))).toBe("03313233065061727479410332333406506172747942")
  expect(hex(withLengths(new Uint8Array(128)).subarray(0, 2))).toBe("8001")
  expect(hex(generatorString(inputs))).toBe(
    "11435061636552697374726574746f3235350850617373776f726464" +
      "00".repeat(100) +
      "180b415f696e69746961746f720b425f726573706f6e646572107e4b4791d6a8ef019b936c79fb7f2c57",
  )
})

test("D18.1: generator, shares, secret point and session key are the draft's", () => {
  expect(hex(sha512(generatorString(inputs)))).toBe(
    "da6d3ddc8802fca9058755ffd3ebde08a9c2c74945901a258482a288b6663af06bf645c93cd1c51512307199c80e84908916d983b34af77205f90851a657ee27",
  )
  const generator = generatorOf(inputs)
  expect(hex(generator.toBytes())).toBe("222b6b195fe84b1652badb6f6a3ae3d24341e7306967f0b8115b40d5698c7e56")
  expect(hex(shareOf(ya, generator))).toBe(hex(first.share))
  expect(hex(shareOf(yb, generator))).toBe(hex(second.share))
  expect(hex(secretPoint(ya, second.share))).toBe(secret)
  expect(hex(secretPoint(yb, first.share))).toBe(secret)
  expect(hex(sessionKey(bytes(secret), inputs.session, { first, second }))).toBe(
    "b69effbf61b51d56401c0f65601abe428de8206feaaf0e32198896dcae7b35cd2b38950a39dfd5d4a79164614c2984f7daa460b588c1e80c3fa2068af7900447",
  )
})

test("D18.1: a share that is no point, or the neutral one, ends the run", () => {
  const scalar = bytes("7cd0e075fa7955ba52c02759a6c90dbbfc10e6d40aea8d283e407d88cf538a05")
  const valid = bytes("2c3c6b8c4f3800e7aef6864025b4ed79bd599117e427c41bd47d93d654b4a51c")
  expect(hex(secretPoint(scalar, valid))).toBe("7c13645fe790a468f62c39beb7388e541d8405d1ade69d1778c5fe3e7f6b600e")
  expect(secretPoint(scalar, bytes("2b3c6b8c4f3800e7aef6864025b4ed79bd599117e427c41bd47d93d654b4a51c"))).toBeUndefined()
  expect(secretPoint(scalar, new Uint8Array(32))).toBeUndefined()
  for (const length of [0, 1, 31, 33, 64]) expect(secretPoint(scalar, bytes(hex(valid) + "00".repeat(32)).slice(0, length))).toBeUndefined()
})

test("D18.1: scalars stay below 2^252, and tags differ by side and by session", () => {
  for (let i = 0; i < 50; i++) expect(newScalar()[31]).toBeLessThan(16)
  const key = new Uint8Array(64)
  const tags = [confirmation(key, inputs.session, first), confirmation(key, inputs.session, second), confirmation(key, bytes("00"), first)]
  expect(new Set(tags.map(hex)).size).toBe(3)
  expect(tags[0]).toHaveLength(64)
})

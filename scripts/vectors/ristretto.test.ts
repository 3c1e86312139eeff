/** Vectors of RFC 9496 appendix A, and of draft-irtf-cfrg-cpace (April 2026) for the string that is mapped. */
import { createHash } from "node:crypto"
import { expect, test } from "vitest"
import { generatorString } from "./password.ts"
import { decode, encode, mapped, times } from "./ristretto.ts"

const bytes = (hex: string): Buffer => Buffer.from(hex, "hex")
const hex = (value: Buffer): string => value.toString("hex")

test("D18.1: the arithmetic behind our vectors is that of RFC 9496", () => {
  const base = decode(bytes("e2f2ae0a6abc4e71a884a961c500515f58e30b6aa582dd8db6a65945e08d2d76"))
  const multiples = [0, 1, 2].map((n) => hex(encode(times(base, Buffer.alloc(32).fill(n, 0, 1)))))
  expect(multiples).toEqual([
    "00".repeat(32),
    "e2f2ae0a6abc4e71a884a961c500515f58e30b6aa582dd8db6a65945e08d2d76",
    "6a493210f7499cd17fecb510ae0cea23a110e8d5b901f8acadd3095c73a3b919",
  ])
  const map =
    "5d1be09e3d0c82fc538112490e35701979d99e06ca3e2b5b54bffe8b4dc772c1" + "4d98b696a1bbfb5ca32c436cc61c16563790306c79eaca7705668b47dffe5bb6"
  expect(hex(encode(mapped(bytes(map))))).toBe("3066f82a1a747d45120d1740f14358531a8f04bbffe6a819f86dfe50f44a0a46")
  expect(() => decode(Buffer.alloc(32, 0xff))).toThrow("not an element")
})

test("D18.1: the generator and a share behind our vectors are the draft's", () => {
  const channel = bytes("0b415f696e69746961746f720b425f726573706f6e646572")
  const string = generatorString(Buffer.from("Password"), channel, bytes("7e4b4791d6a8ef019b936c79fb7f2c57"))
  const generator = mapped(createHash("sha512").update(string).digest())
  expect(hex(encode(generator))).toBe("222b6b195fe84b1652badb6f6a3ae3d24341e7306967f0b8115b40d5698c7e56")
  const share = times(generator, bytes("da3d23700a9e5699258aef94dc060dfda5ebb61f02a5ea77fad53f4ff0976d08"))
  expect(hex(encode(share))).toBe("d6bac480f2c386c394efc7c47adb9925dcd2630b64f240c50f8d0eec482b9157")
})

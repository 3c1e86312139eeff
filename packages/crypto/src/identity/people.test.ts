import { expect, test } from "vitest"
import fc from "fast-check"
import { toBase64url } from "../base64url.ts"
import { randomBytes, sha256 } from "../platform.ts"
import { memoryKeyShelf } from "../room/signing-key.ts"
import { identityKey } from "./binding.ts"
import { isConfusable } from "./confusable.ts"
import { comparedDevice, pairNumber } from "./pair-number.ts"
import { good, somebody } from "./provider.fixture.ts"
import { identityVerifier } from "./verify.ts"
import { readRevocation, revoke } from "./revocation.ts"

const device = (): string => toBase64url(randomBytes(32))

test("D15.10: the pair number has 60 digits, is the same from both sides, and changes with either device", async () => {
  const [ada, ben] = [device(), device()]
  const number = await pairNumber(ada, ben)
  expect(number).toMatch(/^(\d{5} ){11}\d{5}$/)
  expect(await pairNumber(ben, ada)).toBe(number)
  expect(await pairNumber(ada, device())).not.toBe(number)
  // Worked out with another library, for other implementations.
  const fixed = "13262 51556 80920 95023 25894 56353 13761 63762 26918 53584 37199 48893"
  expect(await pairNumber("E".repeat(43), "A".repeat(43))).toBe(fixed)
  expect(comparedDevice({ device: "room" })).toBe("room")
  expect(comparedDevice({ device: "room", identityDevice: "own" })).toBe("own")
})

test.each([
  ["Ada", "ada"],
  ["Bob", "B0b"],
  ["Paul", "\u0420aul"],
  ["Alice", "A1ice"],
  ["Alice", "\u0410\u0406\u0456\u0441\u0435"],
  ["Arne", "Ame"],
  ["Zo\u00eb", "Zoe"],
  ["Ada Lovelace", "AdaLovelace"],
  ["Ada Lovelace", "Ada\u2003Lovelace\u00ad"],
  ["Ada", "\uff21\uff44\uff41"],
  ["Ada", "\u{1d400}\u{1d41d}\u{1d41a}"],
  ["Ada", "Ada \u2714"],
  ["Weiss", "Wei\u00df"],
  ["\u{1F600}", "\u{1F600}"],
  ["Nikos", "\u039dikos"],
])("D21.5: %s and %s look alike", (a, b) => {
  expect(isConfusable(a, b)).toBe(true)
})

test.each([
  ["Ada", "Ida"],
  ["Ben", "Den"],
  ["Max", "Mix"],
  ["Anna", "Ann"],
  ["\u{1F600}", "\u{1F601}"],
  ["\u674e", "\u738b"],
])("D21.5: %s and %s do not", (a, b) => {
  expect(isConfusable(a, b)).toBe(false)
})

test("D21.5: accents, blanks, signs and capitals never tell two names apart", () => {
  const name = fc.string({ unit: fc.constantFrom(...Array.from("abdefgmrnivwxyz")), minLength: 1, maxLength: 20 })
  fc.assert(
    fc.property(name, fc.constantFrom("\u0301", " ", "\u200b", "-", "."), (plain, between) => {
      expect(isConfusable(plain, Array.from(plain.toUpperCase()).join(between))).toBe(true)
    }),
  )
})

test("D19.11: a device struck out by another of its account is a guest until it signs in anew", async () => {
  const ada = await somebody()
  const phone = good(await identityKey(memoryKeyShelf(), ada.claims.iss))
  const account = { issuer: ada.claims.iss, subject: ada.claims.sub }
  const identityDevice = toBase64url(await sha256(ada.identity.publicKey))
  const at = ada.now - 30_000
  const text = await revoke(phone, { ...account, identityDevice, at })
  expect(text).toHaveLength(139)
  const read = (by = phone.publicKey, of = account, now = ada.now) => readRevocation(text, { account: of, by, now })
  expect(await read()).toEqual({ ...account, identityDevice, at })
  expect(await read(ada.identity.publicKey)).toBeUndefined()
  expect(await read(phone.publicKey, { ...account, subject: "u-2" })).toBeUndefined()
  const lost = { ...ada.parts, revocations: () => [{ ...account, identityDevice, at }] }
  const seen = async (iat: number) =>
    identityVerifier(lost).verify(await ada.prove(await ada.provider.token({ ...ada.claims, iat })), ada.device.publicKey, ada.now)
  expect(await seen(at / 1000)).toEqual({ refused: "device-revoked" })
  expect(await seen(at / 1000 + 1)).toMatchObject({ subject: "u-1" })
})

test("D19.11: a revocation travels in the proof of the device that made it, and is forgotten with the tokens it speaks of", async () => {
  const ada = await somebody()
  const account = { issuer: ada.claims.iss, subject: ada.claims.sub }
  const of = (at: number) => ({ ...account, identityDevice: device(), at })
  const [fresh, old, future] = [of(ada.now), of(ada.now - 25 * 3_600_000), of(ada.now + 600_000)]
  const texts = await Promise.all([fresh, old, future].map((one) => revoke(ada.identity, one)))
  const token = await ada.provider.token(ada.claims)
  expect(await ada.check(await ada.prove(token, texts))).toMatchObject({ subject: "u-1", revokes: [fresh] })
  // A stranger's revocation carried along proves nothing, and harms nothing.
  const eve = good(await identityKey(memoryKeyShelf(), account.issuer))
  expect(await ada.check(await ada.prove(token, [await revoke(eve, fresh)]))).toMatchObject({ subject: "u-1", revokes: [] })
  expect(await ada.check(`${await ada.prove(token)}${"~AAAA".repeat(4)}`)).toEqual({ refused: "token-malformed" })
})

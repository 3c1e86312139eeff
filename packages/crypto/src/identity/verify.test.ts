import { expect, test } from "vitest"
import fc from "fast-check"
import { toBase64url } from "../base64url.ts"
import { sha256 } from "../platform.ts"
import { memoryKeyShelf } from "../room/signing-key.ts"
import { deviceKey } from "../room/device-key.ts"
import { identityKey, makeProof, nonceOf } from "./binding.ts"
import { maxToken } from "./jws.ts"
import { identityVerifier } from "./verify.ts"
import { base64urlJson, bent, good, issuer, signingPart, somebody } from "./provider.fixture.ts"

test.each(["RS256", "ES256", "EdDSA"] as const)("D19.1: a token signed with %s proves who stands behind a device", async (algorithm) => {
  const ada = await somebody(algorithm)
  expect(await ada.shows({})).toEqual({
    issuer: issuer.issuer,
    subject: "u-1",
    name: "Ada Lovelace",
    email: "ada@house.example",
    identityDevice: toBase64url(await sha256(ada.identity.publicKey)),
    revokes: [],
  })
})

test("D19.1: EdDSA by its newer name is the same algorithm", async () => {
  const ada = await somebody("EdDSA")
  expect(await ada.shows({}, { alg: "Ed25519" })).toMatchObject({ subject: "u-1" })
})

test("D19.2: no token names an algorithm without a public key", async () => {
  const ada = await somebody()
  const body = base64urlJson(ada.claims)
  for (const alg of ["none", "None", "HS256", "HS512", "RS512", "ES384", "", undefined]) {
    const text = `${base64urlJson({ alg, kid: "k1" })}.${body}`
    expect(await ada.check(await ada.prove(`${text}.AAAA`))).toEqual({ refused: "token-algorithm" })
    // RFC 7519 section 6: an unsecured token ends in a dot.
    expect(await ada.check(await ada.prove(`${text}.`))).toEqual({ refused: "token-malformed" })
  }
})

test("D19.2: a token's algorithm must be that of the key it names", async () => {
  const ada = await somebody("RS256")
  for (const alg of ["ES256", "EdDSA"]) expect(await ada.shows({}, { alg })).toEqual({ refused: "token-forged" })
  // The public key as the secret of an HMAC: the oldest trick there is.
  expect(await ada.shows({}, { alg: "HS256" })).toEqual({ refused: "token-algorithm" })
})

test("D19.3: a token for another client, for two, or of another provider is refused", async () => {
  const ada = await somebody()
  for (const changed of [
    { aud: "payroll" },
    { aud: ["conclave", "payroll"] },
    { aud: [] },
    { aud: undefined },
    { aud: [["conclave"]] },
    { aud: "conclave", azp: "payroll" },
  ])
    expect(await ada.shows(changed)).toEqual({ refused: "token-audience" })
  expect(await ada.shows({ aud: ["conclave"], azp: "conclave" })).toMatchObject({ subject: "u-1" })
  for (const iss of ["https://login.example/realms/other", "https://login.example/realms/house/", "", undefined, 1])
    expect(await ada.shows({ iss })).toEqual({ refused: "token-issuer" })
  expect(ada.asked).toEqual([false])
})

test("D19.4: a token is good from its making to its end, and a day at most", async () => {
  const ada = await somebody()
  const s = ada.now / 1000
  const at = (iat: number, exp: number, more = {}) => ada.shows({ iat: s + iat, exp: s + exp, ...more })
  expect(await at(-7200, -299)).toMatchObject({ subject: "u-1" })
  expect(await at(-7200, -300)).toEqual({ refused: "token-expired" })
  expect(await at(-86_400 - 299, 9e6)).toMatchObject({ subject: "u-1" })
  expect(await at(-86_400 - 300, 9e6)).toEqual({ refused: "token-too-old" })
  expect(await at(300, 3600)).toMatchObject({ subject: "u-1" })
  expect(await at(301, 3600)).toEqual({ refused: "token-from-the-future" })
  expect(await at(0, 3600, { nbf: s + 301 })).toEqual({ refused: "token-from-the-future" })
  for (const changed of [{ exp: undefined }, { iat: undefined }, { iat: "1" }, { exp: null }, { exp: -1 }, { iat: 1e300 }, { exp: 1e300 }])
    expect(await ada.shows(changed)).toEqual({ refused: "token-malformed" })
})

test("D19.5: a token for another device's key is refused, and a binding for another device or room", async () => {
  const ada = await somebody()
  const token = await ada.provider.token(ada.claims)
  expect(await ada.shows({ nonce: await nonceOf(ada.device.publicKey) })).toEqual({ refused: "token-nonce" })
  expect(await ada.shows({ nonce: undefined })).toEqual({ refused: "token-nonce" })
  // Eve copies the token out of a bundle and shows it with keys of her own.
  const shelf = memoryKeyShelf()
  const eve = { identity: good(await identityKey(shelf, issuer.issuer)), device: good(await deviceKey(shelf, ada.room)) }
  const eves = { room: ada.room, devicePublicKey: eve.device.publicKey }
  const asEve = async (proof: string) => identityVerifier(ada.parts).verify(proof, eve.device.publicKey, ada.now)
  expect(await asEve(await makeProof({ token }, eve.identity, eves))).toEqual({ refused: "token-nonce" })
  // Or the whole proof; or the proof with a binding of her own.
  const proof = await ada.prove(token)
  const [, , binding = ""] = (await makeProof({ token }, eve.identity, eves)).split("~")
  expect(await asEve(proof)).toEqual({ refused: "binding-forged" })
  expect(await asEve([...proof.split("~").slice(0, 2), binding].join("~"))).toEqual({ refused: "binding-forged" })
  const elsewhere = { room: toBase64url(new Uint8Array(16)), devicePublicKey: ada.device.publicKey }
  expect(await ada.check(await makeProof({ token }, ada.identity, elsewhere))).toEqual({ refused: "binding-forged" })
})

test("D39.44: a wish for a role is one of the API's three, or is not heard", async () => {
  const ada = await somebody()
  for (const wish of ["moderator", "speaker", "attendee"]) expect(await ada.shows({ role: wish })).toMatchObject({ wish })
  for (const role of ["host", "", 1, ["moderator"], { moderator: true }, null]) {
    const shown = await ada.shows({ role })
    expect(shown).toMatchObject({ subject: "u-1" })
    expect(shown).not.toHaveProperty("wish")
  }
})

test("A1.12: a proof with any character changed, cut off or added proves nothing", async () => {
  const ada = await somebody()
  const proof = await ada.prove(await ada.provider.token(ada.claims))
  expect(await ada.check(proof)).toMatchObject({ subject: "u-1" })
  await fc.assert(
    fc.asyncProperty(fc.nat(proof.length - 1), fc.constantFrom("bent", "cut", "longer"), async (at, how) => {
      const other = how === "bent" ? bent(proof, at) : how === "cut" ? proof.slice(0, at) : `${proof.slice(0, at)}A${proof.slice(at)}`
      const verdict = await ada.check(other)
      // A bent separator is no longer base64url either.
      expect(verdict).toHaveProperty("refused")
    }),
    { numRuns: 200 },
  )
})

test("D19.2: extensions that we do not know, other kinds of token and oversized ones are refused", async () => {
  const ada = await somebody()
  for (const header of [{ crit: ["exp"] }, { crit: [] }, { b64: false }, { typ: "at+jwt" }, { typ: "logout+jwt" }, { typ: 1 }, { kid: 1 }])
    expect(await ada.shows({}, header)).toEqual({ refused: "token-malformed" })
  expect(await ada.shows({}, { typ: "JWT", x5t: "ignored", jwk: { kty: "oct" } })).toMatchObject({ subject: "u-1" })
  expect(await ada.shows({ more: "x".repeat(maxToken) })).toEqual({ refused: "token-malformed" })
})

test("D19.6: a name is bounded as every name is, and an address counts only when verified", async () => {
  const ada = await somebody()
  expect(await ada.shows({ name: "Zoe\u0308" })).toMatchObject({ name: "Zo\u00eb" })
  expect(await ada.shows({ name: "\u202eada", preferred_username: "ada" })).toMatchObject({ name: "ada" })
  expect(await ada.shows({ name: "x".repeat(81), preferred_username: undefined })).toMatchObject({ name: "ada@house.example" })
  expect(await ada.shows({ name: undefined, email_verified: false })).toEqual({ refused: "token-name" })
  for (const changed of [
    { email_verified: false },
    { email_verified: "true" },
    { email: "a@b@c" },
    { email: "a b@c" },
    { email: `${"a".repeat(250)}@c.de` },
  ])
    expect(await ada.shows(changed)).not.toHaveProperty("email")
  for (const sub of ["", "x".repeat(256), "ad\u00e4", 7, undefined])
    expect(await ada.shows({ sub })).toEqual({ refused: "token-malformed" })
})

test("D19.7: a new key of the provider is asked for once, a signature by a key that is there is not", async () => {
  const ada = await somebody()
  const [next, stranger] = [await signingPart("ES256", "k2"), await signingPart("ES256", "k1")]
  const by = async (key: typeof next) => ada.check(await ada.prove(await key.token(ada.claims)))
  expect(await by(next)).toEqual({ refused: "token-forged" })
  expect(ada.asked.splice(0)).toEqual([false, true])
  ada.sets.keys = [next.jwk, ada.provider.jwk]
  expect(await by(next)).toMatchObject({ subject: "u-1" })
  expect(ada.asked.splice(0)).toEqual([false])
  expect(await by(stranger)).toEqual({ refused: "token-forged" })
  expect(ada.asked.splice(0)).toEqual([false])
  ada.sets.keys = undefined
  expect(await by(next)).toEqual({ refused: "provider-unreachable" })
})

test("D19.7: a token without a key id may be signed by any key of its algorithm", async () => {
  const ada = await somebody()
  const other = await signingPart("ES256", "k2")
  ada.sets.keys = [other.jwk, ada.provider.jwk]
  expect(await ada.shows({}, { kid: undefined })).toMatchObject({ subject: "u-1" })
})

test("D19.8: keys that are weak, for encryption, of other algorithms or malformed are passed over", async () => {
  const ada = await somebody("RS256")
  const { jwk } = ada.provider
  for (const changed of [
    { use: "enc" },
    { alg: "RS512" },
    { e: "Aw" },
    { n: "AQAB" },
    { key_ops: ["sign"] },
    { kty: "oct", k: "AAAA" },
    { kid: 7 },
  ]) {
    ada.sets.keys = [null, 1, { ...jwk, ...changed }]
    expect(await ada.shows({}, { kid: undefined })).toEqual({ refused: "token-forged" })
  }
  ada.sets.keys = [{ ...jwk, alg: "RS256", key_ops: ["verify"], d: "never asked for" }]
  expect(await ada.shows({})).toMatchObject({ subject: "u-1" })
  ada.sets.keys = "AAAA"
  expect(await ada.shows({})).toEqual({ refused: "provider-unreachable" })
})

test("D19.8: a point that is not on its curve signs nothing", async () => {
  const ada = await somebody()
  ada.sets.keys = [{ ...ada.provider.jwk, x: "A".repeat(43) }]
  expect(await ada.shows({})).toEqual({ refused: "token-forged" })
})

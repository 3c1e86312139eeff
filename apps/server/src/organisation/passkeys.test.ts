import { randomBytes } from "node:crypto"
import { expect, test } from "vitest"
import type { AccountId, PasskeyId } from "@conclave/api"
import { attestationOf, Authenticator, withCertificate } from "./authenticator.fixture.ts"
import { askForNew, askForOne, isPlain, readNew, readOne } from "./passkeys.ts"
import type { Passkey } from "./ports.ts"

const origin = "https://meet.example.org:8443"
const newId = <T extends string>() => randomBytes(16).toString("base64url") as T
const account = { id: newId<AccountId>(), email: "ada@example.org", name: "Ada", role: "member" as const, madeAt: 0 }

async function registered() {
  const authenticator = new Authenticator()
  const asked = await askForNew({ account, organisation: "Rosen", origin, known: [] })
  const made = await readNew(authenticator.make(asked), asked)
  if (made === undefined) throw new Error("the passkey was refused")
  const passkey: Passkey = { ...made, id: newId<PasskeyId>(), account: account.id, name: "Key", madeAt: 0, usedAt: undefined }
  return { authenticator, passkey }
}

test("D36.14: a passkey is made and shown", async () => {
  const { authenticator, passkey } = await registered()
  expect(passkey.credential).toBe(authenticator.id)
  const asked = await askForOne(origin, undefined)
  expect(await readOne(authenticator.show(asked, { userHandle: account.id }), asked, passkey)).toBe(1)
})

test("D36.14: what is asked for: this site, a key that stays, its owner verified, no attestation", async () => {
  const { passkey } = await registered()
  const { options } = await askForNew({ account, organisation: "Rosen", origin, known: [passkey] })
  expect(options).toMatchObject({
    rp: { id: "meet.example.org", name: "Rosen" },
    user: { id: account.id, name: account.email },
    attestation: "none",
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
    excludeCredentials: [{ id: passkey.credential }],
  })
  expect((await askForOne(origin, undefined)).options).toMatchObject({ rpId: "meet.example.org", userVerification: "required" })
  expect((await askForOne(origin, undefined)).challenge).not.toBe((await askForOne(origin, undefined)).challenge)
})

test("A4.07: another origin, site, challenge or kind, nobody there or nobody verified: no passkey is made", async () => {
  const asked = await askForNew({ account, organisation: "Rosen", origin, known: [] })
  const bends = [
    { origin: "https://meet.example.org" },
    { origin: "https://meet.example.org.evil.example" },
    { origin: "http://meet.example.org:8443" },
    { site: "example.org" },
    { challenge: "c29tZXRoaW5nIGVsc2U" },
    { type: "webauthn.get" },
    { isVerified: false },
    { isPresent: false },
    { isFramed: true },
  ]
  for (const bend of bends) expect([bend, await readNew(new Authenticator().make(asked, bend), asked)]).toEqual([bend, undefined])
})

test("A4.04, A4.07: an attestation with certificates is refused before anything is fetched for it", async () => {
  const asked = await askForNew({ account, organisation: "Rosen", origin, known: [] })
  for (const format of ["packed", "tpm", "android-key", "android-safetynet", "apple", "fido-u2f"]) {
    const authenticator = new Authenticator()
    const attestation = attestationOf(format, withCertificate, authenticator.authDataOf(asked))
    expect([format, isPlain(attestation.toString("base64url"))]).toEqual([format, false])
    expect([format, await readNew(authenticator.make(asked, { attestation }), asked)]).toEqual([format, undefined])
  }
})

test("A4.07: an id that is not the key's own is refused", async () => {
  const asked = await askForNew({ account, organisation: "Rosen", origin, known: [] })
  const other = new Authenticator().id
  expect(await readNew({ ...new Authenticator().make(asked), id: other, rawId: other }, asked)).toBeUndefined()
})

test("A4.07: another origin, site, challenge or kind, nobody verified, a counter that goes back: nobody is logged in", async () => {
  const { authenticator, passkey } = await registered()
  const asked = await askForOne(origin, undefined)
  const bends = [
    { origin: "https://evil.example" },
    { site: "evil.example" },
    { challenge: "c29tZXRoaW5nIGVsc2U" },
    { type: "webauthn.create" },
    { isVerified: false },
    { isPresent: false },
    { isFramed: true },
    { userHandle: newId() },
  ]
  for (const bend of bends) expect([bend, await readOne(authenticator.show(asked, bend), asked, passkey)]).toEqual([bend, undefined])
  for (const counter of [0, 4, 5])
    expect([counter, await readOne(authenticator.show(asked, { counter }), asked, { ...passkey, counter: 5 })]).toEqual([
      counter,
      undefined,
    ])
  expect(await readOne(authenticator.show(asked, { counter: 6 }), asked, { ...passkey, counter: 5 })).toBe(6)
})

test("A4.07: another key's signature and altered bytes are refused", async () => {
  const { authenticator, passkey } = await registered()
  const asked = await askForOne(origin, undefined)
  const shown = authenticator.show(asked)
  const other = new Authenticator().show(asked)
  expect(await readOne({ ...other, id: shown.id, rawId: shown.id }, asked, passkey)).toBeUndefined()
  for (const part of ["clientDataJSON", "authenticatorData", "signature"] as const) {
    const bytes = Buffer.from(shown.response[part], "base64url")
    for (let n = 0; n < bytes.length; n += 7) {
      const bent = Buffer.from(bytes)
      bent[n]! ^= 1
      const response = { ...shown.response, [part]: bent.toString("base64url") }
      expect(await readOne({ ...shown, response }, asked, passkey)).toBeUndefined()
    }
  }
  expect(await readOne(shown, asked, passkey)).toBe(1)
})

test("A4.07: what is no answer at all is refused, not stumbled over", async () => {
  const { authenticator, passkey } = await registered()
  const asked = await askForOne(origin, undefined)
  const shown = authenticator.show(asked)
  for (const response of [
    { ...shown.response, clientDataJSON: "" },
    { ...shown.response, clientDataJSON: "bnVsbA" },
    { ...shown.response, authenticatorData: "AA" },
    { ...shown.response, signature: "" },
  ])
    expect(await readOne({ ...shown, response }, asked, passkey)).toBeUndefined()
})

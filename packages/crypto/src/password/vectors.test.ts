/** Our own vectors of the password (D18), which Node's cryptography and arithmetic by hand made. */

import { afterEach, expect, test, vi } from "vitest"
import { fromBase64url, toBase64url } from "../base64url.ts"
import { textOf } from "../bytes.ts"
import { pskIdOf } from "../mls/membership.ts"
import { sha256 } from "../platform.ts"
import { good } from "../room/policy.fixture.ts"
import { Secret } from "../secret.ts"
import { fields, hex, id, read, sealingKey, type Fields } from "../vectors.fixture.ts"
import { openAnswer, openTag, sealAnswer, sealTag } from "./door-box.ts"
import { begin, respond, type PasswordRun } from "./exchange.ts"
import { parsePassword } from "./password.ts"
import { guessOf, pskWithPassword, stretch, stretchedKey } from "./stretch.ts"

interface PasswordVector {
  readonly version: number
  readonly knocker: Fields
  readonly host: Fields
  readonly answer: Fields
  readonly proof: Fields
}

const flat = fields("password")
const { version, knocker, host, answer, proof } = read("password") as PasswordVector
const room = id(flat["room"])

afterEach(() => vi.restoreAllMocks())

/** The platform's next chance is this. */
function chanceIs(bytes: Uint8Array): void {
  vi.spyOn(globalThis.crypto, "getRandomValues").mockImplementationOnce((array) => {
    if (!(array instanceof Uint8Array) || array.length !== bytes.length) throw new Error("bug: chance of another length")
    array.set(bytes)
    return array
  })
}

test("D18.4, D18.5: from what a person typed to the PSK of the Add and its id", async () => {
  expect(parsePassword(textOf(hex(flat["typed"])) ?? "")).toBe(flat["password"])
  const stretched = stretch(flat["password"] ?? "", hex(flat["salt"]))
  expect(stretched.expose()).toEqual(hex(flat["stretched"]))
  const key = await stretchedKey(stretched)
  expect(await guessOf(key, room)).toEqual(hex(flat["guess"]))
  expect((await pskWithPassword(new Secret(hex(flat["psk"])), key, room)).expose()).toEqual(hex(flat["mixed"]))
  expect(pskIdOf(room, 1, version)).toEqual(hex(flat["pskId"]))
})

test("D18.1, D18.2: a run with the vector's scalars has its shares and its tags", async () => {
  const keyPackageHash = await sha256(hex(flat["keyPackage"]))
  const run: PasswordRun = { guess: hex(flat["guess"]), room, call: id(flat["call"]), version, keyPackageHash }
  chanceIs(hex(knocker["scalar"]))
  const outside = begin(run, hex(knocker["device"]))
  const inKnock = JSON.parse(flat["inKnock"] ?? "") as { readonly version: number; readonly share: string }
  expect([outside.share, fromBase64url(inKnock.share, 32)]).toEqual([hex(knocker["share"]), outside.share])
  chanceIs(hex(host["scalar"]))
  const inside = good(respond(run, hex(host["device"]), { share: outside.share, device: hex(knocker["device"]) }))
  expect([inside.share, inside.tag]).toEqual([hex(host["share"]), hex(host["tag"])])
  const tag = good(outside.finish({ share: inside.share, tag: inside.tag, device: hex(host["device"]) }))
  expect(tag).toEqual(hex(knocker["tag"]))
  expect(inside.isProvedBy(tag)).toBe(true)
})

test("D18.2: the two boxes at the door, to the byte", async () => {
  const key = await sealingKey(hex(flat["knockKey"]))
  const keyPackageHash = await sha256(hex(flat["keyPackage"]))
  const place = { room, call: id(flat["call"]), member: toBase64url(hex(flat["member"])), keyPackageHash }
  const said = { share: hex(host["share"]), tag: hex(host["tag"]), device: hex(host["device"]) }
  chanceIs(hex(answer["nonce"]))
  expect(await sealAnswer(key, place, said)).toEqual(hex(answer["sealed"]))
  expect(await openAnswer(key, place, hex(answer["sealed"]))).toEqual(said)
  chanceIs(hex(proof["nonce"]))
  expect(await sealTag(key, place, hex(knocker["tag"]))).toEqual(hex(proof["sealed"]))
  expect(await openTag(key, place, hex(proof["sealed"]))).toEqual(hex(knocker["tag"]))
})

import { expect, test } from "vitest"
import { readFileSync } from "node:fs"
import { decodeHeader, encodeHeader } from "./header.ts"
import { deriveStreamSecrets, importFor } from "./keys.ts"
import { judgeSuite, ourSuite, vectorSuite } from "./suites.ts"
import { openFrame, sealFrame } from "./cipher.ts"

interface HeaderVector {
  readonly kid: string
  readonly ctr: string
  readonly encoded: string
}

type CipherVector = Record<
  "cipher_suite" | "kid" | "ctr" | "base_key" | "sframe_key" | "sframe_salt" | "metadata" | "nonce" | "pt" | "ct",
  string
>

const vectors = (name: string): unknown => JSON.parse(readFileSync(new URL(`../../vectors/rfc9605/${name}.json`, import.meta.url), "utf8"))
const headers = (vectors("header") as { header: HeaderVector[] }).header
const ciphers = (vectors("gcm") as { sframe: CipherVector[] }).sframe
const hex = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16))
const toHex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("")

test("D22: all 289 header vectors of RFC 9605 encode and decode", () => {
  expect(headers).toHaveLength(289)
  for (const { kid, ctr, encoded } of headers) {
    const header = { keyId: BigInt(kid), counter: BigInt(ctr) }
    expect(toHex(encodeHeader(header))).toBe(encoded)
    expect(decodeHeader(hex(encoded + "ffff"))).toEqual({ ...header, length: encoded.length / 2 })
  }
})

test("D22: both AES-GCM vectors of RFC 9605 seal and open to the byte", async () => {
  expect(ciphers.map((vector) => vector.cipher_suite)).toEqual(["4", "5"])
  for (const vector of ciphers) {
    const suite = vector.cipher_suite === "4" ? ourSuite : vectorSuite
    const baseKey = await importFor(hex(vector.base_key))
    const purpose = { suite, keyId: BigInt(vector.kid) }
    const sending = await deriveStreamSecrets(baseKey, { ...purpose, use: "encrypt" })
    expect(toHex(sending.salt)).toBe(vector.sframe_salt)
    // Our clear bytes are the vector's metadata: authenticated, and in front instead of elsewhere.
    const metadata = hex(vector.metadata)
    const header = { keyId: purpose.keyId, counter: BigInt(vector.ctr) }
    const sealed = await sealFrame(sending, { header, data: hex(vector.metadata + vector.pt), clearSize: metadata.length })
    expect(toHex(sealed)).toBe(vector.metadata + vector.ct)
    const receiving = await deriveStreamSecrets(baseKey, { ...purpose, use: "decrypt" })
    const frame = { counter: header.counter, data: sealed, clearSize: metadata.length, headerSize: encodeHeader(header).length }
    expect(toHex((await openFrame(receiving, frame)) ?? hex(""))).toBe(vector.metadata + vector.pt)
  }
})

test("D22.1: suite 4 is admitted, every other is refused by name", () => {
  expect(judgeSuite(4)).toEqual({ kind: "admitted", suite: ourSuite })
  const names = [1, 2, 3, 5].map((id) => judgeSuite(id))
  expect(names).toEqual([
    { kind: "refused", name: "AES_128_CTR_HMAC_SHA256_80" },
    { kind: "refused", name: "AES_128_CTR_HMAC_SHA256_64" },
    { kind: "refused", name: "AES_128_CTR_HMAC_SHA256_32" },
    { kind: "refused", name: "AES_256_GCM_SHA512_128" },
  ])
  for (const id of [0, 6, 7, 65535, -1, NaN]) expect(judgeSuite(id)).toEqual({ kind: "refused", name: "unassigned" })
})

test("D22.1: derived keys cannot be exported and do one thing only", async () => {
  const baseKey = await importFor(new Uint8Array(16))
  expect(baseKey.extractable).toBe(false)
  for (const use of ["encrypt", "decrypt"] as const) {
    const { key } = await deriveStreamSecrets(baseKey, { suite: ourSuite, keyId: 1n, use })
    expect([key.extractable, key.usages]).toEqual([false, [use]])
  }
})

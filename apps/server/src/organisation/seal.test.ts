import { mkdtempSync, statSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, test } from "vitest"
import { sealInFolder, sealUnder } from "./seal.ts"

const plain = new TextEncoder().encode("a seed")

test("D36.11: what is sealed is opened by the same key in the same context only", () => {
  const seal = sealUnder(new Uint8Array(32).fill(1))
  const sealed = seal.seal(plain, "totp ada")
  expect(seal.open(sealed, "totp ada")).toEqual(plain)
  expect(seal.open(sealed, "totp ben")).toBeUndefined()
  expect(sealUnder(new Uint8Array(32).fill(2)).open(sealed, "totp ada")).toBeUndefined()
  for (let n = 0; n < sealed.length; n++) {
    const bent = Uint8Array.from(sealed)
    bent[n]! ^= 1
    expect(seal.open(bent, "totp ada")).toBeUndefined()
    expect(seal.open(sealed.subarray(0, n), "totp ada")).toBeUndefined()
  }
})

test("D36.11: the key is made once, for nobody else's eyes, and found again", () => {
  const folder = join(mkdtempSync(join(tmpdir(), "conclave-seal-")), "data")
  const sealed = sealInFolder(folder).seal(plain, "x")
  expect(sealInFolder(folder).open(sealed, "x")).toEqual(plain)
  expect(statSync(join(folder, "seal.key")).mode & 0o777).toBe(0o600)
})

import { TOTP, URI } from "otpauth"
import { expect, test } from "vitest"
import { seedForApp, stepOf } from "./authenticator-app.ts"

/** RFC 6238 appendix B, SHA-1, the last six of eight digits. */
const seed = new TextEncoder().encode("12345678901234567890")
const vectors: [seconds: number, code: string][] = [
  [59, "287082"],
  [1111111109, "081804"],
  [1111111111, "050471"],
  [1234567890, "005924"],
  [2000000000, "279037"],
  [20000000000, "353130"],
]

test("D36.12: the codes are those of RFC 6238", () => {
  for (const [seconds, code] of vectors) expect(stepOf(code, seed, seconds * 1000)).toBe(Math.floor(seconds / 30))
})

test("D36.12: a clock may be one step off, not two, and the step tells which", () => {
  const [seconds, code] = vectors[3] ?? [0, ""]
  const step = Math.floor(seconds / 30)
  for (const off of [-1, 0, 1]) expect(stepOf(code, seed, (seconds + off * 30) * 1000)).toBe(step)
  for (const off of [-2, 2]) expect(stepOf(code, seed, (seconds + off * 30) * 1000)).toBeUndefined()
})

test("A4.07: what is not six digits is no code", () => {
  for (const code of ["", "28708", "2870820", " 287082", "28 082", "٢٨٧٠٨٢", "2e5082", "-87082"])
    expect(stepOf(code, seed, 59_000)).toBeUndefined()
})

test("D36.12: an app that reads the address says the same codes", () => {
  const { secret, uri } = seedForApp(seed, { issuer: "Rosen & Co", label: "ada@example.org" })
  const app = URI.parse(uri)
  expect(app).toBeInstanceOf(TOTP)
  expect(app).toMatchObject({ issuer: "Rosen & Co", label: "ada@example.org", digits: 6, period: 30 })
  expect(app.secret.base32).toBe(secret)
  expect((app as TOTP).generate({ timestamp: 59_000 })).toBe("287082")
})

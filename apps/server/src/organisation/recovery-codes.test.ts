import { expect, test } from "vitest"
import { freshRecoveryCodes, recoveryHash } from "./recovery-codes.ts"

test("D36.13: ten codes, all different, none like another run's", () => {
  const codes = [...freshRecoveryCodes(), ...freshRecoveryCodes()]
  expect(new Set(codes).size).toBe(20)
  for (const code of codes) expect(code).toMatch(/^([2-9a-hjkmnp-z]{4}-){4}[2-9a-hjkmnp-z]{4}$/)
})

test("D36.13: a code is known however it is typed, and by its hash alone", () => {
  const [code = ""] = freshRecoveryCodes()
  const hash = recoveryHash(code)
  expect(hash).toMatch(/^[\w-]{43}$/)
  expect(recoveryHash(` ${code.toUpperCase().replaceAll("-", " ")} `)).toBe(hash)
  for (const bent of ["", code.slice(1), `${code}a`, code.replace(/.$/, "0"), "287082"]) expect(recoveryHash(bent)).toBeUndefined()
})

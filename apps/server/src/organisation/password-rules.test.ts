import fc from "fast-check"
import { expect, test } from "vitest"
import { commonPasswords } from "./common-passwords.ts"
import { passwordRefusal, typedForm } from "./password-rules.ts"

const about = ["Ada Lovelace", "ada.lovelace@example.org"]

test("D36.3: a password has 10 to 200 characters, counted as people count", () => {
  expect(passwordRefusal("kT9 vq2 m", about)).toBe("too-short")
  expect(passwordRefusal("kT9 vq2 mx", about)).toBeUndefined()
  expect(passwordRefusal("\u{1f40c}kT9 vq2 ".repeat(1), about)).toBe("too-short")
  expect(passwordRefusal("ab cd efg ".repeat(20), about)).toBeUndefined()
  expect(passwordRefusal("ab cd efg ".repeat(20) + "x", about)).toBe("too-long")
})

test("D36.3: the commonest are refused, with capitals and with what people add to satisfy rules", () => {
  const refused = [
    "Password123!",
    "PASSWORD2026",
    "qwertyuiop",
    "1234567890",
    "aaaaaaaaaaaa",
    "abcabcabcabc",
    "abcdefghijklmno",
    "Correcthorsebatterystaple1",
  ]
  for (const password of refused) expect([password, passwordRefusal(password, about)]).toEqual([password, "too-common"])
  for (const word of commonPasswords) if (word.length >= 10) expect([word, passwordRefusal(word, [])]).toEqual([word, "too-common"])
})

test("D36.3: one's own name or address is no password", () => {
  for (const password of ["ada.lovelace@example.org", "Ada Lovelace1", "lovelacelovelace", "example.org1111"])
    expect([password, passwordRefusal(password, about)]).toEqual([password, "says-who"])
  expect(passwordRefusal("lovelace wrote notes on engines", about)).toBeUndefined()
})

test("D36.3: no kind of character is demanded", () => {
  for (const password of ["horses eat grass slowly", "شجرة طويلة في الحديقة", "8295 1047 3361"])
    expect(passwordRefusal(password, about)).toBeUndefined()
})

test("D36.3: the same letters typed on another system are the same password", () => {
  expect(typedForm("Zu\u0308rich am See")).toBe(typedForm("Z\u00fcrich am See"))
})

test("D36.3: whatever is typed gets an answer", () => {
  fc.assert(fc.property(fc.string({ maxLength: 250 }), fc.string(), (password, name) => void passwordRefusal(password, [name])))
})

/** What may be a room's password, and its one spelling (RFC 8265 section 4.2, OpaqueString). */

import { refusal, type Refusal } from "../refusal.ts"

export type PasswordRefusal = Refusal<"password-too-short" | "password-too-long" | "password-not-plain">

/** Bounds of a password, in code points. */
export const minPasswordLength = 4
export const maxPasswordLength = 128

/** Reads what a person typed: blanks of every kind as one kind, NFC, nothing trimmed. */
export function parsePassword(text: string): string | PasswordRefusal {
  if (text.length > maxPasswordLength * 8) return refusal("password-too-long")
  const password = text.replace(/\p{Zs}/gu, " ").normalize("NFC")
  if (/[\p{Cc}\p{Cs}]/u.test(password)) return refusal("password-not-plain")
  const { length } = [...password]
  if (length < minPasswordLength) return refusal("password-too-short")
  return length > maxPasswordLength ? refusal("password-too-long") : password
}

/** What may be a room's password, and its one spelling (RFC 8265 section 4.2, OpaqueString). */

import { refusal, type Refusal } from "../refusal.ts"

export type PasswordRefusal = Refusal<"password-empty" | "password-too-long" | "password-not-plain">

/** Longest password, in code points. */
export const maxPasswordLength = 128

/** Reads what a person typed: blanks of every kind as one kind, NFC, nothing trimmed. */
export function parsePassword(text: string): string | PasswordRefusal {
  if (text.length > maxPasswordLength * 8) return refusal("password-too-long")
  const password = text.replace(/\p{Zs}/gu, " ").normalize("NFC")
  if (password === "") return refusal("password-empty")
  if (/[\p{Cc}\p{Cs}]/u.test(password)) return refusal("password-not-plain")
  return [...password].length > maxPasswordLength ? refusal("password-too-long") : password
}

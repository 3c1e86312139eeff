/** What a password must be (D36.3): long, and none of those that everybody tries first. No rules about digits and signs. */

import { commonPasswords } from "./common-passwords.ts"

export const shortestPassword = 10
export const longestPassword = 200

/** Why a password is not taken. The password itself is never part of an answer. */
export type PasswordRefusal = "too-short" | "too-long" | "too-common" | "says-who"

/** `about`: words that guessers know, such as the name and the address of its owner. Undefined: it is taken. */
export function passwordRefusal(password: string, about: readonly string[]): PasswordRefusal | undefined {
  const characters = [...password.normalize("NFC")].length
  if (characters < shortestPassword) return "too-short"
  if (characters > longestPassword) return "too-long"
  const whole = typedForm(password).toLowerCase()
  const forms = [whole, whole.replace(/[\d!.?]{1,6}$/, "")]
  if (forms.some((form) => commonPasswords.has(form) || isOneThingRepeated(form))) return "too-common"
  const words = about.flatMap(wordsOf)
  if (forms.some((form) => words.some((word) => isOneThingRepeated(form.replaceAll(word, ""))))) return "says-who"
  return undefined
}

/** The form that is stretched: typed on another system the same letters may come as other code points. */
export const typedForm = (password: string): string => password.normalize("NFKC")

/** An address is worth as much as its local part and its domain. */
const wordsOf = (text: string): string[] =>
  [text, ...text.split(/[@\s]+/)].map((word) => word.normalize("NFKC").toLowerCase()).filter((word) => word.length >= 4)

/** "", "aaaa", "abcabcabc" and runs like "123456789". */
function isOneThingRepeated(text: string): boolean {
  if (text.length < 2) return true
  if (/^(.{1,4})\1*$/u.test(text)) return true
  const steps = new Set([...text].slice(1).map((sign, i) => (sign.codePointAt(0) ?? 0) - (text.codePointAt(i) ?? 0)))
  return steps.size === 1
}

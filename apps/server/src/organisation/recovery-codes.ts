/** Ten codes for the day the phone is lost (D36.13): each is good once, and only their hashes are kept. */

import { randomBytes } from "node:crypto"
import { hashOf } from "../tokens.ts"

export const recoveryCodeCount = 10

/** Letters and digits that nobody takes for another. */
const signs = "23456789abcdefghjkmnpqrstuvwxyz"
const length = 20

/** 99 bits (31^20) each: nothing to guess, so one hash hides them. Written in fours: `abcd-efgh-…`. */
export const freshRecoveryCodes = (): string[] => Array.from({ length: recoveryCodeCount }, freshCode)

function freshCode(): string {
  let code = ""
  while (code.length < length)
    for (const byte of randomBytes(length)) if (byte < signs.length * 8 && code.length < length) code += signs[byte % signs.length] ?? ""
  return (code.match(/.{4}/g) ?? []).join("-")
}

/** The hash of what somebody typed, with or without dashes, blanks and capitals; undefined when it cannot be a code. */
export function recoveryHash(typed: string): string | undefined {
  const code = typed.toLowerCase().replaceAll(/[\s-]/g, "")
  return code.length === length && [...code].every((sign) => signs.includes(sign)) ? hashOf(`recovery code ${code}`) : undefined
}

/** A phone's authenticator app: what somebody copies from the page into it, and the code that it shows (RFC 6238: SHA-1, six digits, 30 s). */

import { createHmac } from "node:crypto"

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"

/** The seed behind base32 text (RFC 4648), however it was spaced. */
export function seedOf(text: string): Buffer {
  const bits = [...text.replaceAll(/\s/g, "")].map((letter) => letters.indexOf(letter).toString(2).padStart(5, "0")).join("")
  return Buffer.from(bits.match(/.{8}/g)?.map((byte) => parseInt(byte, 2)) ?? [])
}

/** `at` in milliseconds since 1970. */
export function codeAt(text: string, at: number): string {
  const step = Buffer.alloc(8)
  step.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)))
  const digest = createHmac("sha1", seedOf(text)).update(step).digest()
  const place = (digest.at(-1) ?? 0) & 15
  return String((digest.readUInt32BE(place) & 0x7fffffff) % 1_000_000).padStart(6, "0")
}

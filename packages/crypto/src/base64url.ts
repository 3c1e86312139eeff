/** Bytes as text in links and signed blobs: base64url without padding (RFC 4648 section 5), canonical only. */

import type { Bytes } from "./platform.ts"

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
const valueOf = new Map(Array.from(alphabet, (letter, value) => [letter, value]))

/** Prints bytes as base64url. */
export function toBase64url(bytes: Uint8Array): string {
  let text = ""
  let held = 0
  let bits = 0
  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0xffff
    for (bits += 8; bits >= 6; bits -= 6) text += alphabet.charAt((held >> (bits - 6)) & 63)
  }
  return bits > 0 ? text + alphabet.charAt((held << (6 - bits)) & 63) : text
}

/** Parses base64url of exactly `length` bytes. Undefined for any other text, stray low bits among it. */
export function fromBase64url(text: string, length: number): Bytes | undefined {
  if (text.length !== Math.ceil((length * 4) / 3)) return undefined
  const bytes = new Uint8Array(length)
  let at = 0
  let held = 0
  let bits = 0
  for (const letter of text) {
    const value = valueOf.get(letter)
    if (value === undefined) return undefined
    held = ((held << 6) | value) & 0xffff
    bits += 6
    if (bits < 8) continue
    bits -= 8
    bytes[at++] = (held >> bits) & 255
  }
  // Two texts for the same bytes would make two names for one thing.
  return (held & ((1 << bits) - 1)) === 0 ? bytes : undefined
}

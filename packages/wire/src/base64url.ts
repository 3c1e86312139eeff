/** Bytes as text in envelopes: base64url without padding (RFC 4648 section 5), canonical only. */

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

const valueOf = new Uint8Array(128).fill(255)
for (let i = 0; i < alphabet.length; i++) valueOf[alphabet.charCodeAt(i)] = i

/** Prints bytes as base64url. */
export function toBase64url(bytes: Uint8Array): string {
  const parts: string[] = []
  for (let i = 0; i < bytes.length; i += 3) {
    const a = bytes[i] ?? 0
    const b = bytes[i + 1] ?? 0
    const c = bytes[i + 2] ?? 0
    const left = bytes.length - i
    parts.push(alphabet.charAt(a >> 2), alphabet.charAt(((a & 3) << 4) | (b >> 4)))
    if (left > 1) parts.push(alphabet.charAt(((b & 15) << 2) | (c >> 6)))
    if (left > 2) parts.push(alphabet.charAt(c & 63))
  }
  return parts.join("")
}

/** Parses base64url. Undefined for any other character, a length no bytes have, or stray low bits. */
export function fromBase64url(text: string): Uint8Array<ArrayBuffer> | undefined {
  const tail = text.length % 4
  if (tail === 1) return undefined
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4))
  let at = 0
  let held = 0
  let bits = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    const value = code < 128 ? (valueOf[code] ?? 255) : 255
    if (value === 255) return undefined
    held = ((held << 6) | value) & 0xffffff
    bits += 6
    if (bits >= 8) {
      bits -= 8
      bytes[at++] = (held >> bits) & 255
    }
  }
  // Two texts for the same bytes would make two names for one thing.
  if ((held & ((1 << bits) - 1)) !== 0) return undefined
  return bytes
}

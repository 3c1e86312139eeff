/** One size for all that people say (D34.17): what a message is must not show in how long it is. Knows nothing of messages. */

import type { Bytes } from "../platform.ts"

const step = 512
const blank = 0x20

/** The text and blanks behind it, up to the next multiple of 512 bytes. */
export function filled(text: Uint8Array): Bytes {
  const bytes = new Uint8Array(Math.ceil(text.length / step) * step).fill(blank)
  bytes.set(text)
  return bytes
}

/** The text without its filling, if the text ends in no blank. Undefined for any other filling than `filled` makes. */
export function unfilled(bytes: Uint8Array): Uint8Array | undefined {
  if (bytes.length === 0 || bytes.length % step !== 0) return undefined
  const last = bytes.findLastIndex((byte) => byte !== blank)
  return last >= bytes.length - step ? bytes.subarray(0, last + 1) : undefined
}

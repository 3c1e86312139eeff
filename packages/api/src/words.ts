/** Text for people to read, and bytes as text. */

import { z } from "./schema.ts"

/** Control characters and what breaks lines; spelt so that readers of the document with plain regular expressions understand it too. */
const unreadable = String.raw`\u0000-\u001f\u007f-\u009f\u2028\u2029`

/** 1 to `most` characters on one line. */
export const words = (most: number) =>
  z
    .string()
    .min(1)
    .max(most)
    .regex(new RegExp(`^[^${unreadable}]*$`))

/** So many bytes as unpadded base64url, in the one way to write them (RFC 4648 section 3.5). */
export function bytesText(least: number, most: number) {
  const length = (bytes: number) => Math.ceil((bytes * 4) / 3)
  return z
    .string()
    .regex(/^(?:[A-Za-z0-9_-]{4})*(?:[A-Za-z0-9_-]{2}[AEIMQUYcgkosw048]|[A-Za-z0-9_-][AQgw])?$/)
    .min(length(least))
    .max(length(most))
}

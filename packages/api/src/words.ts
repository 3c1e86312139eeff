/** Text for people to read, and bytes as text. */

import { z } from "./schema.ts"

/** Control characters and what breaks lines; spelt so that readers of the document with plain regular expressions understand it too. */
export const unreadable = String.raw`\u0000-\u001f\u007f-\u009f\u2028\u2029`

/** 1 to `most` characters on one line. */
export const words = (most: number) =>
  z
    .string()
    .min(1)
    .max(most)
    .regex(new RegExp(`^[^${unreadable}]*$`))

/**
 * So many bytes as unpadded base64url, in the one way to write them (RFC 4648 section 3.5): whole groups of three bytes, then perhaps a
 * last character or two that carry only the bits that are left. The pattern of a fixed size says its length by itself.
 */
export function bytesText(least: number, most: number) {
  const [any, ofTwo, ofFour] = ["[A-Za-z0-9_-]", "[AEIMQUYcgkosw048]", "[AQgw]"] as const
  if (least === most) {
    const ends = ["", `${any}${ofFour}`, `${any}{2}${ofTwo}`] as const
    return z.string().regex(new RegExp(`^${any}{${String(Math.floor(most / 3) * 4)}}${ends[most % 3] ?? ""}$`))
  }
  const length = (bytes: number) => Math.ceil((bytes * 4) / 3)
  return z
    .string()
    .regex(new RegExp(`^(?:${any}{4})*(?:${any}{2}${ofTwo}|${any}${ofFour})?$`))
    .min(length(least))
    .max(length(most))
}

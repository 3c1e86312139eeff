/** Text for people to read. */

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

/** This server's word about who enters (D39.7, D39.8): a token in the form that members read of any provider (D19.2). */

import type { Admitted } from "./admission.ts"
import type { EntryKey } from "./entry-key.ts"

const longestSeconds = 24 * 3600

export interface Stating {
  /** This server's, as the page sees it. */
  readonly origin: string
  /** What browsers call the room. */
  readonly room: string
  /** The hash of the device's identity key (D19.5). */
  readonly nonce: string
  /** Milliseconds since 1970. */
  readonly now: number
}

/** Null: the server says nothing of somebody who has shown nothing. */
export function statementOf(key: EntryKey, { as, role }: Admitted, { origin, room, nonce, now }: Stating): string | null {
  if (as === undefined) return null
  const iat = Math.floor(now / 1000)
  const exp = Math.min(iat + longestSeconds, as.until === undefined ? Infinity : Math.floor(as.until / 1000))
  const name = as.name === undefined ? {} : { name: as.name }
  return key.sign({ iss: origin, aud: room, sub: as.subject, ...name, nonce, iat, exp, role })
}

/** From an epoch to what the frame worker gets: a key it can use and nobody can read (D22, D24). */

import { owned } from "../bytes.ts"
import { baseKeyLabel, baseKeySize, importBaseKey } from "../sframe/keys.ts"
import type { RawMember } from "./raw-engine.ts"

/** Goes from the key worker to the frame worker over a port of their own; the page never sees it. */
export type KeyNews =
  | {
      readonly type: "epoch"
      readonly epoch: number
      /** HKDF, deriveBits only, not extractable: the 16-byte SFrame base key of the epoch (RFC 9605 section 5.2). */
      readonly key: CryptoKey
      readonly own: number
      readonly leaves: readonly number[]
      /** Leaves that the commit into this epoch removed. Their earlier epochs are over; one may be a newcomer's leaf now. */
      readonly removed: readonly number[]
      /** `now`: send under it at once. `soon`: 250 ms later, so that the others have it too. */
      readonly switch: "now" | "soon"
    }
  /** Forget every key; nothing is sent or shown any more. */
  | { readonly type: "wipe" }

/** Exports the epoch's base key. Our copies of its bytes are overwritten before this returns. */
export async function mediaKey(raw: RawMember): Promise<CryptoKey> {
  const exported = raw.export(baseKeyLabel, new Uint8Array(), baseKeySize)
  const bytes = owned(exported)
  try {
    return await importBaseKey(bytes)
  } finally {
    exported.fill(0)
    bytes.fill(0)
  }
}

/** From an epoch to what the frame worker gets: a key it can use and nobody can read (D22, D24). */

import { joined, owned, uint64, utf8 } from "../bytes.ts"
import { subtle } from "../platform.ts"
import { idBytes } from "../room/link-keys.ts"
import { baseKeyLabel, baseKeySize, importBaseKey } from "../sframe/keys.ts"
import type { RawMember } from "./raw-engine.ts"
import type { RoomSeal } from "./room-seal.ts"

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

/** Where an epoch is. */
interface EpochPlace {
  readonly room: string
  readonly call: string
  readonly epoch: number
}

/** The epoch's base key. The one place where a transport-only room is another than a sealed one (D6, D39.33). */
export const mediaKey = (raw: RawMember, seal: RoomSeal, place: EpochPlace): Promise<CryptoKey> =>
  seal.kind === "transport" ? openMediaKey(seal.opening, place) : sealedMediaKey(raw)

/** Exports it from the group. Our copies of its bytes are overwritten before this returns. */
async function sealedMediaKey(raw: RawMember): Promise<CryptoKey> {
  const exported = raw.export(baseKeyLabel, new Uint8Array(), baseKeySize)
  const bytes = owned(exported)
  try {
    return await importBaseKey(bytes)
  } finally {
    exported.fill(0)
    bytes.fill(0)
  }
}

/**
 * HKDF-SHA256(ikm = opening, salt = room, info = "Conclave 1 transport media" ‖ call (16) ‖ epoch (uint64)), 16 bytes: whoever has
 * what the server hands out has it, the server first of all. Frames are sealed under it all the same, in the same way.
 */
async function openMediaKey(opening: CryptoKey, { room, call, epoch }: EpochPlace): Promise<CryptoKey> {
  const info = joined(utf8("Conclave 1 transport media"), idBytes(call), uint64(epoch))
  const bits = await subtle.deriveBits({ name: "HKDF", hash: "SHA-256", salt: idBytes(room), info }, opening, baseKeySize * 8)
  return importBaseKey(new Uint8Array(bits))
}

/** What a start message comes to: the room's kind, fixed from here on, and the secret that its keys come from. */

import type { RoomSeal } from "@conclave/crypto/mls"
import { parseFragment, readOpening, transportKey, type Secret } from "@conclave/crypto/room"
import type { Opening } from "./messages.ts"

interface StartRead {
  readonly seal: RoomSeal
  /** Link secret or opening; the caller wipes it. */
  readonly secret: Secret
  readonly keyHash: Uint8Array
}

interface Told {
  readonly room: string
  readonly opening: Opening
  /** Our own page's. */
  readonly origin: string
}

/** Undefined when what opens the room has not the form of its kind. A link's fragment opens rooms sealed by link alone (D1). */
export async function readStart({ room, opening, origin }: Told): Promise<StartRead | undefined> {
  if (opening.kind === "link") {
    const link = parseFragment(opening.fragment)
    return link === undefined ? undefined : { seal: { kind: "link" }, ...link }
  }
  const read = readOpening(opening)
  if (read === undefined) return undefined
  // D39.37: known by itself, never from a policy; and for this room alone.
  const server = { issuer: origin, clientId: room }
  const { kind } = opening
  const seal: RoomSeal = kind === "identity" ? { kind, server } : { kind, server, opening: await transportKey(read) }
  return { seal, secret: read.opening, keyHash: read.keyHash }
}

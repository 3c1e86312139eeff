/** The device key: one per room for a guest; it vouches for the leaf key of each join (D10). */

import { toBase64url } from "../base64url.ts"
import { owned } from "../bytes.ts"
import { sha256 } from "../platform.ts"
import type { Refusal } from "../refusal.ts"
import { keptKey, type KeyShelf, type SigningKey } from "./signing-key.ts"

/** This device's key for a room, made now if it was never there. */
export const deviceKey = (shelf: KeyShelf, room: string): Promise<SigningKey | Refusal<"unsupported-browser">> =>
  keptKey(shelf, `device ${room}`)

/** The name of a device across joins: SHA-256 of its public key, base64url. */
export const deviceOf = async (publicKey: Uint8Array): Promise<string> => toBase64url(await sha256(owned(publicKey)))

/**
 * The opening of a room that its server opens (D39.30): 16 bytes in the place of a link secret, made by whoever furnishes the room and
 * known to the server. Access, knock, psk and shelf come from it as they do from a secret (link-keys.ts), and keep outsiders out, never
 * the server. An opening is no secret in the sense of this package and opens no room sealed by link.
 */

import { fromBase64url } from "../base64url.ts"
import { subtle, type Bytes } from "../platform.ts"
import { Secret } from "../secret.ts"

/** What the server hands out: both 22 base64url characters. */
export interface HandedOpening {
  readonly opening: string
  /** First 16 bytes of SHA-256(room public key): whose policy is accepted. From the server too: it names the host (D39.35). */
  readonly keyHash: string
}

/** An opening, read. */
interface ReadOpening {
  readonly opening: Secret
  readonly keyHash: Bytes
}

/** Reads what the server handed out. Undefined unless both have 16 bytes. */
export function readOpening({ opening, keyHash }: HandedOpening): ReadOpening | undefined {
  const [bytes, hash] = [fromBase64url(opening, 16), fromBase64url(keyHash, 16)]
  return bytes === undefined || hash === undefined ? undefined : { opening: new Secret(bytes), keyHash: hash }
}

/** The opening as what media keys of a transport-only room come from (D39.33). */
export const transportKey = ({ opening }: ReadOpening): Promise<CryptoKey> =>
  subtle.importKey("raw", opening.expose(), "HKDF", false, ["deriveBits"])

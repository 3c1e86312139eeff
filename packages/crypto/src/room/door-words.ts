/**
 * Words of a device, equal on both sides of the door: who waits reads them aloud to whoever lets it in (D17).
 *
 *   SHA-256("Conclave 1 door\0" ‖ room (16) ‖ device public key (32)), first 88 bits, 11 bits a word
 */

import { joined, utf8 } from "../bytes.ts"
import { sha256 } from "../platform.ts"
import { idBytes } from "./link-keys.ts"
import { wordsOf } from "./safety-words.ts"

/** The eight words of a device in a room. */
export async function doorWords(room: string, devicePublicKey: Uint8Array): Promise<readonly string[]> {
  const hash = await sha256(joined(utf8("Conclave 1 door\0"), idBytes(room), devicePublicKey))
  return wordsOf(hash.subarray(0, 11))
}

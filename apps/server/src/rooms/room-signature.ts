/** Whether a change of a room is its key holder's word (D3.10). */

import { createHash, createPublicKey, verify } from "node:crypto"
import { fromBase64url, type RoomChangeBody, type RoomId } from "@conclave/wire"

/** RFC 8410 section 4: an Ed25519 public key is these twelve bytes and the key. */
const spkiHead = Buffer.from("302a300506032b6570032100", "hex")
const label = Buffer.from("Conclave 1 room\0")

/** The bytes that are signed. */
export function signedBytes(room: RoomId, { version, accessHash, shelf, keys }: Omit<RoomChangeBody, "by" | "signature">): Uint8Array {
  const number = Buffer.alloc(4)
  number.writeUInt32BE(version)
  const id = fromBase64url(room)
  if (id === undefined) throw new Error("bug: a room id is base64url")
  return Buffer.concat([label, id, number, accessHash, createHash("sha256").update(shelf).digest(), ...keys])
}

/** Never throws: 32 bytes that are no key have signed nothing. */
export function isSignedChange(room: RoomId, change: RoomChangeBody): boolean {
  try {
    const key = createPublicKey({ key: Buffer.concat([spkiHead, change.by]), format: "der", type: "spki" })
    return verify(null, signedBytes(room, change), key, change.signature)
  } catch {
    return false
  }
}

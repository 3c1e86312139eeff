/** The room key: made on the creator's device, signs the room's policy; its hash is in every link (D2, D4). */

import { isSame, owned } from "../bytes.ts"
import { sha256 } from "../platform.ts"
import type { Refusal } from "../refusal.ts"
import { keptKey, keyThatIsHere, type KeyShelf, type SigningKey } from "./signing-key.ts"

/** The key of a room that this device made, or makes now. */
export const roomKey = (shelf: KeyShelf, room: string): Promise<SigningKey | Refusal<"unsupported-browser">> =>
  keptKey(shelf, `room ${room}`)

/** The key of a room if this device made it. Makes none. */
export const roomKeyHere = (shelf: KeyShelf, room: string): Promise<SigningKey | undefined> => keyThatIsHere(shelf, `room ${room}`)

/** KEYHASH of a link: the first 16 bytes of SHA-256(public key). */
export async function hashOfRoomKey(publicKey: Uint8Array): Promise<Uint8Array> {
  return (await sha256(owned(publicKey))).subarray(0, 16)
}

/** Whether this is the key that a link names. */
export const isRoomKey = async (publicKey: Uint8Array, keyHash: Uint8Array): Promise<boolean> =>
  isSame(await hashOfRoomKey(publicKey), keyHash)

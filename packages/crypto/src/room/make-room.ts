/** Makes a room sealed by link, on the creator's device (D2, D4). The server gets a hash and a sealed box. */

import { toBase64url } from "../base64url.ts"
import { randomBytes, type Bytes } from "../platform.ts"
import { isRefusal, type Refusal } from "../refusal.ts"
import { Secret } from "../secret.ts"
import { deviceKey } from "./device-key.ts"
import { deriveLinkKeys, hashOfAccess } from "./link-keys.ts"
import { printFragment } from "./link.ts"
import { firstPolicy, hostName, type PolicyIssuer } from "./policy.ts"
import { signFirst } from "./policy-chain.ts"
import { hashOfRoomKey, roomKey } from "./room-key.ts"
import { sealShelf } from "./shelf.ts"
import type { KeyShelf } from "./signing-key.ts"

/** A new room. `room`, `accessHash`, `shelf` and `key` are for the server; `fragment` is for the address bar only. */
export interface NewRoomMade {
  /** 22 base64url characters. */
  readonly room: string
  /** Stands behind `#`; holds the link secret. */
  readonly fragment: string
  /** SHA-256 of `access`. */
  readonly accessHash: Bytes
  readonly shelf: Bytes
  /** The room key's public half: whoever signs by it may change what the server keeps (D3.10). */
  readonly key: Bytes
}

/** What its maker may say of a new room. */
export interface RoomWishes {
  readonly topic?: string
  /** Whose word on names counts (D19). */
  readonly issuers?: readonly PolicyIssuer[]
}

/** Makes secret, room key, device key and policy; both keys stay on `shelf`. Its creator is the room's host. */
export async function makeRoom(keys: KeyShelf, wishes: RoomWishes = {}): Promise<NewRoomMade | Refusal<"unsupported-browser">> {
  const room = toBase64url(randomBytes(16))
  const [signer, device] = [await roomKey(keys, room), await deviceKey(keys, room)]
  if (isRefusal(signer)) return signer
  if (isRefusal(device)) return device
  const secret = new Secret(randomBytes(16))
  const { access, psk, shelf, secretHash } = await deriveLinkKeys(secret, room)
  psk.wipe()
  const hosts = [hostName(device.publicKey)]
  const policy = await signFirst(signer, firstPolicy({ room, hosts, secretHash, ...wishes }))
  const made = {
    room,
    fragment: printFragment({ secret, keyHash: await hashOfRoomKey(signer.publicKey) }),
    accessHash: await hashOfAccess(access),
    shelf: await sealShelf(shelf, policy),
    key: signer.publicKey,
  }
  secret.wipe()
  return made
}

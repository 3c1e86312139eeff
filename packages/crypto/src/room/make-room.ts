/**
 * Makes a room, on the creator's device (D2, D4). Of a room sealed by link the server gets a hash and a sealed box; of the other kinds
 * also what opens the box (D39.30).
 */

import { toBase64url } from "../base64url.ts"
import { randomBytes, type Bytes } from "../platform.ts"
import { isRefusal, type Refusal } from "../refusal.ts"
import { Secret } from "../secret.ts"
import { deviceKey } from "./device-key.ts"
import type { HandedKind, RoomKind } from "./kind.ts"
import { deriveLinkKeys, hashOfAccess } from "./link-keys.ts"
import { printFragment } from "./link.ts"
import { firstPolicy, hostName, type Policy, type PolicyIssuer } from "./policy.ts"
import { signFirst } from "./policy-chain.ts"
import { hashOfRoomKey, roomKey } from "./room-key.ts"
import { sealShelf } from "./shelf.ts"
import type { KeyShelf } from "./signing-key.ts"

/** What the server is told of a new room. */
interface RoomMade {
  /** 22 base64url characters. */
  readonly room: string
  /** SHA-256 of `access`. */
  readonly accessHash: Bytes
  readonly shelf: Bytes
  /** The room key's public half: whoever signs by it may change what the server keeps (D3.10). */
  readonly key: Bytes
}

/** A new room sealed by link. `fragment` is for the address bar only; the rest is for the server. */
export interface NewRoomMade extends RoomMade {
  /** Stands behind `#`; holds the link secret. */
  readonly fragment: string
}

/** A new room of another kind. All of it is for the server. */
export interface FurnishingMade extends RoomMade {
  /** 22 base64url characters. */
  readonly opening: string
}

/** What its maker may say of a new room. */
export interface RoomWishes {
  readonly topic?: string
  /** Whose word on names counts (D19). */
  readonly issuers?: readonly PolicyIssuer[]
}

/** What whoever opens a room of another kind may say of it; most of it was asked for by the API. */
interface FurnishingWishes extends RoomWishes {
  readonly isLocked?: boolean
  readonly joinAs?: Policy["joinAs"]
}

/** Makes secret, room key, device key and policy; both keys stay on `shelf`. Its creator is the room's host. */
export async function makeRoom(keys: KeyShelf, wishes: RoomWishes = {}): Promise<NewRoomMade | Refusal<"unsupported-browser">> {
  const begun = await begin(keys, "link", wishes)
  if (isRefusal(begun)) return begun
  const { secret, keyHash, made } = begun
  const fragment = printFragment({ secret, keyHash })
  secret.wipe()
  return { ...made, fragment }
}

/** The same for a room that its server opens (D39.30): the opening is for the server to hand out, and nothing stands behind `#`. */
export async function furnishRoom(
  keys: KeyShelf,
  kind: HandedKind,
  wishes: FurnishingWishes = {},
): Promise<FurnishingMade | Refusal<"unsupported-browser">> {
  const begun = await begin(keys, kind, wishes)
  if (isRefusal(begun)) return begun
  return { ...begun.made, opening: toBase64url(begun.secret.expose()) }
}

interface Begun {
  readonly secret: Secret
  readonly keyHash: Uint8Array
  readonly made: RoomMade
}

async function begin(keys: KeyShelf, kind: RoomKind, wishes: FurnishingWishes): Promise<Begun | Refusal<"unsupported-browser">> {
  const room = toBase64url(randomBytes(16))
  const [signer, device] = [await roomKey(keys, room), await deviceKey(keys, room)]
  if (isRefusal(signer)) return signer
  if (isRefusal(device)) return device
  const secret = new Secret(randomBytes(16))
  const { access, psk, shelf, secretHash } = await deriveLinkKeys(secret, room)
  psk.wipe()
  const hosts = [hostName(device.publicKey)]
  const policy = await signFirst(signer, firstPolicy({ ...wishes, kind, room, hosts, secretHash }))
  const made = { room, accessHash: await hashOfAccess(access), shelf: await sealShelf(shelf, policy), key: signer.publicKey }
  return { secret, keyHash: await hashOfRoomKey(signer.publicKey), made }
}

/**
 * What a room keeps on the server (D2, D4): its signed policy in a box that only link holders open.
 *
 *   shelf   AES-256-GCM box of the policy chain under `shelf`, bound to "Conclave 1 shelf\0" ‖ room id (16)
 */

import { fromBase64url } from "../base64url.ts"
import { joined, uint32, utf8 } from "../bytes.ts"
import { sha256, type Bytes } from "../platform.ts"
import { refusal, type Refusal } from "../refusal.ts"
import { hashOfAccess, idBytes, type LinkKeys } from "./link-keys.ts"
import { openPolicy, type PolicyAnchor, type PolicyRefusal, type Signers, type SignedPolicy } from "./policy-chain.ts"
import { open, seal } from "./seal.ts"

/** `shelf-unreadable`: sealed under another link's key, or altered. */
export type ShelfRefusal = PolicyRefusal | Refusal<"shelf-unreadable">

/** Seals a signed policy for the server to keep. */
export const sealShelf = (key: CryptoKey, signed: SignedPolicy): Promise<Bytes> => seal(key, signed.bytes, binding(signed.policy.room))

/** Opens what the server kept, and checks the policy in it. */
export async function openShelf(key: CryptoKey, shelf: Uint8Array, anchor: PolicyAnchor): Promise<SignedPolicy | ShelfRefusal> {
  const bytes = await open(key, shelf, binding(anchor.room))
  return bytes === undefined ? refusal("shelf-unreadable") : openPolicy(bytes, anchor)
}

const binding = (room: string): Bytes => joined(utf8("Conclave 1 shelf\0"), idBytes(room))

/** What the server is to keep from now on, signed by a key it knows (D3.10). Nothing in it is secret. */
export interface RoomChange {
  readonly room: string
  /** Of the policy in the shelf. */
  readonly version: number
  /** SHA-256 of the link's `access`. */
  readonly accessHash: Bytes
  readonly shelf: Bytes
  /** Who may change the room next: the room key, the hosts, the successors. */
  readonly keys: readonly Bytes[]
  /** The public key that signed. */
  readonly by: Bytes
  readonly signature: Bytes
}

/** Most keys the server keeps for a room. */
const maxKeys = 22

/** Signs what the server is to keep. By the room key where it is here, else by the device key. */
export async function makeRoomChange(
  signed: SignedPolicy,
  keys: Pick<LinkKeys, "access" | "shelf">,
  { roomKey, device }: Signers,
): Promise<RoomChange> {
  const signer = roomKey ?? device
  const change = {
    room: signed.policy.room,
    version: signed.policy.version,
    accessHash: await hashOfAccess(keys.access),
    shelf: await sealShelf(keys.shelf, signed),
    keys: signingKeys(signed),
    by: signer.publicKey,
  }
  return { ...change, signature: await signer.sign(await roomChangeBytes(change)) }
}

/** Successors are among them: a take-over must outlast the call it happens in. */
function signingKeys({ policy, links }: SignedPolicy): Bytes[] {
  const [first] = links
  const devices = [...policy.hosts, ...policy.successors].flatMap((name) => fromBase64url(name, 32) ?? [])
  return [...(first === undefined ? [] : [first.signer]), ...devices].slice(0, maxKeys)
}

/** "Conclave 1 room\0" ‖ room (16) ‖ version (uint32) ‖ access hash (32) ‖ SHA-256(shelf) (32) ‖ keys (32 each) */
export async function roomChangeBytes({ room, version, accessHash, shelf, keys }: Omit<RoomChange, "by" | "signature">): Promise<Bytes> {
  return joined(utf8("Conclave 1 room\0"), idBytes(room), uint32(version), accessHash, await sha256(shelf), ...keys)
}

/**
 * What goes between the two at the door, past the server (D18.2): boxes that only link holders open, each for one knock.
 *
 *   AES-256-GCM under `knock`, bound to "Conclave 1 door\0" ‖ step (1) ‖ room (16) ‖ call (16) ‖ member (16) ‖ SHA-256(KeyPackage) (32)
 *   step 1, member to knocker:   share (32) ‖ tag (64) ‖ device public key of the member (32)
 *   step 2, knocker to member:   tag (64)
 */

import { joined, utf8 } from "../bytes.ts"
import type { Bytes } from "../platform.ts"
import { idBytes } from "../room/link-keys.ts"
import { open, seal } from "../room/seal.ts"

/** Whose knock it is about. */
export interface DoorPlace {
  readonly room: string
  readonly call: string
  readonly member: string
  readonly keyPackageHash: Uint8Array
}

interface Answer {
  readonly share: Bytes
  readonly tag: Bytes
  readonly device: Bytes
}

export const sealAnswer = (knock: CryptoKey, place: DoorPlace, { share, tag, device }: Answer): Promise<Bytes> =>
  seal(knock, joined(share, tag, device), bound(place, 1))

export async function openAnswer(knock: CryptoKey, place: DoorPlace, box: Uint8Array): Promise<Answer | undefined> {
  const plain = await open(knock, box, bound(place, 1))
  return plain?.length === 128 ? { share: plain.slice(0, 32), tag: plain.slice(32, 96), device: plain.slice(96) } : undefined
}

export const sealTag = (knock: CryptoKey, place: DoorPlace, tag: Bytes): Promise<Bytes> => seal(knock, tag, bound(place, 2))

export async function openTag(knock: CryptoKey, place: DoorPlace, box: Uint8Array): Promise<Bytes | undefined> {
  const plain = await open(knock, box, bound(place, 2))
  return plain?.length === 64 ? plain : undefined
}

const bound = ({ room, call, member, keyPackageHash }: DoorPlace, step: number): Bytes =>
  joined(utf8("Conclave 1 door\0"), Uint8Array.of(step), ...[room, call, member].map(idBytes), keyPackageHash)

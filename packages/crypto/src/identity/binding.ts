/**
 * What ties a token to a device. A device that signs in has one *identity key* for all rooms, so that others can know it
 * again; in each room it vouches for the device key of that room, so that guests stay strangers from room to room (D10).
 *
 *   nonce of the token   base64url SHA-256("Conclave 1 nonce\0" ‖ identity public key (32))
 *   binding              Ed25519 by the identity key over "Conclave 1 binding\0" ‖ room (16) ‖ device public key (32)
 *   proof                token ~ identity public key (43 characters) ~ binding (86) and up to three times ~ revocation (139),
 *                        at most 4 096 in all
 *
 * Who reads a proof can show it to nobody in that device's place: it lacks the device key of the room.
 */

import { fromBase64url, toBase64url } from "../base64url.ts"
import { joined, owned, utf8 } from "../bytes.ts"
import { sha256, type Bytes } from "../platform.ts"
import type { Refusal } from "../refusal.ts"
import { idBytes } from "../room/link-keys.ts"
import { isSignedBy, keptKey, type KeyShelf, type SigningKey } from "../room/signing-key.ts"
import { maxProof, type Jws } from "./jws.ts"
import { maxRevocations } from "./revocation.ts"

/** This device's key under an organisation's identities; made now if there is none. */
export const identityKey = (shelf: KeyShelf, issuer: string): Promise<SigningKey | Refusal<"unsupported-browser">> =>
  keptKey(shelf, `identity ${issuer}`)

/** What the provider is asked to put into the token. */
export async function nonceOf(identityPublicKey: Uint8Array): Promise<string> {
  return toBase64url(await sha256(joined(utf8("Conclave 1 nonce\0"), identityPublicKey)))
}

/** A device of one room. */
export interface RoomDevice {
  /** 22 base64url characters. */
  readonly room: string
  readonly devicePublicKey: Uint8Array
}

/** What a device shows beside its binding. */
export interface ShownIdentity {
  readonly token: string
  /** Other devices of the account that are struck out; the newest three are shown. */
  readonly revocations?: readonly string[]
}

/** What others are shown: that the identity in the token stands behind this device in this room. */
export async function makeProof({ token, revocations = [] }: ShownIdentity, identity: SigningKey, device: RoomDevice): Promise<string> {
  const binding = await identity.sign(toBeSigned(device))
  return [token, toBase64url(identity.publicKey), toBase64url(binding), ...revocations.slice(-maxRevocations)].join("~")
}

/** A proof, taken apart. Nothing in it is true before it was verified. */
export interface Proof {
  readonly token: string
  readonly identityPublicKey: Bytes
  readonly binding: Bytes
  readonly revocations: readonly string[]
}

/** Reads the form of a proof. */
export function parseProof(text: string): Proof | undefined {
  if (text.length > maxProof) return undefined
  const [token, key, signature, ...revocations] = text.split("~")
  if (token === undefined || key === undefined || signature === undefined || revocations.length > maxRevocations) return undefined
  const identityPublicKey = fromBase64url(key, 32)
  const binding = fromBase64url(signature, 64)
  return identityPublicKey === undefined || binding === undefined ? undefined : { token, identityPublicKey, binding, revocations }
}

/** Whether the identity key vouched for this device in this room. */
export const isBound = ({ identityPublicKey, binding }: Proof, device: RoomDevice): Promise<boolean> =>
  isSignedBy(identityPublicKey, binding, toBeSigned(device))

/** Whether the token was made for this identity key. */
export const isTokenFor = async ({ claims }: Jws, identityPublicKey: Uint8Array): Promise<boolean> =>
  claims["nonce"] === (await nonceOf(identityPublicKey))

const toBeSigned = ({ room, devicePublicKey }: RoomDevice): Bytes =>
  joined(utf8("Conclave 1 binding\0"), idBytes(room), owned(devicePublicKey))

/**
 * Who a member says it is, vouched for by its device key (D10, D17). Goes from member to member inside the group only.
 *
 *   certificate   Ed25519 by the device key over
 *                 "Conclave 1 member\0" ‖ call (16) ‖ room (16) ‖ member (16) ‖ leaf signature key (32)
 *                 ‖ expiry (uint64, ms since 1970) ‖ SHA-256(name, UTF-8) (32)
 *   endorsement   Ed25519 by the leaf key over
 *                 "Conclave 1 device\0" ‖ call (16) ‖ room (16) ‖ member (16) ‖ device public key (32)
 *                 ‖ expiry (uint64) ‖ SHA-256(name) (32)
 *
 * The device vouches for the leaf and the leaf for the device: nobody can put its device at another's leaf (D17.14).
 */

import { fromBase64url, toBase64url } from "../base64url.ts"
import { joined, owned, uint64, utf8 } from "../bytes.ts"
import { fieldsOf, isWhole, type Json } from "../json.ts"
import { sha256, type Bytes } from "../platform.ts"
import { refusal, type Refusal } from "../refusal.ts"
import { maxTokenLength } from "./identities.ts"
import { idBytes } from "./link-keys.ts"
import { isName } from "./name.ts"
import { isSignedBy, type SigningKey } from "./signing-key.ts"

/** A member's own words about itself and the certificate over them. */
export interface Bundle {
  /** The pseudonym, 22 base64url characters. */
  readonly member: string
  readonly name: string
  readonly devicePublicKey: Bytes
  /** Signature key of the member's MLS leaf, 32 bytes. */
  readonly leafKey: Bytes
  /** Milliseconds since 1970. */
  readonly expiry: number
  /** The certificate: by the device. */
  readonly signature: Bytes
  /** By the leaf. */
  readonly endorsement: Bytes
  /** A proof of identity (D19.5): token, identity key, binding. Not covered by the signatures: the binding names the device itself. */
  readonly token?: string
}

/** The leaf key, as the engine lends it: it signs endorsements and nothing else. */
export interface LeafKey {
  readonly publicKey: Bytes
  /** Signs "Conclave 1 device\0" and then `statement`. */
  endorse(statement: Bytes): Uint8Array
}

/** Where a bundle holds: nowhere else. */
export interface Place {
  readonly room: string
  readonly call: string
}

export type BundleRefusal = Refusal<"bundle-forged" | "bundle-expired" | "bundle-too-long-lived">

/** How long a certificate holds. Nobody stays in a call longer without joining anew. */
export const bundleLifetimeMs = 24 * 60 * 60 * 1000

/** How wrong another's clock may be before its fresh certificate is refused as too long-lived. */
const clockToleranceMs = 60 * 60 * 1000

/** Device and leaf vouch for each other, for one call. */
export async function makeBundle(
  { device, leaf }: { readonly device: SigningKey; readonly leaf: LeafKey },
  place: Place,
  about: Pick<Bundle, "member" | "name" | "expiry" | "token">,
): Promise<Bundle> {
  const unsigned = { ...about, devicePublicKey: device.publicKey, leafKey: leaf.publicKey }
  const endorsement = owned(leaf.endorse(await endorsed(unsigned, place)))
  return { ...unsigned, signature: await device.sign(await certificate(unsigned, place)), endorsement }
}

/** Checks a bundle against the place it is shown at. `now` in milliseconds since 1970. */
export async function verifyBundle(bundle: Bundle, place: Place, now: number): Promise<Bundle | BundleRefusal> {
  if (bundle.expiry <= now) return refusal("bundle-expired")
  if (bundle.expiry > now + bundleLifetimeMs + clockToleranceMs) return refusal("bundle-too-long-lived")
  const isSigned = await isSignedBy(bundle.devicePublicKey, bundle.signature, await certificate(bundle, place))
  const isEndorsed = await isSignedBy(bundle.leafKey, bundle.endorsement, joined(endorsementPrefix, await endorsed(bundle, place)))
  return isSigned && isEndorsed ? bundle : refusal("bundle-forged")
}

type Unsigned = Omit<Bundle, "signature" | "endorsement">

/** The engine puts it in itself, so that it can sign nothing that MLS would read. */
const endorsementPrefix = utf8("Conclave 1 device\0")

/** What the leaf says, behind the prefix. */
async function endorsed(bundle: Unsigned, place: Place): Promise<Bytes> {
  const ids = [place.call, place.room, bundle.member].map(idBytes)
  return joined(...ids, bundle.devicePublicKey, uint64(bundle.expiry), await sha256(utf8(bundle.name)))
}

async function certificate(bundle: Unsigned, place: Place): Promise<Bytes> {
  const ids = [place.call, place.room, bundle.member].map(idBytes)
  return joined(utf8("Conclave 1 member\0"), ...ids, bundle.leafKey, uint64(bundle.expiry), await sha256(utf8(bundle.name)))
}

/** A bundle as canonical JSON has it. */
export const bundleJson = (bundle: Bundle): Json => ({
  member: bundle.member,
  name: bundle.name,
  device: toBase64url(bundle.devicePublicKey),
  leafKey: toBase64url(bundle.leafKey),
  expiry: bundle.expiry,
  signature: toBase64url(bundle.signature),
  endorsement: toBase64url(bundle.endorsement),
  token: bundle.token,
})

/** Reads the form of a bundle. Nothing in it is true before `verifyBundle`. */
export function parseBundle(value: unknown): Bundle | undefined {
  const read = fieldsOf(value, ["member", "name", "device", "leafKey", "expiry", "signature", "endorsement"], ["token"])
  if (read === undefined) return undefined
  const { member, name, expiry, token } = read
  const devicePublicKey = bytesOf(read["device"], 32)
  const leafKey = bytesOf(read["leafKey"], 32)
  const signature = bytesOf(read["signature"], 64)
  const endorsement = bytesOf(read["endorsement"], 64)
  if (typeof member !== "string" || bytesOf(member, 16) === undefined || !isName(name) || !isWhole(expiry, 0, 2 ** 52)) return undefined
  if (devicePublicKey === undefined || leafKey === undefined || signature === undefined || endorsement === undefined) return undefined
  const bundle = { member, name, devicePublicKey, leafKey, expiry, signature, endorsement }
  if (token === undefined) return bundle
  return isToken(token) ? { ...bundle, token } : undefined
}

/**
 * The form of a proof: a compact JWS, identity key and binding (D19.5), up to three revocations (D19.11). Whether it holds is another's
 * to say.
 */
const isToken = (value: unknown): value is string =>
  typeof value === "string" && value.length <= maxTokenLength && /^[\w-]+\.[\w-]+\.[\w-]+(~[\w-]+){0,5}$/.test(value)

const bytesOf = (value: unknown, length: number): Bytes | undefined =>
  typeof value === "string" ? fromBase64url(value, length) : undefined

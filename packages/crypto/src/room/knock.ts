/**
 * What a knocker says about itself, for link holders only (D17). The server sees a box bound to one KeyPackage.
 *
 *   AES-256-GCM under `knock`, bound to "Conclave 1 knock\0" ‖ room (16) ‖ call (16) ‖ member (16) ‖ SHA-256(KeyPackage) (32)
 *   plaintext: canonical JSON {bundle, time}
 */

import { joined, owned, utf8 } from "../bytes.ts"
import { canonicalBytes, fieldsOf, isWhole, readCanonical } from "../json.ts"
import { sha256, type Bytes } from "../platform.ts"
import { refusal, type Refusal } from "../refusal.ts"
import { bundleJson, parseBundle, verifyBundle, type Bundle, type BundleRefusal, type Place } from "./bundle.ts"
import { idBytes } from "./link-keys.ts"
import { open, seal } from "./seal.ts"

/** A knock is good for two minutes, either way of the reader's clock. */
export const knockWindowMs = 2 * 60 * 1000

/** What a knock is bound to: moved to another room, call, pseudonym or KeyPackage it does not open. */
export interface KnockBinding extends Place {
  readonly member: string
  /** The whole KeyPackage message. */
  readonly keyPackage: Uint8Array
}

export type KnockRefusal = Refusal<"knock-unreadable" | "knock-malformed" | "knock-out-of-time"> | BundleRefusal

const maxPlaintext = 8 * 1024

/** Seals a bundle. `now` in milliseconds since 1970. */
export async function sealKnock(key: CryptoKey, binding: KnockBinding, bundle: Bundle, now: number): Promise<Bytes> {
  return seal(key, canonicalBytes({ bundle: bundleJson(bundle), time: now }), await bound(binding))
}

/** Opens and checks a knock. That the KeyPackage has the bundle's leaf key is the group keeper's check. */
export async function openKnock(key: CryptoKey, binding: KnockBinding, sealed: Uint8Array, now: number): Promise<Bundle | KnockRefusal> {
  const plaintext = await open(key, sealed, await bound(binding))
  if (plaintext === undefined) return refusal("knock-unreadable")
  const read = fieldsOf(readCanonical(plaintext, maxPlaintext), ["bundle", "time"])
  const bundle = parseBundle(read?.["bundle"])
  const time = read?.["time"]
  if (bundle === undefined || !isWhole(time, 0, 2 ** 52) || bundle.member !== binding.member) return refusal("knock-malformed")
  if (Math.abs(now - time) > knockWindowMs) return refusal("knock-out-of-time")
  return verifyBundle(bundle, binding, now)
}

async function bound({ room, call, member, keyPackage }: KnockBinding): Promise<Bytes> {
  return joined(utf8("Conclave 1 knock\0"), ...[room, call, member].map(idBytes), await sha256(owned(keyPackage)))
}

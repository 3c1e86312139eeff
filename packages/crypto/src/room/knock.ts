/**
 * What a knocker says about itself, for link holders only (D17). The server sees a box bound to one KeyPackage.
 *
 *   AES-256-GCM under `knock`, bound to "Conclave 1 knock\0" ‖ room (16) ‖ call (16) ‖ member (16) ‖ SHA-256(KeyPackage) (32)
 *   plaintext: canonical JSON {bundle, time, password?: {version, share}}; `password` begins the proof of D18
 */

import { fromBase64url, toBase64url } from "../base64url.ts"
import { joined, owned, utf8 } from "../bytes.ts"
import { canonicalBytes, fieldsOf, isWhole, readCanonical } from "../json.ts"
import { sha256, type Bytes } from "../platform.ts"
import { isRefusal, refusal, type Refusal } from "../refusal.ts"
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

/** The knocker's first message of the password's proof (D18.2). */
export interface KnockProof {
  /** Of the password, as the policy has it. */
  readonly version: number
  /** 32 bytes. */
  readonly share: Bytes
}

/** What a knock says. */
export interface KnockSaid {
  readonly bundle: Bundle
  readonly password?: KnockProof
}

/** Seals what a knocker says. `now` in milliseconds since 1970. */
export async function sealKnock(key: CryptoKey, binding: KnockBinding, said: KnockSaid, now: number): Promise<Bytes> {
  const { bundle, password } = said
  const proof = password === undefined ? undefined : { version: password.version, share: toBase64url(password.share) }
  return seal(key, canonicalBytes({ bundle: bundleJson(bundle), time: now, password: proof }), await bound(binding))
}

/** Opens and checks a knock. That the KeyPackage has the bundle's leaf key is the group keeper's check. */
export async function openKnock(key: CryptoKey, binding: KnockBinding, sealed: Uint8Array, now: number): Promise<KnockSaid | KnockRefusal> {
  const plaintext = await open(key, sealed, await bound(binding))
  if (plaintext === undefined) return refusal("knock-unreadable")
  const read = fieldsOf(readCanonical(plaintext, maxPlaintext), ["bundle", "time"], ["password"])
  const bundle = parseBundle(read?.["bundle"])
  const time = read?.["time"]
  const password = read?.["password"] === undefined ? undefined : proofOf(read["password"])
  if (read?.["password"] !== undefined && password === undefined) return refusal("knock-malformed")
  if (bundle === undefined || !isWhole(time, 0, 2 ** 52) || bundle.member !== binding.member) return refusal("knock-malformed")
  if (Math.abs(now - time) > knockWindowMs) return refusal("knock-out-of-time")
  const held = await verifyBundle(bundle, binding, now)
  if (isRefusal(held)) return held
  return password === undefined ? { bundle: held } : { bundle: held, password }
}

function proofOf(value: unknown): KnockProof | undefined {
  const read = fieldsOf(value, ["version", "share"])
  const version = read?.["version"]
  const share = typeof read?.["share"] === "string" ? fromBase64url(read["share"], 32) : undefined
  return share === undefined || !isWhole(version, 1, 2 ** 31) ? undefined : { version, share }
}

async function bound({ room, call, member, keyPackage }: KnockBinding): Promise<Bytes> {
  return joined(utf8("Conclave 1 knock\0"), ...[room, call, member].map(idBytes), await sha256(owned(keyPackage)))
}

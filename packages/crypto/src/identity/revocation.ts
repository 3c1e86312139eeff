/**
 * A lost device, struck out by another device of the same account (D19). It says: tokens made for that device before this
 * moment count no more. Who still can sign in at the provider makes a newer one; who only has the device cannot.
 *
 *   revocation   identity device (32) ‖ time (uint64, ms since 1970) ‖ signature (64), base64url, 139 characters
 *   signature    Ed25519 by the other identity key over
 *                "Conclave 1 revocation\0" ‖ SHA-256(issuer ‖ 0 ‖ subject) (32) ‖ identity device (32) ‖ time (uint64)
 *
 * After a day it can be forgotten: every token it speaks of is too old by then. Two devices that strike out each other are
 * both out until somebody signs in anew: the provider decides, never the faster one.
 */

import { fromBase64url, toBase64url } from "../base64url.ts"
import { joined, owned, uint64, utf8 } from "../bytes.ts"
import { sha256, type Bytes } from "../platform.ts"
import { isSignedBy, type SigningKey } from "../room/signing-key.ts"
import { clockToleranceMs, tokenLifetimeMs } from "./claims.ts"

/** An account at a provider. */
export interface Account {
  readonly issuer: string
  readonly subject: string
}

/** A device struck out, by a device of the same account. */
export interface Revocation extends Account {
  /** SHA-256 of the identity public key, base64url. */
  readonly identityDevice: string
  /** Milliseconds since 1970. */
  readonly at: number
}

/** How many a proof may carry. */
export const maxRevocations = 3

const length = 32 + 8 + 64

/** Strikes a device out. */
export async function revoke(by: SigningKey, of: Revocation): Promise<string> {
  const said = sayingOf(of)
  return toBase64url(joined(said, await by.sign(await toBeSigned(of, said))))
}

/** Whose revocation it would be: account and identity key of the proof it came with. */
export interface RevocationReader {
  readonly account: Account
  readonly by: Uint8Array
  readonly now: number
}

/** Reads and checks a revocation that came with a proof of this account by this key. Undefined when it says nothing to us. */
export async function readRevocation(text: string, { account, by, now }: RevocationReader): Promise<Revocation | undefined> {
  const bytes = fromBase64url(text, length)
  if (bytes === undefined) return undefined
  const at = Number(new DataView(bytes.buffer).getBigUint64(32))
  // One from the future would strike out tokens that are still to be made.
  if (at > now + clockToleranceMs || !isFresh(at, now)) return undefined
  const found: Revocation = { issuer: account.issuer, subject: account.subject, identityDevice: toBase64url(bytes.subarray(0, 32)), at }
  const isSigned = await isSignedBy(by, owned(bytes.subarray(40)), await toBeSigned(found, owned(bytes.subarray(0, 40))))
  return isSigned ? found : undefined
}

/** Whether a revocation can still matter to a token. */
export const isFresh = (at: number, now: number): boolean => at + tokenLifetimeMs + 2 * clockToleranceMs > now

/** Whether a token of this device, made then (seconds since 1970), was struck out. */
export const isStruckOut = (token: Omit<Revocation, "at"> & { readonly iat: number }, all: readonly Revocation[]): boolean =>
  all.some(
    (one) =>
      one.issuer === token.issuer &&
      one.subject === token.subject &&
      one.identityDevice === token.identityDevice &&
      token.iat * 1000 <= one.at,
  )

function sayingOf({ identityDevice, at }: Revocation): Bytes {
  const device = fromBase64url(identityDevice, 32)
  if (device === undefined) throw new Error("bug: a device has 32 bytes")
  return joined(device, uint64(at))
}

const toBeSigned = async ({ issuer, subject }: Account, said: Uint8Array): Promise<Bytes> =>
  joined(utf8("Conclave 1 revocation\0"), await sha256(utf8(`${issuer}\0${subject}`)), said)

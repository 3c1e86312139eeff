/**
 * The number two people compare once, by voice or in person, to know each other's devices from then on (D15).
 *
 *   SHA-512("Conclave 1 pair\0" ‖ both devices (32 each), in the order of their base64url texts) as a number, modulo 10^60
 *
 * It does not depend on room, call or epoch: it changes when a device does, and only then.
 */

import { fromBase64url } from "../base64url.ts"
import { joined, utf8 } from "../bytes.ts"
import { subtle } from "../platform.ts"

/** A person's device as this number knows it: the identity's own where there is one, else that of the room. */
export const comparedDevice = (person: { readonly device: string; readonly identityDevice?: string }): string =>
  person.identityDevice ?? person.device

/** Sixty digits in twelve groups of five; the same from both sides. Devices are SHA-256 of their public keys, base64url. */
export async function pairNumber(one: string, other: string): Promise<string> {
  const [first, second] = [one, other].toSorted().map((device) => fromBase64url(device, 32))
  if (first === undefined || second === undefined) throw new Error("bug: a device has 32 bytes")
  const hash = await subtle.digest("SHA-512", joined(utf8("Conclave 1 pair\0"), first, second))
  const number = new Uint8Array(hash).reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n)
  const digits = (number % 10n ** 60n).toString().padStart(60, "0")
  return (digits.match(/.{5}/g) ?? []).join(" ")
}

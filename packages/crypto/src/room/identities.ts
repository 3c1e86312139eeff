/** How a member's organisation identity is checked (D19). The check itself is another part's: this is its shape. */

import type { Refusal } from "../refusal.ts"

/** Whom a provider's token names, once it held. */
export interface VerifiedIdentity {
  readonly issuer: string
  readonly subject: string
  /** By the rules of names. */
  readonly name: string
  readonly email?: string
}

/** Checks ID tokens: signature, audience, age, and that the nonce is this device's. */
export interface Identities {
  /** `now` in milliseconds since 1970. Never rejects: a provider that cannot be reached is a refusal. */
  verify(token: string, devicePublicKey: Uint8Array, now: number): Promise<VerifiedIdentity | Refusal>
}

/** Longest token carried. */
export const maxTokenLength = 4096

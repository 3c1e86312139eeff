/** How a member's organisation identity is checked (D19). The check itself is another part's: this is its shape. */

import type { Refusal } from "../refusal.ts"

/** The roles of the rooms API (D31). */
export const wishedRoles = ["moderator", "speaker", "attendee"] as const
export type WishedRole = (typeof wishedRoles)[number]

/** Whom a provider's token names, once it held. */
export interface VerifiedIdentity {
  readonly issuer: string
  readonly subject: string
  /** By the rules of names. */
  readonly name: string
  readonly email?: string
  /** What whoever made the room or the token wants them to be; counts for nothing but to be shown (D39.44). */
  readonly wish?: WishedRole
  /** SHA-256 of the identity public key, base64url: this device of that person, the same in every room (D19.5). */
  readonly identityDevice: string
}

/** Checks proofs (D19.5): the provider's signature, audience, age, and that all of it leads to this device. */
export interface Identities {
  /** `now` in milliseconds since 1970. Never rejects: a provider that cannot be reached is a refusal. */
  verify(token: string, devicePublicKey: Uint8Array, now: number): Promise<VerifiedIdentity | Refusal>
}

/** Longest token carried. */
export const maxTokenLength = 4096

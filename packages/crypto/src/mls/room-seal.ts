/** What a keeper was started with, from the path of its page and from nothing that it was told later (D1, D39.31). */

import type { Issuer } from "./engine-port.ts"

/**
 * The kind of room. `server`: whose statements about its own accounts count as such, under the name of this room alone; a room sealed by
 * link has none. `opening`: what the media keys of a transport-only room come from, and of no other.
 */
export type RoomSeal =
  | { readonly kind: "link" }
  | { readonly kind: "identity"; readonly server: Issuer }
  | { readonly kind: "transport"; readonly server: Issuer; readonly opening: CryptoKey }

/** Whose statements about accounts count (D39.37). */
export const serverOf = (seal: RoomSeal): Issuer | undefined => (seal.kind === "link" ? undefined : seal.server)

/**
 * Whose tokens are looked at: the providers that the policy names, and the server. A policy that names the server does not make it a
 * provider (D39.37): what it says of its accounts stays its own word.
 */
export function tokenIssuers(named: readonly Issuer[], seal: RoomSeal): readonly Issuer[] {
  const server = serverOf(seal)
  return server === undefined ? named : [...named.filter(({ issuer }) => issuer !== server.issuer), server]
}

/** What a signer tells the server of new rules (D3.10), in the model. */

import type { RoomChange } from "@conclave/call"
import type { RoomId } from "@conclave/wire"
import { accessHashOf, type ModelLink } from "./model-link.ts"
import { inForce, type PolicyChain } from "./model-policy.ts"
import { lockOf, type Vault } from "./symbols.ts"

interface Parts {
  readonly room: RoomId
  readonly vault: Vault
  readonly device: string
  readonly chain: PolicyChain
  readonly link: ModelLink
}

export const roomChangeOf = ({ room, vault, device, chain, link }: Parts): RoomChange => ({
  room,
  version: inForce(chain).version,
  accessHash: accessHashOf(link.access),
  shelf: shelfOf(vault, chain, link),
  keys: [],
  by: new TextEncoder().encode(device),
  signature: new Uint8Array(64),
})

/** The shelf opens for whoever has the link. */
export const shelfOf = (vault: Vault, chain: PolicyChain, link: ModelLink): Uint8Array<ArrayBuffer> =>
  vault.sealPlain([lockOf(link.secret)], chain)

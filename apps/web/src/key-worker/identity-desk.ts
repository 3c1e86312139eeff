/** Organisation identities in the key worker (D19): what we show of our own sign-in, and how we check what others show. */

import {
  identityKey,
  identityVerifier,
  makeProof,
  parseJws,
  type Revocation,
  type RoomDevice,
  type ShownIdentity,
} from "@conclave/crypto/identity"
import type { KeeperParts } from "@conclave/crypto/mls"
import { isRefusal, refusal, type KeyShelf } from "@conclave/crypto/room"

/** What the others are shown of a sign-in; undefined when the token is none of ours. */
export async function proofOf(shelf: KeyShelf, shown: ShownIdentity, device: RoomDevice): Promise<string | undefined> {
  const read = parseJws(shown.token)
  const issuer = typeof read === "string" ? undefined : read.claims["iss"]
  const key = typeof issuer === "string" ? await identityKey(shelf, issuer) : undefined
  return key === undefined || isRefusal(key) ? undefined : makeProof(shown, key, device)
}

/** How long a commit may wait for a provider: the judge gives it two seconds (D9). Until it answers, its people are guests. */
const patienceMs = 1_000

/** Revocations kept from proofs that held; the oldest go first. */
const mostRevocations = 200

/** Checks proofs, by the issuers of whichever policy is in force. Undefined where no provider can be asked. */
export function identitiesOf(
  providerKeys: ((issuer: string, isMissing: boolean) => Promise<unknown>) | undefined,
  room: string,
): KeeperParts["identities"] {
  if (providerKeys === undefined) return undefined
  // D19.11: what one proof strikes out counts for every later one in this call.
  let struckOut: readonly Revocation[] = []
  return (issuers) => {
    const verifier = identityVerifier({ room, providerKeys, issuers, revocations: () => struckOut })
    return {
      verify: async (proof, device, now) => {
        const late = new Promise<undefined>((resolve) => setTimeout(resolve, patienceMs))
        const verdict = await Promise.race([verifier.verify(proof, device, now), late])
        if (verdict === undefined) return refusal("provider-unreachable")
        if (!isRefusal(verdict)) struckOut = [...struckOut, ...verdict.revokes].slice(-mostRevocations)
        return verdict
      },
    }
  }
}

/** Organisation identities in the key worker (D19): what we show of our own sign-in, and how we check what others show. */

import { identityKey, identityVerifier, makeProof, parseJws, type RoomDevice } from "@conclave/crypto/identity"
import type { KeeperParts } from "@conclave/crypto/mls"
import { isRefusal, refusal, type KeyShelf } from "@conclave/crypto/room"

/** What the others are shown of a sign-in; undefined when the token is none of ours. */
export async function proofOf(shelf: KeyShelf, token: string, device: RoomDevice): Promise<string | undefined> {
  const read = parseJws(token)
  const issuer = typeof read === "string" ? undefined : read.claims["iss"]
  const key = typeof issuer === "string" ? await identityKey(shelf, issuer) : undefined
  return key === undefined || isRefusal(key) ? undefined : makeProof({ token }, key, device)
}

/** How long a commit may wait for a provider: the judge gives it two seconds (D9). Until it answers, its people are guests. */
const patienceMs = 1_000

/** Checks proofs, by the issuers of whichever policy is in force. Undefined where no provider can be asked. */
export function identitiesOf(
  providerKeys: ((issuer: string, isMissing: boolean) => Promise<unknown>) | undefined,
  room: string,
): KeeperParts["identities"] {
  if (providerKeys === undefined) return undefined
  return (issuers) => {
    const verifier = identityVerifier({ room, providerKeys, issuers })
    return {
      verify: (proof, device, now) => {
        const late = new Promise<undefined>((resolve) => setTimeout(resolve, patienceMs))
        return Promise.race([verifier.verify(proof, device, now), late]).then((verdict) => verdict ?? refusal("provider-unreachable"))
      },
    }
  }
}

/** What the organisation's use cases are made of. */

import type { AccountId } from "@conclave/api"
import type { Log } from "../log.ts"
import { guessLimits, type GuessLimits } from "./guess-limits.ts"
import { oneUse, type OneUse } from "./one-use.ts"
import { passwordHasher, type PasswordHasher } from "./password-hash.ts"
import type { Challenge } from "./passkeys.ts"
import type { OrganisationStore } from "./ports.ts"
import type { Seal } from "./seal.ts"
import { setupLink, type SetupLink } from "./setup-link.ts"

export interface OrganisationParts {
  readonly store: OrganisationStore
  readonly seal: Seal
  readonly hasher: PasswordHasher
  readonly limits: GuessLimits
  readonly setup: SetupLink
  readonly waiting: Waiting
  readonly log: Log
  /** Milliseconds since 1970, never going back. */
  readonly now: () => number
}

/** What people have begun and will finish within five minutes. */
export interface Waiting {
  /** The password was right. */
  readonly secondFactors: OneUse<HalfLogin>
  readonly passkeyLogins: OneUse<Challenge>
  readonly passkeyProofs: OneUse<Owned<Challenge>>
  readonly newPasskeys: OneUse<Owned<Challenge>>
  readonly newApps: OneUse<Owned<{ readonly seed: Uint8Array<ArrayBuffer> }>>
}

export interface HalfLogin {
  readonly account: AccountId
  readonly triesLeft: number
}

/** Nobody finishes what another began. */
export type Owned<T> = T & { readonly account: AccountId }

interface Given {
  readonly store: OrganisationStore
  readonly seal: Seal
  readonly log: Log
  readonly now: () => number
  readonly hasher?: PasswordHasher | undefined
}

/** A setup link is made when there is no owner yet. */
export async function organisationParts({ store, seal, log, now, hasher = passwordHasher() }: Given): Promise<OrganisationParts> {
  const setup = setupLink((await store.organisation()) === undefined)
  const waiting = {
    secondFactors: oneUse<HalfLogin>(now),
    passkeyLogins: oneUse<Challenge>(now),
    passkeyProofs: oneUse<Owned<Challenge>>(now),
    newPasskeys: oneUse<Owned<Challenge>>(now),
    newApps: oneUse<Owned<{ seed: Uint8Array<ArrayBuffer> }>>(now),
  }
  return { store, seal, hasher, limits: guessLimits(now), setup, waiting, log, now }
}

/** What a key worker holds of a password exchange under way (D18). */

import type { Knocker, Responder } from "../password/exchange.ts"
import type { PasswordKey } from "../password/passwords.ts"
import type { KnockProof } from "../room/knock.ts"

/** Our own knock under a password. */
export interface OwnRun {
  readonly run: Knocker
  readonly keyPackageHash: Uint8Array
  readonly key: PasswordKey
  /** Whether a member has proved to know it too: without that no Welcome is entered (D18.3). */
  isAnswered: boolean
}

/** Another's knock under a password. */
export interface DoorRun {
  readonly proof: KnockProof
  responder: Responder | undefined
  isProved: boolean
}

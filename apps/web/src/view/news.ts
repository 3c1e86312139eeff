/** What changed in the room's rules and roles, as a line of news: always with who did it. */

import type { Role } from "./person.ts"
import type { Rules } from "./rules.ts"

/** One field of the policy and what it is now. */
export type RuleChange =
  | { readonly rule: "waitingRoom" | "isLocked" | "joinBeforeHost" | "isSingleUse"; readonly to: boolean }
  | { readonly rule: "share"; readonly to: Rules["share"] }
  | { readonly rule: "joinAs"; readonly to: Rules["joinAs"] }
  | { readonly rule: "minimumLevel"; readonly to: Rules["minimumLevel"] }
  | { readonly rule: "expiry"; readonly to: boolean }
  | { readonly rule: "topic"; readonly to: string | undefined }
  | { readonly rule: "password"; readonly to: "set" | "changed" | "removed" }
  | { readonly rule: "link" | "issuers" }
  /** Somebody has another role. `name` undefined: not here, or not known. */
  | { readonly rule: "role"; readonly name: string | undefined; readonly to: Role }
  | { readonly rule: "successor"; readonly name: string | undefined; readonly to: boolean }
  /** D5.1: a successor made itself host. */
  | { readonly rule: "take-over" }
  | { readonly rule: "other" }

export interface RuleNews {
  readonly kind: "rule"
  /** Verified name of who did it; undefined: a leaf whose name never came. */
  readonly by: string | undefined
  /** This device's person did it. */
  readonly isOwn: boolean
  readonly change: RuleChange
}

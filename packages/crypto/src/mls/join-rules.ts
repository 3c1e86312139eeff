/** What a group must look like for us to enter it (D4, D10, A1.20). The policy's signature is checked beside this. */

import { isSame } from "../bytes.ts"
import { refusal, type Refusal } from "../refusal.ts"
import { maxMembers } from "./commit-rules.ts"
import type { StagedJoin } from "./raw-engine.ts"

export type JoinRefusal = Refusal<"other-group" | "not-us" | "roster-not-unique" | "unknown-adder" | "too-many">

/** What we knocked as, and where. */
export interface Expected {
  readonly groupId: Uint8Array
  readonly identity: Uint8Array
  readonly signatureKey: Uint8Array
}

/** Judges a Welcome that the engine has opened. */
export function judgeJoin(expected: Expected, join: StagedJoin): JoinRefusal | undefined {
  const { roster, ownLeaf, adder } = join
  if (!isSame(join.groupId, expected.groupId)) return refusal("other-group")
  if (roster.length > maxMembers) return refusal("too-many")
  const own = roster.find((one) => one.leaf === ownLeaf)
  if (own === undefined || !isSame(own.identity, expected.identity) || !isSame(own.signatureKey, expected.signatureKey))
    return refusal("not-us")
  if (adder === ownLeaf || !roster.some((one) => one.leaf === adder)) return refusal("unknown-adder")
  const isUnique = (of: (one: (typeof roster)[number]) => Uint8Array): boolean =>
    new Set(roster.map((one) => of(one).join())).size === roster.length
  return isUnique((one) => one.identity) && isUnique((one) => one.signatureKey) ? undefined : refusal("roster-not-unique")
}

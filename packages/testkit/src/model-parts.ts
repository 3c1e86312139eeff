/** What a model engine is given, and what it leaves behind for the invariants. */

import type { GroupView, Person } from "@conclave/call"
import type { CallId, MemberId, RoomId } from "@conclave/wire"
import type { Chance } from "./chance.ts"
import type { ModelLink } from "./model-link.ts"
import type { ModelPasswords } from "./model-password.ts"
import type { ModelPolicy } from "./model-policy.ts"
import type { Note } from "./model-rules.ts"
import type { Vault } from "./symbols.ts"

/** What one life of one member ever knew, and what it saw of the group. For the invariants. */
export interface ModelLife {
  readonly call: CallId
  readonly member: MemberId
  readonly name: string
  readonly secrets: Set<string>
}

/** An epoch as somebody computed it. */
export interface ModelEpoch {
  readonly view: GroupView
  readonly secret: string
  /** What led here, by whom and under which rules; undefined where it began, for who founded or joined. */
  readonly step: ModelStep | undefined
  /** False when the client that got here obeys no rule. */
  readonly isHonest: boolean
}

/** A commit that some engine applied. */
export interface ModelStep {
  readonly by: Person | undefined
  readonly note: Note
  readonly policy: ModelPolicy
  /** Who the removed leaves were, where it was known. */
  readonly removed: readonly (Person | undefined)[]
  readonly at: number
}

export interface ModelParts {
  readonly room: RoomId
  /** The link this page was opened with. */
  readonly link: ModelLink
  readonly vault: Vault
  readonly chance: Chance
  readonly name: string
  readonly device: string
  /** This device made the room. */
  readonly hasRoomKey: boolean
  readonly now: () => number
  /** What this device knows of passwords; without it, nothing. */
  readonly passwords?: ModelPasswords
  /** Hears of every epoch this engine reaches. */
  readonly reached: (epoch: ModelEpoch, life: ModelLife) => void
  /** Members whose share of a commit this engine spoils, as an insider could (A1.11). */
  readonly spoils?: () => readonly MemberId[]
  /** An insider whose client obeys no rule and takes itself for a host. */
  readonly isLawless?: () => boolean
}

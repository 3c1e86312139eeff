/** Developer keys of teams. */

import type { scopes } from "@conclave/api"
import type { Answer } from "../../adapters/api.ts"
import type { DeveloperKey, PageOf, ShownKey, Team } from "../shapes.ts"
import type { Loaded } from "../use-loaded.ts"

export type Scope = (typeof scopes)[number]

export interface KeysView {
  readonly keys: Loaded<PageOf<DeveloperKey>>
  readonly offset: number
  readonly now: number
  /** Where one can be made; none: this role makes none. */
  readonly makeIn: readonly Team[]
  readonly mayChange: (team: string) => boolean
  readonly teamName: (team: string) => string | undefined
}

export interface KeyWishes {
  readonly name: string
  readonly team: string | undefined
  readonly scopes: readonly Scope[]
  readonly days: number
}

export interface KeysActions {
  readonly again: () => void
  readonly turn: (offset: number) => void
  readonly make: (wishes: KeyWishes) => Promise<Answer<ShownKey>>
  readonly rotate: (key: string, overlapHours: number) => Promise<Answer<ShownKey>>
  readonly revoke: (key: string) => Promise<Answer<undefined>>
}

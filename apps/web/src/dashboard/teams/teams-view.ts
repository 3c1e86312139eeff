/** Teams, and who is in them. */

import type { Answer } from "../../adapters/api.ts"
import type { PageOf, Person, Team, TeamRole } from "../shapes.ts"
import type { Loaded } from "../use-loaded.ts"

export interface TeamsView {
  readonly teams: Loaded<PageOf<Team>>
  readonly offset: number
  /** Makes, renames and deletes teams. */
  readonly mayMake: boolean
  /** Puts people in and takes them out. */
  readonly mayFill: (team: string) => boolean
}

export interface TeamsActions {
  readonly again: () => void
  readonly turn: (offset: number) => void
  readonly make: (name: string) => Promise<Answer<Team>>
  readonly rename: (team: string, name: string) => Promise<Answer<Team>>
  readonly remove: (team: string) => Promise<Answer<undefined>>
  readonly members: (team: string) => Promise<Answer<PageOf<Person>>>
  /** Everybody one may see, to put somebody in. */
  readonly people: () => Promise<Answer<PageOf<Person>>>
  readonly setMember: (team: string, account: string, role: TeamRole) => Promise<Answer<undefined>>
  readonly takeOut: (team: string, account: string) => Promise<Answer<undefined>>
}

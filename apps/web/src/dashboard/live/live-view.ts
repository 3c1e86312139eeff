/** Calls that are on: what the server knows of them anyway (D10). */

import type { Answer } from "../../adapters/api.ts"
import type { LiveRoom, PageOf, Participant } from "../shapes.ts"
import type { Loaded } from "../use-loaded.ts"

export interface LiveView {
  readonly calls: Loaded<PageOf<LiveRoom>>
  /** What rooms are called, by id, as far as that is known yet. */
  readonly names: ReadonlyMap<string, string>
  readonly offset: number
  /** Ends calls and has people removed, by team. */
  readonly mayEnd: (team: string) => boolean
}

export interface LiveActions {
  readonly again: () => void
  readonly turn: (offset: number) => void
  readonly participants: (room: string) => Promise<Answer<PageOf<Participant>>>
  /** D14: asks the devices inside; whether it was done shows in the list. */
  readonly remove: (room: string, participant: string) => Promise<Answer<undefined>>
  readonly end: (room: string, closedForSeconds: number) => Promise<Answer<undefined>>
}

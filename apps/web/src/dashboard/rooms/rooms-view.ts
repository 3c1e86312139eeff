/** The list of rooms, and making one. */

import type { Answer } from "../../adapters/api.ts"
import type { PageOf, Room, Team } from "../shapes.ts"
import type { Loaded } from "../use-loaded.ts"
import type { RoomDraft } from "./room-draft.ts"

export interface RoomsView {
  readonly rooms: Loaded<PageOf<Room>>
  /** How many are in the call that is on in a room, by the room's id. */
  readonly inside: ReadonlyMap<string, number>
  readonly offset: number
  /** What was looked for; empty: everything. */
  readonly search: string
  /** Undefined: this role makes none. */
  readonly making: MakingView | undefined
}

export interface MakingView {
  /** Where a room can be made; more than one: to choose from. */
  readonly teams: readonly Team[]
  /** D6: in which of them a room may be opened to the server. */
  readonly mayOpenIn: readonly string[]
}

/** What is decided beside the fields. */
export interface Making {
  readonly draft: RoomDraft
  readonly team: string | undefined
  readonly isSealed: boolean
}

export interface RoomsActions {
  readonly again: () => void
  readonly turn: (offset: number) => void
  readonly look: (search: string) => void
  readonly make: (making: Making) => Promise<Answer<Room>>
  readonly made: (room: Room) => void
}

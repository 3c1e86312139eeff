/** One room: its settings, its encryption, the ways in. */

import type { Answer } from "../../adapters/api.ts"
import type { PageOf, Room, RoomToken, ShownToken } from "../shapes.ts"
import type { Loaded } from "../use-loaded.ts"
import type { RoomChange } from "./bodies.ts"
import type { RoomRole } from "./room-draft.ts"

export interface RoomView {
  readonly room: Loaded<Room>
  /** Personal links that are valid. */
  readonly tokens: Loaded<PageOf<RoomToken>>
  readonly mayChange: boolean
  /** D6: may open it to the server. */
  readonly mayOpen: boolean
}

export interface TokenWishes {
  readonly name: string
  /** Undefined: as the room says. */
  readonly role: RoomRole | undefined
  readonly minutes: number
}

/** A link of which the server has no part that opens anything; or the browser cannot make one. */
export type SecretLink = Answer<string> | { readonly kind: "unsupported" }

export interface RoomActions {
  readonly again: () => void
  readonly change: (change: RoomChange) => Promise<Answer<Room>>
  /** D37.16: made in this page; the link is given once. */
  readonly makeSecret: () => Promise<SecretLink>
  readonly makeToken: (wishes: TokenWishes) => Promise<Answer<ShownToken>>
  readonly withdrawToken: (id: string) => Promise<Answer<undefined>>
  readonly againTokens: () => void
  readonly remove: () => Promise<Answer<undefined>>
  readonly removed: () => void
}

/** What the parts of the page are given. */
export interface RoomPartProps {
  readonly room: Room
  readonly view: RoomView
  readonly actions: RoomActions
}

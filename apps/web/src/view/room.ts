/** What a room's page shows and what it can be asked: the one door between views and session. */

import type { CallActions, CallView } from "./call.ts"
import type { DoorActions, PasswordActions, PasswordView, WaitingView } from "./door.ts"
import type { LobbyActions, LobbyView } from "./lobby.ts"
import type { RulesActions, RulesView } from "./rules.ts"
import type { PeopleActions, SecurityActions, SecurityView } from "./security.ts"
import type { StateActions, StateView } from "./state.ts"
import type { StatisticsSource } from "./statistics.ts"

export type RoomView =
  | { readonly screen: "lobby"; readonly lobby: LobbyView }
  | { readonly screen: "waiting"; readonly waiting: WaitingView }
  | { readonly screen: "password"; readonly password: PasswordView }
  | {
      readonly screen: "call"
      readonly call: CallView
      readonly security: SecurityView
      readonly rules: RulesView
      /** One object for the whole visit. */
      readonly statistics: StatisticsSource
      /** For the settings, which are open to a person in a call too. */
      readonly devices?: SettingsDevices
    }
  | { readonly screen: "state"; readonly state: StateView }

/** What of this person's devices can be chosen anywhere. */
export type SettingsDevices = Pick<LobbyView, "camera" | "microphone" | "level" | "speaker" | "background">

export interface RoomActions {
  readonly lobby: LobbyActions
  readonly call: CallActions
  readonly security: SecurityActions
  readonly door: DoorActions
  readonly password: PasswordActions
  readonly people: PeopleActions
  readonly rules: RulesActions
  readonly state: StateActions
}

/**
 * One visit to a room. `view` returns the same object until something changes (useSyncExternalStore); `changed` is called after
 * each change. `actions` never change identity and never throw. `close` stops devices, socket and workers; the page calls it once.
 */
export interface RoomSession {
  readonly subscribe: (changed: () => void) => () => void
  readonly view: () => RoomView
  readonly actions: RoomActions
  readonly close: () => void
}

/** What an address says: `/r/ROOM#FRAGMENT`. Both parts as they stand there, unchecked but for the path's form. */
export interface RoomAddress {
  readonly room: string
  /** Without `#`. */
  readonly fragment: string
}

/** What `/o/NAME#TOKEN` or `/t/NAME#TOKEN` says: a room that its server opens (D39.30). */
export interface HandedAddress {
  readonly kind: "identity" | "transport"
  /** Id or address of its own of the room. */
  readonly name: string
  /** A joining token without `#`; empty where there is none. */
  readonly token: string
}

/** A room that its server opened for this page (D39.30). The kind is the one of the path that the page came by. */
export interface HandedRoom {
  readonly kind: "identity" | "transport"
  /** As in its address. */
  readonly name: string
  /** Of the delivery room: 22 base64url characters. */
  readonly room: string
  /** What the server hands out: both 22 base64url characters, unchecked. */
  readonly opening: string
  readonly keyHash: string
  /** What the server says of this person's account, for this device alone; the others check who signed it (D39.37). */
  readonly statement?: string
  /** What the server calls this person. */
  readonly person?: string
}

/** What a visit begins with. */
export type OpenedRoom = ({ readonly kind: "link" } & RoomAddress) | HandedRoom

/** `src/session/open-room.ts` exports one as `openRoom`: begins a visit at once, synchronously. */
export type OpenRoom = (opened: OpenedRoom) => RoomSession

/** `src/session/make-room.ts` exports one as `makeRoom`: makes secret and room key, registers the room; or what to show instead. */
export type MakeRoom = () => Promise<RoomAddress | StateView>

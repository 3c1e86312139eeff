/** The lobby: how others will see and hear you, and what the server learns. */

import type { DeviceView, SpeakerView } from "./device.ts"
import type { Background } from "./settings.ts"
import type { LevelSource, Picture } from "./picture.ts"

/** Why a name is refused (1 to 80 code points, no control or bidi-override characters). */
export type NameTrouble = "empty" | "too-long" | "odd-characters"

/**
 * What came of letting an organisation vouch for the name (D19). `blocked`: the browser opened no window. `given-up`: the person
 * closed it or said no. `away`: the organisation does not answer. `refused`: what came back does not hold.
 */
export type VouchingState = "offered" | "asking" | "done" | "blocked" | "given-up" | "away" | "refused"

/** An organisation that this server is set up with. */
export interface VouchingView {
  readonly id: string
  /** Its host, as people know it. */
  readonly organisation: string
  readonly state: VouchingState
  /** With `done`: the name it vouches for, which others read in place of the typed one. */
  readonly name?: string
}

/** Whether media can pass, and how; found out with the real SFU. `untried`: nobody asked yet. `none`: this server has no such way. */
export type WayState = "untried" | "trying" | "open" | "shut" | "none"

export interface NetworkView {
  /** The server did not let us try: it is away, or asked too often. */
  readonly isAway: boolean
  readonly udp: WayState
  readonly tcp: WayState
  readonly relay: WayState
}

/** By where it keeps its permissions. `other`: one that says nothing of itself. */
export type BrowserKind = "chromium" | "firefox" | "safari" | "chromium-phone" | "firefox-phone" | "safari-phone" | "other"

/**
 * What kind of room this is. `providers`: hosts of the organisations that vouch for names; none: the server does. `account`: the name
 * that the server vouches for, which others read in place of the typed one.
 */
export type RoomSaid =
  | { readonly kind: "link" }
  | { readonly kind: "identity"; readonly providers: readonly string[]; readonly account?: string }
  | { readonly kind: "transport"; readonly account?: string }

export interface LobbyView {
  readonly room: RoomSaid
  /** From the signed policy; a room without one is called by what it is. */
  readonly topic?: string
  /** The whole link with its fragment, to copy. */
  readonly link: string
  /** Undefined while the first picture is not there or the camera is not `on`. Shown mirrored. */
  readonly picture?: Picture
  readonly camera: DeviceView
  readonly microphone: DeviceView
  /** Undefined: no level available (no AudioContext, microphone off). Said so, never drawn as silence. */
  readonly level?: LevelSource
  readonly speaker?: SpeakerView
  /** What is behind this person in the preview, and whether this browser can put anything there. `hasOwn`: this device keeps a picture. */
  readonly background: {
    readonly chosen: Background
    readonly state: "off" | "starting" | "on" | "failed" | "unavailable"
    readonly hasOwn: boolean
  }
  readonly network: NetworkView
  /** Where this browser keeps its permissions. */
  readonly browser: BrowserKind
  /** What is in the field, as typed. */
  readonly name: string
  /** Set after an attempt to join with it; cleared by typing. */
  readonly nameTrouble?: NameTrouble
  /** Empty where nobody can vouch, or it is not known yet. */
  readonly vouching: readonly VouchingView[]
  /** Join was pressed; the next view is a state or the call. */
  readonly isJoining: boolean
  /** The link was just copied: the button says so for 3 s. */
  readonly isLinkCopied: boolean
}

export interface LobbyActions {
  readonly typeName: (name: string) => void
  readonly toggleCamera: () => void
  readonly toggleMicrophone: () => void
  readonly chooseCamera: (id: string) => void
  readonly chooseMicrophone: (id: string) => void
  readonly chooseSpeaker: (id: string) => void
  readonly testSpeaker: () => void
  readonly chooseBackground: (background: Background) => void
  /** Keeps a person's own picture on this device and stands before it. */
  readonly keepOwnBackground: (file: Blob) => void
  readonly checkNetwork: () => void
  /** Asks the browser again for whatever is `denied`, `missing` or `busy`. */
  readonly askAgain: () => void
  /** The camera is not to be had, and that is all right: nothing more is said of it. */
  readonly goOnWithSound: () => void
  /** In the press itself, or the browser opens no window. */
  readonly vouch: (id: string) => void
  readonly join: () => void
  readonly joinWithoutDevices: () => void
  readonly copyLink: () => void
}

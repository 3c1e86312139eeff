/** The security panel and the people panel: the MLS roster and what this device's keys say. Never the server's word. */

import type { Role, WhoView } from "./person.ts"

/** One leaf of the MLS group. */
export interface RosterEntry {
  readonly id: string
  readonly who: WhoView
  readonly isSelf: boolean
  /** By their own signed heartbeat (D13), so a bit late. */
  readonly isMuted: boolean
  /** Not heard for longer than a heartbeat. */
  readonly isSilent: boolean
  readonly role: Role
  /** May take over when no host is here (D5). */
  readonly isSuccessor: boolean
  /** What this device may do about this person, in the order of the menu. Empty: no menu. */
  readonly acts: readonly PersonAct[]
  /** The one of them that makes of this person what the organisation wishes (D39.44). Undefined: they are that, or nobody wishes. */
  readonly wish?: RoleWish
  /** The number of both devices together: 60 digits in groups of five (D15). Undefined for oneself, and until it is known. */
  readonly pairDigits?: string
}

/** What a host can do about somebody. The last cannot be undone by pressing again, so a dialog asks first. */
export type PersonAct =
  "make-host" | "make-co-host" | "make-member" | "make-listener" | "name-successor" | "unname-successor" | "step-down" | "remove"

export type RoleWish = Extract<PersonAct, "make-co-host" | "make-member" | "make-listener">

/** A device that a host has shut out of this call (D8.14). */
export interface BlockedView {
  readonly id: string
  /** Undefined: it was blocked before this device came in. */
  readonly name?: string
}

/** A device of the same person, by the organisation's word and its own signature (D19). */
export interface OwnDeviceView {
  readonly id: string
  /** Its short fingerprint. */
  readonly label: string
  readonly isThis: boolean
  /** In this call now. */
  readonly isHere: boolean
  /** This person said that it is lost; whoever meets this device from then on hears so. */
  readonly isLost: boolean
}

/** Why the keys last changed. Names are verified ones; `undefined` is a leaf whose name never came. */
export type KeyChange =
  | { readonly kind: "founded" }
  | { readonly kind: "joined"; readonly names: readonly (string | undefined)[] }
  | { readonly kind: "left"; readonly name: string | undefined }
  | { readonly kind: "vanished"; readonly name: string | undefined }
  | { readonly kind: "removed"; readonly name: string | undefined; readonly by: string | undefined }
  /** The server asked for it, and a member did it (D14.6). */
  | { readonly kind: "removed-by-organisation"; readonly name: string | undefined }
  | { readonly kind: "rejoined"; readonly name: string | undefined }
  /** The rules of the room are other ones now; that is a change of the group too. */
  | { readonly kind: "rules" }
  /** Somebody's regular renewal (D12). `isSelf`: this device's. */
  | { readonly kind: "renewed"; readonly name: string | undefined; readonly isSelf: boolean }

/** Frames that did not open, by sender (D25). Server-made blank frames are not in it. */
export interface RefusedFrames {
  /** Undefined: no such sender in the group. */
  readonly name: string | undefined
  readonly unknownKey: number
  readonly authentication: number
  readonly replay: number
  readonly malformed: number
}

/** The kind of room, by its path and its signed rules alike. `providers`: who vouches for names; none: the server does. */
export type SealKind =
  { readonly kind: "link" } | { readonly kind: "identity"; readonly providers: readonly string[] } | { readonly kind: "transport" }

export interface SecurityView {
  readonly room: SealKind
  readonly roster: readonly RosterEntry[]
  /** Eight words (D15), and the same code as 30 digits in six groups of five. Empty while the keys are being agreed. */
  readonly words: readonly string[]
  readonly digits: string
  /** What the person said about the words of this epoch; `open` again when the roster changes. */
  readonly comparison: "open" | "match" | "differ"
  readonly keysChanged: { readonly minutesAgo: number; readonly why: KeyChange }
  readonly details: SecurityDetails
  /** Who is shut out of this call. Only hosts and co-hosts are shown it. */
  readonly blocked: readonly BlockedView[]
  /** D5.1: no host is here, and this person was named to follow. */
  readonly canTakeOver: boolean
  /** This person's devices, this one first. Empty unless an organisation vouches for the person. */
  readonly devices: readonly OwnDeviceView[]
}

/** What an auditor asks for. The sentences about the suite are fixed (one suite per protocol version, D32). */
export interface SecurityDetails {
  readonly epoch: number
  /** MLS group id, hexadecimal in groups of four. */
  readonly group: string
  readonly refused: readonly RefusedFrames[]
  /** Frames that did not open outside the published window after a switch; 0 unless something is wrong. */
  readonly outsideWindow: number
  /** Seconds within which everyone must be heard for this device to go on sending (D13). */
  readonly heartbeatWindow: number
}

export interface SecurityActions {
  /** The words were read out and match, or not. */
  readonly wordsMatch: () => void
  readonly wordsDiffer: () => void
  /** The numbers of both devices were compared, face to face or by a voice that is known: remembered on this device (D21). */
  readonly verify: (id: string) => void
  readonly forgetVerified: (id: string) => void
  /** Says in this person's name that a lost device is not theirs any more. Asked for in a dialog before. */
  readonly revokeDevice: (id: string) => void
  /** Puts a plain-text summary on the clipboard: no key, no link. */
  readonly copyDetails: () => void
}

export interface PeopleActions {
  /** `remove` was asked for in a dialog before. */
  readonly act: (id: string, act: PersonAct) => void
  readonly unblock: (id: string) => void
  readonly takeOver: () => void
}

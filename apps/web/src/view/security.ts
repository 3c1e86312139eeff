/** The security panel and the people panel: the MLS roster and what this device's keys say. Never the server's word. */

import type { WhoView } from "./person.ts"

/** One leaf of the MLS group. */
export interface RosterEntry {
  readonly id: string
  readonly who: WhoView
  readonly isSelf: boolean
  /** By their own signed heartbeat (D13), so a bit late. */
  readonly isMuted: boolean
  /** Not heard for longer than a heartbeat. */
  readonly isSilent: boolean
  /** Whether this device may ask for the removal of this person. */
  readonly canRemove: boolean
}

/** Why the keys last changed. Names are verified ones; `undefined` is a leaf whose name never came. */
export type KeyChange =
  | { readonly kind: "founded" }
  | { readonly kind: "joined"; readonly names: readonly (string | undefined)[] }
  | { readonly kind: "left"; readonly name: string | undefined }
  | { readonly kind: "vanished"; readonly name: string | undefined }
  | { readonly kind: "removed"; readonly name: string | undefined; readonly by: string | undefined }
  | { readonly kind: "rejoined"; readonly name: string | undefined }
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

export interface SecurityView {
  readonly roster: readonly RosterEntry[]
  /** Eight words (D15), and the same code as 30 digits in six groups of five. Empty while the keys are being agreed. */
  readonly words: readonly string[]
  readonly digits: string
  /** What the person said about the words of this epoch; `open` again when the roster changes. */
  readonly comparison: "open" | "match" | "differ"
  readonly keysChanged: { readonly minutesAgo: number; readonly why: KeyChange }
  readonly details: SecurityDetails
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
  /** Asked for in a dialog before. */
  readonly remove: (id: string) => void
  /** Puts a plain-text summary on the clipboard: no key, no link. */
  readonly copyDetails: () => void
}

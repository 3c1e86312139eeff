/** What people do together in a call: what is known of it, what happens to it, what is to be said. Knows no clock, no group, no screen. */

import type { MemberId } from "@conclave/wire"
import type { Reaction } from "./reaction.ts"
import { noState, type State } from "./state.ts"

/** Milliseconds since 1970 by this device's clock. It may be set back. */
export type Millis = number

/** Somebody in the call, as the machine shows it. */
export interface RosterMember {
  readonly member: MemberId
  readonly isSelf: boolean
  /** Host or co-host. */
  readonly isModerator: boolean
  /** As it came with a heartbeat; undefined before the first one, and for whoever has no proved name. */
  readonly state: string | undefined
}

/** What happened. `now` is always the time at which it did. */
export type Input = { readonly now: Millis } & (
  | { readonly type: "roster"; readonly members: readonly RosterMember[] }
  /** The call machine handed on what a member said. */
  | { readonly type: "word"; readonly from: MemberId; readonly body: string }
  | { readonly type: "hand"; readonly isUp: boolean }
  | { readonly type: "react"; readonly what: Reaction }
  | { readonly type: "ask-unmute"; readonly member: MemberId }
  /** This person unmuted, or would not. */
  | { readonly type: "unmute-answered" }
  | { readonly type: "lower-hand"; readonly member: MemberId }
  | { readonly type: "spotlight"; readonly member: MemberId | undefined }
  /** This person began or ceased to speak into an open microphone. */
  | { readonly type: "own-speaking"; readonly is: boolean }
  | { readonly type: "clock" }
)

export type Output =
  /** For the call machine: `word-said`. */
  | { readonly do: "say-word"; readonly body: string }
  /** For the call machine: `state-changed`. */
  | { readonly do: "say-state"; readonly state: string }
  /** Feed `clock` at this time; replaces any earlier one. */
  | { readonly do: "wake"; readonly at: Millis }
  /** A host or co-host lowered this person's hand: say so. */
  | { readonly do: "lower-own-hand" }

export type Turn = readonly [next: Gathering, ...outputs: Output[]]

export interface Seat extends RosterMember {
  /** What `state` says; nothing where it does not read. */
  readonly said: State
}

/** Somebody said that it speaks, or ceased to. */
export interface Voice {
  readonly member: MemberId
  readonly isOn: boolean
  readonly at: Millis
}

export interface Gathering {
  readonly now: Millis
  readonly seats: readonly Seat[]
  /** This person's own state. */
  readonly own: State
  readonly reactions: readonly { readonly member: MemberId; readonly id: number; readonly what: Reaction; readonly at: Millis }[]
  /** Reactions so far: their ids. */
  readonly count: number
  readonly reactedAt: Millis | undefined
  /** Whoever ever said that it speaks; who said it last stands first. */
  readonly voices: readonly Voice[]
  /** This person speaks; what was last said of it, and when. */
  readonly mouth: { readonly isOpen: boolean; readonly isSaid: boolean; readonly saidAt: Millis | undefined }
  readonly ask: { readonly by: MemberId; readonly at: Millis } | undefined
  readonly answeredAt: Millis | undefined
  readonly wakeAt: Millis | undefined
}

/** Before anybody is there. */
export const nobody: Gathering = {
  now: 0,
  seats: [],
  own: noState,
  reactions: [],
  count: 0,
  reactedAt: undefined,
  voices: [],
  mouth: { isOpen: false, isSaid: false, saidAt: undefined },
  ask: undefined,
  answeredAt: undefined,
  wakeAt: undefined,
}

export const selfOf = ({ seats }: Gathering): Seat | undefined => seats.find(({ isSelf }) => isSelf)

export const seatOf = ({ seats }: Gathering, member: MemberId): Seat | undefined => seats.find((seat) => seat.member === member)

/** How long ago. A clock that was set back does not stop time: what it cannot date is as far away as it says. */
export const ageOf = ({ now }: Gathering, at: Millis | undefined): Millis => (at === undefined ? Infinity : Math.abs(now - at))

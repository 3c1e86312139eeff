/** Everything that is neither lobby nor call: what happened, what it means, what to do. Shown alone or in place of the faces. */

import type { ProblemCode } from "@conclave/wire"

/** What this browser lacks. Named so that the person, or who helps them, can look it up. */
export type MissingFeature = "encoded-transform" | "x25519-or-ed25519" | "wasm" | "web-lock" | "storage" | "secure-context" | "webrtc"

export type StateView =
  /** The socket opens, the link is tried. */
  | { readonly kind: "connecting" }
  /** `/new`: a room is being made. */
  | { readonly kind: "making-room" }
  /** The knock is out; somebody inside must add this device. `isWaiting`: nobody has for some seconds. */
  | { readonly kind: "getting-keys"; readonly isWaiting: boolean }
  /**
   * The connection broke. `retryIn`: whole seconds to the next try; undefined while trying. `kept`: whole seconds for which the
   * place is still kept. `wait`: how much of this pause has passed, 0 to 1.
   */
  | { readonly kind: "cut-off"; readonly retryIn?: number; readonly kept?: number; readonly wait?: number }
  /** Before the lobby could show anything: the browser keeps both devices from us. */
  | { readonly kind: "denied"; readonly device: "camera" | "microphone" | "both"; readonly host: string }
  | { readonly kind: "unsupported"; readonly missing: MissingFeature }
  /** The address has no fragment, or a short one. */
  | { readonly kind: "cut-link" }
  /** The room is there, the secret does not fit it; or the room's signed policy is not of the key the link names. */
  | { readonly kind: "wrong-link" }
  | { readonly kind: "unknown-room" }
  /** An address that is nothing of ours. */
  | { readonly kind: "nowhere" }
  /** A room for people of this server, and nobody is signed in (D39). */
  | { readonly kind: "sign-in-needed" }
  /** The link had a token whose time is over; or one that is not valid, or no more. */
  | { readonly kind: "token-expired" | "token-void" }
  /** The room itself has come to its end. */
  | { readonly kind: "room-expired" }
  /** Nobody who may has opened the room yet. It is tried again by itself. */
  | { readonly kind: "not-opened"; readonly topic?: string }
  /** Somebody inside said no, for now (D17.31). */
  | { readonly kind: "turned-away" }
  /** A host shut this device out for as long as the call lasts. */
  | { readonly kind: "blocked" }
  /** A host gave the room another link; this one opens nothing any more (D3.11). */
  | { readonly kind: "link-replaced" }
  | { readonly kind: "link-expired" }
  | { readonly kind: "room-locked" }
  /** The room's rules want an organisation to vouch for whoever comes in. `organisations`: which of them may. */
  | { readonly kind: "needs-organisation"; readonly organisations: readonly string[]; readonly canSignIn: boolean }
  /** `places`: how many there are; undefined when not told. */
  | { readonly kind: "room-full"; readonly places?: number }
  /** The call is over for everyone. */
  | { readonly kind: "ended"; readonly minutes: number }
  /** A host ended it for everyone. `by`: that host's verified name. */
  | { readonly kind: "ended-by-host"; readonly by?: string; readonly minutes: number }
  /** This person left. */
  | { readonly kind: "left"; readonly minutes: number }
  /** By a person of that verified name; undefined: by a leaf whose name never came. */
  | { readonly kind: "removed"; readonly by?: string }
  /** The server asked for it, and a member did it (D14.6). */
  | { readonly kind: "removed-by-organisation" }
  /** Removed for silence (D14): nobody meant it. Rejoining needs no question. */
  | { readonly kind: "dropped" }
  | { readonly kind: "sfu-away" }
  /** Another tab of this browser holds the call (D11). */
  | { readonly kind: "other-tab" }
  /** It was moved from here to another tab. */
  | { readonly kind: "moved-away" }
  | { readonly kind: "wrong-version" }
  /** Two people's devices hold different histories of one call: the server told them different things. */
  | { readonly kind: "fork"; readonly name?: string }
  /** D13: the rest of the group was not heard in `seconds`; this device sends nothing. */
  | { readonly kind: "media-paused"; readonly seconds: number }
  /** The person said that the words differ (voice 7). */
  | { readonly kind: "words-differ" }
  /** This tab's keys or engine broke: rejoin. */
  | { readonly kind: "engine-broken" }
  /** Any other refusal of the server, by its code. */
  | { readonly kind: "problem"; readonly code: ProblemCode }

/** The verbs a state can offer. Each state names its own; the session carries them out. */
export type StateAction =
  | "retry"
  | "leave"
  | "back-to-start"
  | "rejoin"
  | "join-without"
  | "copy-link"
  | "move-here"
  | "reload"
  | "new-meeting"
  /** Lets an organisation vouch for this person (D19). */
  | "sign-in"
  /** Signs in to this server, and comes back. */
  | "log-in"
  /** Goes on although the words differ: they were misread. */
  | "go-on"

export interface StateActions {
  readonly act: (action: StateAction) => void
}

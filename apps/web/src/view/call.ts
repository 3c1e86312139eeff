/** The call: faces, the strip under them, and what has happened lately. */

import type { SwitchView } from "./device.ts"
import type { AtDoorView } from "./door.ts"
import type { RuleNews } from "./news.ts"
import type { NamedPerson, Role, UnnamedPerson } from "./person.ts"
import type { Picture } from "./picture.ts"
import type { Reaction } from "@conclave/collab"
import type { StateView } from "./state.ts"

/** What stands in a tile. Only `live` and `lost` carry a picture; everything else cannot show one by mistake (D23). */
export type TilePicture =
  | { readonly kind: "live"; readonly picture: Picture }
  /** Their camera is off: initials. */
  | { readonly kind: "off" }
  /** This person wants sound only, so no picture is fetched: initials, and never the last one that came. */
  | { readonly kind: "not-fetched" }
  /** Reconnecting: the last picture, grey, or initials (voice 5). */
  | { readonly kind: "lost"; readonly picture?: Picture }
  /** Frames arrive that this device cannot open: no key yet (voice 8). */
  | { readonly kind: "sealed" }
  /** In the group, nothing has come yet. */
  | { readonly kind: "waiting" }

interface TileBase {
  /** The member pseudonym: stable for one join. A rejoin is a new tile. */
  readonly id: string
}

/** How well somebody's pictures and sound arrive on this device, measured here. */
export type Quality = "good" | "weak" | "bad"

/** A person the group has named. */
export interface NamedTile extends TileBase {
  readonly who: NamedPerson
  readonly picture: TilePicture
  readonly isMuted: boolean
  /** The rules let this person only listen (D4.13). */
  readonly isListener?: boolean
  /** Held for 1.2 s after the last sound by the session. */
  readonly isSpeaking: boolean
  /** Place in the queue of raised hands, from 1. */
  readonly hand?: number
  /** For some seconds; a new `id` is a new one. */
  readonly reaction?: { readonly id: number; readonly what: Reaction }
  /** Undefined: nothing to measure. */
  readonly quality?: Quality
}

/** A leaf without a verified name: the tile says so and shows neither picture nor sound (D23). */
export interface UnnamedTile extends TileBase {
  readonly who: UnnamedPerson
}

export type TileView = NamedTile | UnnamedTile

/** A screen somebody shows. */
export interface ShareView {
  /** The same for as long as it is the same screen. */
  readonly id: string
  /** The tile of who shows it. */
  readonly member: string
  /** Verified name of who shows it. */
  readonly by: string
  /** Undefined until it arrives: only what is looked at is asked for. */
  readonly picture?: Picture
}

/** Something of somebody that is on this screen, and how large, in CSS pixels. What nobody looks at is not fetched. */
export interface Shown {
  /** The tile's id. */
  readonly id: string
  readonly what: "camera" | "screen"
  readonly width: number
  readonly height: number
  /** Stands in the small window above others too: seen while this page is hidden. */
  readonly isFloating?: boolean
}

/** A raised hand. */
export interface HandView {
  readonly id: string
  readonly name: string
  readonly isSelf: boolean
}

/** The seal in the strip. Its count is the MLS roster, this device included. */
export type SealView =
  /** Keys are being agreed: nothing is sent yet. */
  | { readonly kind: "sealing" }
  | { readonly kind: "sealed"; readonly count: number }
  /** Alone in the room: sealed, and nobody to see it. */
  | { readonly kind: "alone" }
  /** One person to check (changed key): by name. */
  | { readonly kind: "check"; readonly name: string }
  /** Sending is paused (D13), or the words differ. */
  | { readonly kind: "stopped" }
  /** A transport-only room: whoever runs the server opens every frame. Whatever else happens, this stands there (D39.42). */
  | { readonly kind: "open" }

/** What just happened, one line in the clock's place for 5 s. The session sets and clears it; a new `id` is read out again. */
export interface NewsView {
  readonly id: number
  readonly what:
    | { readonly kind: "came"; readonly name: string }
    | { readonly kind: "came-many"; readonly count: number }
    | { readonly kind: "left"; readonly name: string }
    /** Silent for 60 s (D14). */
    | { readonly kind: "vanished"; readonly name: string }
    | { readonly kind: "removed"; readonly name: string; readonly by: string }
    /** The server asked for it, and a member did it (D14.6). */
    | { readonly kind: "removed-by-organisation"; readonly name: string }
    | { readonly kind: "shares"; readonly name: string }
    | { readonly kind: "share-ended"; readonly name: string }
    | { readonly kind: "link-copied" }
    /** The clipboard refused: the link stands in the address bar. */
    | { readonly kind: "link-not-copied" }
    | { readonly kind: "compared" }
    | { readonly kind: "device-lost" }
    | { readonly kind: "back" }
    /** D18.7: enough wrong passwords; for hosts. */
    | { readonly kind: "guesses" }
    /** A change of the rules that this person asked for could not be made (D8.26). */
    | { readonly kind: "rule-not-made" }
    | { readonly kind: "hand"; readonly name: string }
    /** Somebody who moderates lowered this person's hand. */
    | { readonly kind: "hand-lowered" }
    /** This person asked somebody to unmute. */
    | { readonly kind: "asked-unmute"; readonly name: string }
    /** One of this person's devices, or somebody else's, that was not seen before (D21). */
    | { readonly kind: "new-device"; readonly name: string }
    | RuleNews
}

/** Trouble that lasts, or needs an answer. The first one is shown above the strip; it never steals focus and never times out. */
export type NoticeView =
  /** The browser plays no sound before a press. */
  | { readonly kind: "sound-blocked" }
  | { readonly kind: "camera-denied" }
  | { readonly kind: "microphone-denied" }
  | { readonly kind: "camera-missing" }
  | { readonly kind: "microphone-missing" }
  | { readonly kind: "device-busy"; readonly device: "camera" | "microphone" }
  /** L71: the background cannot be hidden, so the camera is off. Answered by `retry` with another try. */
  | { readonly kind: "background-failed" }
  /** Noise is not taken out of the microphone; it goes on as it is. */
  | { readonly kind: "noise-failed" }
  | { readonly kind: "share-failed" }
  /** The call's keys are fine, pictures and sound cannot pass: the SFU is away. Reconnected by itself. */
  | { readonly kind: "sfu-away" }
  /** Pictures and sound still pass, the server does not answer: nobody can come in, and hands and reactions wait. */
  | { readonly kind: "server-away" }
  /** This device's own way is bad: pictures are kept small so that sound goes on. Answered by `retry` with sound only. */
  | { readonly kind: "weak-network" }
  /** The server tried to add someone nobody let in (voice 9). */
  | { readonly kind: "refused-add" }
  /** D13: not everyone shown here was heard in `seconds`; nothing is sent until that is settled. */
  | { readonly kind: "media-paused"; readonly seconds: number }
  /** Somebody's change broke the room's rules; every member refused it (D8.10 to D8.13). `by` undefined: a leaf without a name. */
  | { readonly kind: "refused-commit"; readonly by?: string; readonly what: RefusedAct }
  /** Pressed a microphone or camera that the rules keep shut (D4.13). `hosts`: whom to ask. */
  | { readonly kind: "listener"; readonly hosts: readonly string[] }
  | { readonly kind: "share-hosts-only"; readonly hosts: readonly string[] }
  /** D9: the group was founded anew under a new id, because most could not apply a change. */
  | { readonly kind: "founded-anew" }

/** What a refused change was about. */
export type RefusedAct = "let-in" | "remove" | "rules" | "other"

export interface CallView {
  readonly topic?: string
  readonly link: string
  /** The server opens this room (D39.30): its link is no key. */
  readonly isHanded?: true
  readonly seal: SealView
  /** Whole minutes since this device came in. */
  readonly minutes: number
  /** Everyone but this device, in order of arrival. Unnamed leaves too. */
  readonly tiles: readonly TileView[]
  /** Who waits for this person's decision, longest first. Empty for whoever has none to make. */
  readonly door: readonly AtDoorView[]
  /** Screens shown by others, in the order in which they began. */
  readonly shares: readonly ShareView[]
  /** Whom the speaker layout shows large: who spoke last for long enough. A tile's id. */
  readonly speaker?: string
  /** Whom a host put before everyone. A tile's id, or this device's own (`selfId`). */
  readonly spotlight?: string
  readonly selfId: string
  /** The queue, longest first; this person's own among them. */
  readonly hands: readonly HandView[]
  /** This person's own, for some seconds. */
  readonly ownReaction?: { readonly id: number; readonly what: Reaction }
  /** Somebody asks this person to unmute. Only this person can. */
  readonly unmuteAsked?: { readonly by: string }
  /** Speaks while the microphone is off. */
  readonly isTalkingMuted: boolean
  /** Push to talk is on, and the key is held. */
  readonly isPushedToTalk: boolean
  /** Only sound is fetched and sent. */
  readonly isAudioOnly: boolean
  /** This person is a host or co-host: asks to unmute, lowers hands, puts somebody before everyone. */
  readonly canModerate: boolean
  /** This device's own way to the SFU. */
  readonly quality?: Quality
  readonly microphone: SwitchView
  readonly camera: SwitchView
  /**
   * `unavailable`: this browser cannot share a screen (phones): the control is not drawn. `hosts-only`: the room's rules leave it
   * to hosts, and the control says so.
   */
  readonly sharing: "unavailable" | "hosts-only" | "off" | "starting" | "on"
  /** A listener's microphone and camera stay shut until a host lets this person speak. */
  readonly role: Role
  /** How others see this person. Undefined picture: initials. */
  readonly self: { readonly name: string; readonly picture?: Picture }
  readonly news?: NewsView
  readonly notices: readonly NoticeView[]
  /** Stands in place of the faces while set (cut off, paused for safety, forked). Strip and leaving stay. */
  readonly interruption?: StateView
}

export interface CallActions {
  readonly toggleMicrophone: () => void
  readonly toggleCamera: () => void
  readonly toggleShare: () => void
  /** What is on the screen now: called whenever layout, page or size changes. */
  readonly show: (shown: readonly Shown[]) => void
  readonly setAudioOnly: (isAudioOnly: boolean) => void
  readonly raiseHand: (isUp: boolean) => void
  /** Lowers somebody else's; for hosts and co-hosts. */
  readonly lowerHand: (id: string) => void
  readonly react: (what: Reaction) => void
  readonly askToUnmute: (id: string) => void
  readonly answerUnmute: (does: boolean) => void
  /** Undefined: nobody any more. */
  readonly spotlight: (id: string | undefined) => void
  /** Push to talk: while held, and only then. */
  readonly pushToTalk: (isHeld: boolean) => void
  /** For hosts: the call is over for everyone. Asked for in a dialog before. */
  readonly endForAll: () => void
  readonly copyLink: () => void
  readonly leave: () => void
  /** Answers a notice: hear the call, ask for the device again, close it. */
  readonly answer: (notice: NoticeView, answer: "retry" | "dismiss") => void
}

/** What a member's machine holds, hears and orders. Handles only: no key, no clock, no chance lives here. */

import type { CallId, Entry, Epoch, Knock, MemberEnvelope, MemberId, ProblemCode, RoomId, ServerEnvelope } from "@conclave/wire"
import type {
  CommitBundle,
  Change,
  GroupFact,
  GroupOrder,
  GroupView,
  Leaf,
  MediaState,
  OutgoingMessage,
  Person,
  PolicyEdit,
  PolicyView,
  RemoveReason,
  RoomChange,
} from "./engine-port.ts"

/** Milliseconds of a clock that never goes back. It may leap ahead: machines sleep. */
export type Millis = number

/** What happened, and when. `chance` is 32 fresh random bytes: a call id and a member id come out of them. */
export type Input = Fact & { readonly at: Millis }

export type Fact =
  /** `wallAhead`: what to add to `at` for ms since 1970; for links that expire. */
  | {
      readonly type: "join-asked"
      readonly room: RoomId
      readonly access: Uint8Array
      readonly media: MediaState
      readonly wallAhead?: number
    }
  /** The room has a new link (D4.15): what opens its door from now on. */
  | { readonly type: "access-changed"; readonly access: Uint8Array }
  | { readonly type: "leave-asked" }
  /** Heeded from a host, and from a co-host unless it is about a host (D4.13). */
  | { readonly type: "remove-asked"; readonly leaf: Leaf }
  /** A host or co-host lets somebody in who stands at the door. */
  | { readonly type: "admit-asked"; readonly members: readonly MemberId[] | "all" }
  | { readonly type: "refuse-asked"; readonly member: MemberId; readonly isBlocked: boolean }
  | { readonly type: "unblock-asked"; readonly device: string }
  | { readonly type: "policy-asked"; readonly edit: PolicyEdit }
  /** A person at the door typed a password; the key worker has it (D18). */
  | { readonly type: "password-given" }
  | { readonly type: "media-changed"; readonly media: MediaState }
  /** What holds for this member beside its media; told with every heartbeat, and at once (D34.10). */
  | { readonly type: "state-changed"; readonly state: string }
  /** Said to everybody, now or not at all (D34.11). */
  | { readonly type: "word-said"; readonly body: string }
  /** A host ends the call for everybody (D8.30). Heeded from hosts. */
  | { readonly type: "end-asked" }
  | { readonly type: "socket-opened"; readonly socket: number; readonly chance: Uint8Array }
  | { readonly type: "socket-closed"; readonly socket: number }
  | { readonly type: "envelope-received"; readonly socket: number; readonly envelope: ServerEnvelope }
  | { readonly type: "engine-answered"; readonly fact: GroupFact }
  /** The key worker or the frame worker died: the group and what was under way in it are lost. */
  | { readonly type: "engine-broken" }
  /** A person does not want to wait for the next try. */
  | { readonly type: "try-now" }
  | { readonly type: "clock" }

/** What the shell is to do, in this order. */
export type Output =
  /** Opens a socket and drops any other. Answered by `socket-opened` or `socket-closed` with the same number. */
  | { readonly do: "connect"; readonly socket: number }
  | { readonly do: "disconnect" }
  | { readonly do: "send"; readonly envelope: MemberEnvelope }
  /** One at a time; the next follows the answer. */
  | { readonly do: "engine"; readonly order: GroupOrder }
  /** Feed `clock` at this time. Replaces any earlier wake-up. */
  | { readonly do: "wake"; readonly at: Millis }
  /** Fetch a way to the SFU and connect there, dropping an earlier one. */
  | { readonly do: "use-media"; readonly call: CallId; readonly member: MemberId; readonly session: Uint8Array }
  /** D13: send nothing until `resume-media`, whatever the buttons say. */
  | { readonly do: "pause-media" }
  | { readonly do: "resume-media" }
  | { readonly do: "stop-media" }
  /** Tell the server of the new rules: `PATCH /api/rooms/<room>`, again until it answers (D3.10). */
  | { readonly do: "change-room"; readonly change: RoomChange }
  /** The room has a new link. A secret: put it into the address bar, nowhere else; answered by `access-changed` (D4.15). */
  | { readonly do: "use-link"; readonly link: string }
  /** A member of this name said something; it is for whoever reads words. */
  | { readonly do: "hear-word"; readonly from: MemberId; readonly epoch: Epoch; readonly body: string }

/** A turn of the machine. */
export type Turn = readonly [next: Session, ...outputs: Output[]]

export interface Session {
  readonly now: Millis
  /** Where this person wants to be; undefined once it has left. */
  readonly wish: { readonly room: RoomId; readonly access: Uint8Array } | undefined
  /** Which attempt at membership this is. Answers of the engine to an earlier one are dropped. */
  readonly life: number
  /** Lives that failed in a row. */
  readonly tries: number
  readonly engine: Engine
  readonly socket: Socket
  readonly stage: Stage
  readonly media: MediaState
  readonly state: string
  readonly wakeAt: Millis | undefined
  /** When the last long time ended in which nobody could reach us: asleep, or without a socket. */
  readonly outageEnd: Millis | undefined
  readonly wallAhead: number
  /** Waiting before a closed door for a host or for somebody's word, through any number of knocks. */
  readonly door: { readonly since: Millis; readonly for: "host" | "word"; readonly words: readonly string[] | undefined } | undefined
  /** D8.20: who was here and who is blocked, taken along when a call is founded anew. */
  readonly carried: Standing | undefined
  /** D8.26: changes of the rules that a person here asked for and that no commit holds yet. */
  readonly wanted: readonly Carried[]
  readonly notices: readonly Notice[]
  readonly noticed: number
}

/** The one order under way and those that wait. */
export interface Engine {
  readonly doing: { readonly order: GroupOrder["do"]; readonly life: number } | undefined
  readonly queue: readonly { readonly order: GroupOrder; readonly life: number }[]
}

/** `ready`: the server knows who we are on this socket. `drops`: tries that failed in a row. */
export interface Socket {
  readonly id: number
  readonly state: "closed" | "waiting" | "opening" | "open" | "ready"
  readonly retryAt: Millis
  readonly drops: number
  readonly chance: Uint8Array
  /** When it was opened, or last heard from. */
  readonly heardAt: Millis
  /** Since when nobody is reached. */
  readonly downSince: Millis | undefined
}

/** `until`: after this the step counts as failed and is tried anew. */
export type Stage =
  | { readonly phase: "idle" }
  | Arriving
  | Founding
  | Knocking
  | Joining
  | WaitingForHost
  | AskingPassword
  | In
  | { readonly phase: "leaving"; readonly call: CallId; readonly request: number | undefined; readonly until: Millis }
  | { readonly phase: "removed"; readonly by: Person | undefined; readonly why: Exclude<RemoveReason, "ended"> }
  | { readonly phase: "ended"; readonly reason: "left" }
  | { readonly phase: "ended"; readonly reason: "ended-by-host"; readonly by: Person | undefined }
  | { readonly phase: "failed"; readonly problem: ProblemCode }

/** D4.14: only a host may begin this call. The server says when somebody has (D4.16); we ask again now and then. */
export interface WaitingForHost {
  readonly phase: "waiting-for-host"
  readonly since: Millis
  readonly until: Millis
}

/** D18: a person is asked for the room's password; nothing else happens meanwhile. */
export interface AskingPassword {
  readonly phase: "asking-password"
  /** The last one was wrong. */
  readonly isWrong: boolean
}

/** Waiting for a socket, then for the room. */
export interface Arriving {
  readonly phase: "arriving"
  readonly until: Millis
}

export interface Founding {
  readonly phase: "founding"
  readonly call: CallId
  readonly member: MemberId
  readonly group: GroupView | undefined
  readonly self: Person | undefined
  readonly until: Millis
}

export interface Knocking {
  readonly phase: "knocking"
  readonly call: CallId
  readonly member: MemberId
  readonly session: Uint8Array | undefined
  readonly self: Person | undefined
  readonly since: Millis
  /** D17.30: a person decides. */
  readonly isWaiting: boolean
  readonly until: Millis
}

export interface Joining {
  readonly phase: "joining"
  readonly call: CallId
  readonly member: MemberId
  readonly session: Uint8Array
  readonly self: Person
  readonly appliedSeq: number
  readonly inbox: readonly Inbound[]
  readonly nextSeq: number
  readonly until: Millis
}

/** What came over the socket and waits for its turn, in the order of arrival. */
export type Inbound = Entry | Extract<ServerEnvelope, { type: "signal" }>

/** Another leaf, as we see it. */
export interface Peer {
  readonly leaf: Leaf
  readonly member: MemberId
  /** When it was last heard, or came. */
  readonly heardAt: Millis
  /** When it was heard again after a silence of two periods (D8.13). */
  readonly backAt: Millis | undefined
  readonly media: MediaState | undefined
  readonly state: string | undefined
  /** How many words of it are still heard, as of when (D34.13). */
  readonly words: { readonly left: number; readonly at: Millis }
  /** When it said goodbye. */
  readonly leavingAt: Millis | undefined
}

/** A knocker we were asked to add. */
export interface Candidate {
  readonly knock: Knock
  readonly at: Millis
  /** Undefined until the engine has read the knock. */
  readonly person: Person | undefined
  /** Since when this device knocks, and the names it knocked under before. */
  readonly since: Millis
  readonly earlier: readonly MemberId[]
  /** We told the server that a person must decide (D17.30). */
  readonly isDeferred: boolean
  /** The version of the password it began to prove (D18), how far that is, and since when our answer is out. */
  readonly password: number | undefined
  readonly proof: "none" | "answering" | "open" | "proved"
  readonly answeredAt: Millis | undefined
  /** What it said last, for the engine. */
  readonly box: Uint8Array | undefined
}

/** What this member knows of the call's past (D8.11, D8.12, D8.14). */
export interface Standing {
  /** We have it from who added us, or founded the call ourselves. */
  readonly isKnown: boolean
  /** Devices that are or were here and that no person removed. */
  readonly former: readonly string[]
  readonly blocked: readonly Blocked[]
  /** The link in force has let a newcomer in. */
  readonly isUsed: boolean
  /** Devices that did not prove the password in force, once for each guess (D18.7). */
  readonly guesses: readonly string[]
}

/** D8.14. `epoch`: a block that was told in this epoch counts against commits from the next on. */
export interface Blocked {
  readonly device: string
  readonly name: string | undefined
  readonly epoch: Epoch | undefined
}

/** A change of the rules somebody here asked for. `member`: whom it is about, whatever leaf that is by then. */
export interface Wanted {
  readonly edit: PolicyEdit
  readonly member: MemberId | undefined
  /** Commits of it that became void. */
  readonly tries: number
}

/** The same between two places in the call (D8.26): members have new names then, devices stay. */
export interface Carried {
  readonly edit: PolicyEdit
  readonly device: string | undefined
  readonly tries: number
}

/** Our own commit. It is never merged before the server has given it the epoch (D9). */
export type Pending =
  | { readonly stage: "building"; readonly change: Change }
  | { readonly stage: "sent"; readonly change: Change; readonly bundle: CommitBundle; readonly request: number; readonly at: Millis }
  | { readonly stage: "merging"; readonly change: Change; readonly seq: number }
  | { readonly stage: "clearing" }

export interface Outgoing {
  readonly message: OutgoingMessage
  /** Who is to hear it; everybody when absent. Not with `keep` (D17.33). */
  readonly to?: readonly MemberId[]
  readonly keep: boolean
}

export interface Ask {
  readonly from: MemberId
  readonly leaves: readonly Leaf[]
  readonly at: Millis
}

/** A member that is out. `person` is who it was, if we knew. */
export interface Gone {
  readonly member: MemberId
  readonly person: Person | undefined
  readonly how: "left" | "lost" | "removed" | "removed-by-organisation"
}

/** A change of which people have not been told yet. */
export interface News {
  readonly at: Millis
  readonly added: readonly MemberId[]
  readonly gone: readonly Gone[]
  readonly by: Person | undefined
}

/** Something that must never be hidden. Sending stops while it stands. */
export interface Alarm {
  readonly kind: "fork" | "split"
  readonly leaf: Leaf | undefined
  readonly at: Millis
}

export interface In {
  readonly phase: "in"
  readonly call: CallId
  readonly member: MemberId
  readonly session: Uint8Array
  readonly self: Person
  readonly group: GroupView
  /** Transcripts of this and earlier epochs, newest first (D13). */
  readonly past: readonly { readonly epoch: Epoch; readonly transcript: string }[]
  readonly people: readonly Person[]
  /** All leaves but our own. */
  readonly peers: readonly Peer[]
  readonly since: Millis
  readonly inbox: readonly Inbound[]
  readonly nextSeq: number
  /** The last commit we applied, or joined by. */
  readonly appliedSeq: number
  readonly verdict: { readonly seq: number; readonly applied: boolean } | undefined
  /** A commit we could not apply; the server decides what becomes of it (D9). */
  readonly refusal: { readonly seq: number; readonly at: Millis } | undefined
  readonly news: readonly News[]
  readonly candidates: readonly Candidate[]
  readonly standing: Standing
  /** What the engine was told of it. */
  readonly told: Extract<GroupOrder, { do: "set-standing" }> | undefined
  /** The leaf that added us, until it has told us the standing. */
  readonly addedBy: Leaf | undefined
  /** Devices a person here let in. */
  readonly admitted: readonly { readonly device: string; readonly at: Millis }[]
  readonly edits: readonly Wanted[]
  /** The last change of the rules that we merged: it may become void still. */
  readonly lastEdit: { readonly wanted: Wanted; readonly seq: number } | undefined
  /** Members a person here wants removed. */
  readonly unwanted: readonly MemberId[]
  /** Members the organisation wants removed, and since when we know (D14.6). We may be one. */
  readonly askedOut: ReadonlyMap<MemberId, Millis>
  /** What the server is to keep of rules we changed, and when it is told (D3.10.3). */
  readonly roomChange: { readonly change: RoomChange; readonly due: Millis } | undefined
  /** D8.30: this host is ending the call for everybody. */
  readonly isEnding: boolean
  readonly pending: Pending | undefined
  /** After a reconnect our commit goes out again, once the log is read up to here without it. */
  readonly resendAfter: number | undefined
  readonly outbox: readonly Outgoing[]
  /** The message the engine seals now. */
  readonly sealing: Outgoing | undefined
  /** Kept messages the server has not confirmed. */
  readonly unconfirmed: readonly (Outgoing & { readonly request: number })[]
  readonly requests: number
  /** Since when we can hear others: silence before it counts for nobody (D14). */
  readonly readyAt: Millis
  readonly beatAt: Millis
  readonly healAt: Millis
  readonly holdUntil: Millis
  readonly commitAt: Millis
  readonly askAt: Millis | undefined
  readonly asks: readonly Ask[]
  /** Messages of our epoch, or a later one, that did not open since all peers were last heard. */
  readonly unread: number
  /** When the last of them came. */
  readonly unreadAt: Millis
  readonly alarm: Alarm | undefined
  readonly isPaused: boolean
  readonly failures: number
}

/** What people should be told once. */
export type Notice = { readonly number: number; readonly at: Millis } & (
  | {
      readonly kind: "came" | "left" | "lost" | "returned" | "removed-by-organisation"
      readonly member: MemberId
      readonly person: Person | undefined
    }
  | { readonly kind: "removed"; readonly member: MemberId; readonly person: Person | undefined; readonly by: Person | undefined }
  | { readonly kind: "keys"; readonly epoch: Epoch }
  /** The rules changed: these of their fields. */
  | { readonly kind: "policy"; readonly what: readonly (keyof PolicyView)[]; readonly by: Person | undefined }
  /** Somebody tried what the rules forbid; all refused it (D8.10-D8.13). */
  | { readonly kind: "refused-commit"; readonly by: Person | undefined; readonly rule: string | undefined }
  /** D18.7: five wrong passwords; newcomers need a host from here on. For hosts. */
  | { readonly kind: "guesses" }
  /** D8.26: a change of the rules that a person here asked for could not be made. */
  | { readonly kind: "edit-lost" }
  | { readonly kind: "founded-anew"; readonly reason: "split" | "empty" | "alone" | "rolled-back" }
)

/** A session in the call. */
export type Seated = Session & { readonly stage: In }

export const isSeated = (session: Session): session is Seated => session.stage.phase === "in"

export const nothingSent: MediaState = { microphone: false, camera: false, screen: false }

/** A machine that nobody has asked for anything. */
export const idle: Session = {
  now: 0,
  wish: undefined,
  life: 0,
  tries: 0,
  engine: { doing: undefined, queue: [] },
  socket: { id: 0, state: "closed", retryAt: 0, drops: 0, chance: new Uint8Array(), heardAt: 0, downSince: undefined },
  stage: { phase: "idle" },
  media: nothingSent,
  state: "",
  wakeAt: undefined,
  outageEnd: undefined,
  wallAhead: 0,
  door: undefined,
  carried: undefined,
  wanted: [],
  notices: [],
  noticed: 0,
}

/** The same session at another stage. */
export const at = (session: Session, stage: Stage): Session => ({ ...session, stage })

/** The same call with some of its fields changed. */
export const put = (session: Seated, change: Partial<In>): Seated => ({ ...session, stage: { ...session.stage, ...change } })

/** Goes on from a turn. (A module that exports a `then` would be taken for a promise when imported dynamically.) */
export function andThen(turn: Turn, go: (session: Session) => Turn): Turn {
  const [session, ...outputs] = turn
  const [next, ...more] = go(session)
  return [next, ...outputs, ...more]
}

/** Goes on from a turn while still in the call. */
export const andThenIn = (turn: Turn, go: (session: Seated) => Turn): Turn =>
  andThen(turn, (session) => (isSeated(session) ? go(session) : [session]))

/** Adds a notice; the newest thirty are kept. */
export function notify(session: Session, notice: NewNotice): Session {
  const number = session.noticed + 1
  const entry = { ...notice, number, at: session.now } as Notice
  return { ...session, noticed: number, notices: [...session.notices, entry].slice(-30) }
}

type WithoutStamp<T> = T extends Notice ? Omit<T, "number" | "at"> : never
export type NewNotice = WithoutStamp<Notice>

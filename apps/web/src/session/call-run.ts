/** Carries out what the call machine orders: socket, key worker, frame worker, SFU. Decides nothing itself. */

import {
  callMachine,
  callViewOf,
  run,
  type CallView,
  type Fact,
  type GroupOrder,
  type Input,
  type MediaState,
  type MemberView,
  type Output,
  type PolicyView,
  type Role,
  type Session,
} from "@conclave/call"
import { printState, type Opening } from "@conclave/collab"
import { deriveAccess, parseFragment } from "@conclave/crypto/room"
import { paths, toBase64url, type MemberId, type RoomId } from "@conclave/wire"
import { Frames } from "../adapters/frames.ts"
import { Keys } from "../adapters/keys.ts"
import { onNetwork } from "../adapters/network.ts"
import { openSocket, type Socket } from "../adapters/socket.ts"
import type { Counts, MediaKind } from "../frame-worker/messages.ts"
import { keptRevocations } from "./own-revocations.ts"
import { claimed, nothingReceived, receiverOf, maySend, settled, type Received } from "./received-media.ts"
import type { KeyFailure, Opening as RoomOpening, RulesAtDoor } from "../key-worker/messages.ts"
import type { StateView } from "../view/state.ts"
import { RoomChanges } from "./room-change.ts"
import { Fetching } from "./fetching.ts"
import { firstState } from "./own-state.ts"
import { SfuRun } from "./sfu-run.ts"
import type { OnScreen, Other, Want, Wants } from "./wants.ts"
import type { Reading } from "../adapters/sfu/link-stats.ts"
import type { LinkState } from "../adapters/sfu/media-link.ts"

/** What a call needs to begin. `opening` may hold the link secret; it goes to the key worker and nowhere else. */
export interface CallStart {
  readonly room: RoomId
  readonly opening: RoomOpening
  readonly access: Uint8Array
  readonly name: string
  /** An organisation's word for this person, or the server's for its account, if there is one (D19, D39.37). */
  readonly token: string | undefined
  readonly media: MediaState
}

export interface CallEvents {
  /** Anything a view shows has changed. */
  changed(): void
  /** No machine can get over this: the run is over. */
  failed(state: StateView): void
  /** The room has a new link; `fragment` holds its secret (D4.15). */
  linkChanged(fragment: string): void
  /** A member said something (D34.11): for the gathering. */
  wordHeard?(from: MemberId, body: string): void
}

const keyTroubles: Record<KeyFailure, StateView> = {
  "unsupported-browser": { kind: "unsupported", missing: "x25519-or-ed25519" },
  "wrong-module": { kind: "engine-broken" },
  "cut-link": { kind: "cut-link" },
  internal: { kind: "engine-broken" },
}

const noCounts: Counts = { type: "counts", sent: 0, received: 0, refused: {}, outsideWindow: 0 }

export class CallRun {
  readonly #feed: (input: Input) => void
  readonly #start: CallStart
  readonly #events: CallEvents
  readonly #roomChanges = new RoomChanges()
  readonly #tracks = new Map<MediaKind, MediaStreamTrack>()
  #session = callMachine.start
  #socket: Socket | undefined
  #sealing: { keys: Keys; frames: Frames } | undefined
  #sfu: SfuRun | undefined
  #opening: Opening = "unknown"
  #received: Received = nothingReceived
  #wants: Wants = new Map()
  readonly #fetching = new Fetching((wants) => {
    this.#wants = wants
    this.#sfu?.fetch(wants)
  })
  #counts = noCounts
  readonly #forgetNetwork = onNetwork({
    changed: () => {
      this.#networkChanged()
    },
  })
  #isPaused = false
  #isAway = false
  #timer: ReturnType<typeof setTimeout> | undefined
  #isClosed = false
  /** What the room's rules let this device send (D4.13); nothing is known of them before it is in. */
  #rights: { readonly role: Role; readonly share: PolicyView["share"] } | undefined
  #way: RoomOpening
  #rulesAtDoor: RulesAtDoor | undefined

  constructor(start: CallStart, events: CallEvents) {
    this.#start = start
    this.#way = start.opening
    this.#events = events
    const feed = run<Session, Input, Output>(callMachine, {
      perform: (output) => {
        this.#perform(output)
      },
      witness: (_, __, session) => {
        this.#session = session
        this.#settle()
        this.#events.changed()
      },
    })
    this.#feed = feed
    const wallAhead = Date.now() - performance.now()
    this.#say({ type: "join-asked", room: start.room, access: start.access, media: start.media, wallAhead })
    this.#say({ type: "state-changed", state: printState(firstState()) })
  }

  view(): CallView {
    return callViewOf(this.#session)
  }

  /** What the room's policy said when this device came to its door; undefined before it was read. */
  rulesAtDoor(): RulesAtDoor | undefined {
    return this.#rulesAtDoor
  }

  counts(): Counts {
    return this.#counts
  }

  sfuState(): LinkState {
    return this.#sfu?.state ?? "connecting"
  }

  /** The connection's numbers now; undefined: there is none. */
  readLink(): Promise<Reading | undefined> {
    return this.#sfu?.read() ?? Promise.resolve(undefined)
  }

  /** What is fetched of a member now. */
  wantOf(member: MemberId): Want | undefined {
    return this.#wants.get(member)
  }

  /** The track to show or play for a member's medium, if its frames opened under that member's key. */
  trackOf(member: MemberId, kind: MediaKind): MediaStreamTrack | undefined {
    return this.receiverOf(member, kind)?.track
  }

  receiverOf(member: MemberId, kind: MediaKind): RTCRtpReceiver | undefined {
    const receiver = receiverOf(this.#received, member, kind)
    return receiver === undefined ? undefined : this.#sealing?.frames.receiverOf(receiver)
  }

  /** What of the others stands on the screen, and how large: nothing else is fetched (D23.10). */
  show(shown: readonly OnScreen[]): void {
    this.#fetching.look({ shown })
  }

  /** Who said last that it speaks, newest first: of many, only they are heard (D23.12). */
  heedSpeakers(speakers: readonly MemberId[]): void {
    this.#fetching.look({ speakers })
  }

  /** What the others say that they open (D22.8). */
  heedCodecs(vp9: Opening): void {
    this.#opening = vp9
    this.#sfu?.heedCodecs(vp9)
  }

  /** D23.14: only sound is fetched and sent. */
  get isAudioOnly(): boolean {
    return this.#fetching.isAudioOnly
  }

  setAudioOnly(isAudioOnly: boolean): void {
    this.#fetching.look({ isAudioOnly })
    for (const kind of this.#tracks.keys()) this.#sendMedia(kind)
    this.#events.changed()
  }

  /** What is sent from now on: the track, or nothing. */
  setTrack(kind: MediaKind, track: MediaStreamTrack | undefined): void {
    if (track === undefined) this.#tracks.delete(kind)
    else this.#tracks.set(kind, track)
    this.#sendMedia(kind)
  }

  /** Tells the others, in a signed message, what we send. */
  mediaChanged(media: MediaState): void {
    this.#say({ type: "media-changed", media })
  }

  /** What a person asked for at the door, of people or of rules. */
  ask(fact: Fact): void {
    this.#say(fact)
  }

  /** For the key worker: the machine hears that there is one, never which (D18). */
  givePassword(text: string, of: "door" | "room"): void {
    this.#startedSealing().keys.password(text, of)
  }

  leave(): void {
    this.#say({ type: "leave-asked" })
  }

  /** D26.33: another network, or one again. The socket too leads through the one that is gone, and is made anew. */
  #networkChanged(): void {
    this.#sfu?.tryNow()
    this.#socket?.drop()
    this.#say({ type: "try-now" })
  }

  /** Tries at once instead of waiting for the next try. */
  tryNow(): void {
    this.#say({ type: "try-now" })
  }

  /** The page goes away: no goodbye to the group (it may be a reload, D11), a hint to the server for the last one out. */
  close(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    clearTimeout(this.#timer)
    this.#socket?.send({ type: "bye" })
    this.#socket?.close()
    this.#roomChanges.close()
    this.#fetching.close()
    this.#forgetNetwork()
    this.#dropSfu()
    this.#dropSealing()
  }

  #say(fact: Fact): void {
    if (!this.#isClosed) this.#feed({ ...fact, at: performance.now() })
  }

  #perform(output: Output): void {
    switch (output.do) {
      case "connect":
        this.#connect(output.socket)
        return
      case "disconnect":
        this.#socket?.close()
        this.#socket = undefined
        return
      case "send":
        this.#socket?.send(output.envelope)
        return
      case "engine":
        this.#order(output.order)
        return
      case "wake":
        clearTimeout(this.#timer)
        this.#timer = setTimeout(
          () => {
            this.#say({ type: "clock" })
          },
          // Browsers cut a timer to whole milliseconds; late by a part of one is better than early.
          Math.ceil(Math.max(0, output.at - performance.now())),
        )
        return
      case "use-media":
        this.#useMedia(output)
        return
      case "pause-media":
      case "resume-media":
        this.#isPaused = output.do === "pause-media"
        for (const kind of this.#tracks.keys()) this.#sendMedia(kind)
        return
      case "change-room":
        this.#roomChanges.send(output.change)
        return
      case "use-link":
        void this.#useLink(output.link)
        return
      case "hear-word":
        this.#events.wordHeard?.(output.from, output.body)
        return
      case "stop-media":
        this.#dropSfu()
    }
  }

  #connect(socket: number): void {
    this.#socket?.close()
    this.#socket = openSocket({
      opened: () => {
        this.#say({ type: "socket-opened", socket, chance: crypto.getRandomValues(new Uint8Array(32)) })
      },
      received: (envelope) => {
        // The signed policy is for the key worker to open and check (D4).
        if (envelope.type === "room") this.#startedSealing().keys.shelf(envelope.shelf)
        this.#say({ type: "envelope-received", socket, envelope })
      },
      closed: () => {
        this.#say({ type: "socket-closed", socket })
      },
    })
  }

  #order(order: GroupOrder): void {
    this.#startedSealing().keys.order(order)
  }

  #startedSealing(): { keys: Keys; frames: Frames } {
    return (this.#sealing ??= this.#startSealing())
  }

  /** Key worker and frame worker come and go together: the port between them is theirs alone. */
  #startSealing(): { keys: Keys; frames: Frames } {
    const { port1, port2 } = new MessageChannel()
    const frames = new Frames(port1, {
      ownerClaimed: (receiver, claim) => {
        this.#received = claimed(this.#received, receiver, claim)
        this.#settle()
        this.#events.changed()
      },
      countsChanged: (counts) => {
        this.#counts = counts
        this.#events.changed()
      },
      died: () => {
        this.#broken()
      },
    })
    const { room, name, token } = this.#start
    const keys = new Keys(
      { room, opening: this.#way, name, token, revocations: keptRevocations().map(({ text }) => text), frames: port2 },
      {
        answered: (fact) => {
          this.#say({ type: "engine-answered", fact })
        },
        failed: (code) => {
          this.#fail(keyTroubles[code])
        },
        rulesRead: (rules) => {
          this.#rulesAtDoor = rules
        },
        passwordTaken: (of) => {
          this.#say(of === "door" ? { type: "password-given" } : { type: "policy-asked", edit: { set: "password", to: true } })
        },
        shelfRefused: () => {
          this.#fail({ kind: "wrong-link" })
        },
        died: () => {
          this.#broken()
        },
      },
    )
    return { keys, frames }
  }

  /** D4.15: into the address bar, and whoever reconnects shows the server the newest link's access. */
  async #useLink(fragment: string): Promise<void> {
    // D39.34: no other kind of room has a link to replace.
    if (this.#way.kind !== "link") return
    this.#way = { kind: "link", fragment }
    this.#events.linkChanged(fragment)
    const parts = parseFragment(fragment)
    if (parts === undefined) return
    this.#say({ type: "access-changed", access: await deriveAccess(parts.secret, this.#start.room) })
    parts.secret.wipe()
  }

  /** A worker died under us. The machine hears it as the failure of what it waits for, and rejoins with new workers. */
  #broken(): void {
    if (this.#sealing === undefined) return
    this.#dropSfu()
    this.#dropSealing()
    this.#say({ type: "engine-broken" })
  }

  #fail(state: StateView): void {
    this.close()
    this.#events.failed(state)
  }

  #useMedia({ member, call, session }: Extract<Output, { do: "use-media" }>): void {
    this.#dropSfu()
    const { frames } = this.#startedSealing()
    const request = { path: paths.sfu(member), body: JSON.stringify({ call, member, session: toBase64url(session) }) }
    this.#sfu = new SfuRun(request, frames, () => {
      this.#events.changed()
    })
    this.#sfu.fetch(this.#wants)
    this.#sfu.heedCodecs(this.#opening)
    for (const kind of this.#tracks.keys()) this.#sendMedia(kind)
  }

  #sendMedia(kind: MediaKind): void {
    const { role, share } = this.#rights ?? { role: "listener", share: "hosts" }
    const isUnwanted = this.isAudioOnly && (kind === "camera" || kind === "screen")
    this.#sfu?.send(kind, this.#isPaused || isUnwanted || !maySend(role, kind, share) ? undefined : this.#tracks.get(kind))
  }

  /** Lets frames through for everybody the roster knows by now (D23). */
  #settle(): void {
    const view = callViewOf(this.#session)
    if (!("members" in view)) return
    const [received, accepted] = settled(this.#received, { epoch: view.epoch, members: view.members, share: view.policy.share })
    this.#received = received
    this.#heedRights({ role: view.role, share: view.policy.share })
    this.#fetching.look({ others: view.members.flatMap(otherOf) })
    if (this.#isAway && view.phase === "in") this.#sfu?.serverBack()
    this.#isAway = view.phase === "reconnecting"
    for (const { receiver, claim } of accepted) this.#sealing?.frames.acceptOwner(receiver, claim)
  }

  #heedRights(rights: { readonly role: Role; readonly share: PolicyView["share"] }): void {
    if (this.#rights?.role === rights.role && this.#rights.share === rights.share) return
    this.#rights = rights
    for (const kind of this.#tracks.keys()) this.#sendMedia(kind)
  }

  #dropSfu(): void {
    this.#sfu?.close()
    this.#sfu = undefined
    this.#received = nothingReceived
  }

  #dropSealing(): void {
    this.#sealing?.keys.stop()
    this.#sealing?.frames.stop()
    this.#sealing = undefined
  }
}

/** By its own signed word; before its first one a member counts as one that may speak and shows nothing. */
const otherOf = ({ member, isSelf, media, role }: MemberView): Other[] =>
  isSelf ? [] : [{ member, isMuted: media?.microphone === false || role === "listener", showsScreen: media?.screen === true }]

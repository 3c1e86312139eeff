/** Carries out what the call machine orders: socket, key worker, frame worker, SFU. Decides nothing itself. */

import {
  callMachine,
  callViewOf,
  run,
  type CallView,
  type Fact,
  type GroupOrder,
  type InView,
  type Input,
  type MediaState,
  type Output,
  type Session,
} from "@conclave/call"
import { paths, toBase64url, type MemberId, type RoomId } from "@conclave/wire"
import { Frames } from "../adapters/frames.ts"
import { Keys } from "../adapters/keys.ts"
import { openSocket, type Socket } from "../adapters/socket.ts"
import type { Counts, MediaKind } from "../frame-worker/messages.ts"
import { claimed, nothingReceived, receiverOf, settled, type Received, type Roster } from "./received-media.ts"
import type { KeyFailure } from "../key-worker/messages.ts"
import type { StateView } from "../view/state.ts"
import { SfuRun } from "./sfu-run.ts"
import type { LinkState } from "../adapters/sfu/media-link.ts"

/** What a call needs to begin. `fragment` holds the link secret; it goes to the key worker and nowhere else. */
export interface CallStart {
  readonly room: RoomId
  readonly fragment: string
  readonly access: Uint8Array
  readonly name: string
  readonly media: MediaState
}

export interface CallEvents {
  /** Anything a view shows has changed. */
  changed(): void
  /** No machine can get over this: the run is over. */
  failed(state: StateView): void
}

const keyTroubles: Record<KeyFailure, StateView> = {
  "unsupported-browser": { kind: "unsupported", missing: "x25519-or-ed25519" },
  "wrong-module": { kind: "engine-broken" },
  "cut-link": { kind: "cut-link" },
  internal: { kind: "engine-broken" },
}

const noCounts: Counts = { type: "counts", sent: 0, received: 0, refused: {}, outsideWindow: 0 }

/** Everyone may send everything until the machine says what the policy says. */
const rosterOf = ({ epoch, members }: InView): Roster => ({
  epoch,
  members: members.map(({ leaf, member }) => ({ leaf, member, role: "member" })),
  share: "everyone",
})

export class CallRun {
  readonly #feed: (input: Input) => void
  readonly #start: CallStart
  readonly #events: CallEvents
  readonly #tracks = new Map<MediaKind, MediaStreamTrack>()
  #session = callMachine.start
  #socket: Socket | undefined
  #sealing: { keys: Keys; frames: Frames } | undefined
  #sfu: SfuRun | undefined
  #received: Received = nothingReceived
  #counts = noCounts
  #isPaused = false
  #isAway = false
  #timer: ReturnType<typeof setTimeout> | undefined
  #isClosed = false

  constructor(start: CallStart, events: CallEvents) {
    this.#start = start
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
    this.#say({ type: "join-asked", room: start.room, access: start.access, media: start.media })
  }

  view(): CallView {
    return callViewOf(this.#session)
  }

  counts(): Counts {
    return this.#counts
  }

  sfuState(): LinkState {
    return this.#sfu?.state ?? "connecting"
  }

  /** The track to show or play for a member's medium, if its frames opened under that member's key. */
  trackOf(member: MemberId, kind: MediaKind): MediaStreamTrack | undefined {
    return this.receiverOf(member, kind)?.track
  }

  receiverOf(member: MemberId, kind: MediaKind): RTCRtpReceiver | undefined {
    const receiver = receiverOf(this.#received, member, kind)
    return receiver === undefined ? undefined : this.#sealing?.frames.receiverOf(receiver)
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

  remove(member: MemberId): void {
    const view = this.view()
    const entry = "members" in view ? view.members.find((each) => each.member === member) : undefined
    if (entry !== undefined) this.#say({ type: "remove-asked", leaf: entry.leaf })
  }

  leave(): void {
    this.#say({ type: "leave-asked" })
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
    const { room, fragment, name } = this.#start
    const keys = new Keys(
      { room, fragment, name, frames: port2 },
      {
        answered: (fact) => {
          this.#say({ type: "engine-answered", fact })
        },
        failed: (code) => {
          this.#fail(keyTroubles[code])
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
    for (const kind of this.#tracks.keys()) this.#sendMedia(kind)
  }

  #sendMedia(kind: MediaKind): void {
    this.#sfu?.send(kind, this.#isPaused ? undefined : this.#tracks.get(kind))
  }

  /** Lets frames through for everybody the roster knows by now (D23). */
  #settle(): void {
    const view = callViewOf(this.#session)
    if (!("members" in view)) return
    const [received, accepted] = settled(this.#received, rosterOf(view))
    this.#received = received
    this.#sfu?.setOthers(view.members.length - 1)
    if (this.#isAway && view.phase === "in") this.#sfu?.serverBack()
    this.#isAway = view.phase === "reconnecting"
    for (const { receiver, claim } of accepted) this.#sealing?.frames.acceptOwner(receiver, claim)
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

/** A person's page in miniature: machine, engine, socket and clock. It can sleep, reload and lose its network. */

import {
  callMachine,
  callViewOf,
  idle,
  run,
  traceLine,
  type Fact,
  type GroupFact,
  type GroupOrder,
  type Input,
  type MediaState,
  type Output,
  type Person,
  type RoomChange,
  type Session,
} from "@conclave/call"
import type { MemberEnvelope, RoomId, ServerEnvelope } from "@conclave/wire"
import type { Chance } from "./chance.ts"
import { deepFreeze } from "./freeze.ts"
import type { ModelLink } from "./model-link.ts"
import type { End, Wire } from "./sim-network.ts"
import type { Timeline } from "./timeline.ts"

/** The engine port, as the simulation drives it. */
export interface SimEngine {
  perform(order: GroupOrder): GroupFact | Promise<GroupFact>
  /** What the server keeps for the room, as `room` envelopes bring it. */
  shelf?(bytes: Uint8Array): void
  /** A password that a person typed at the door, or chose for the room (D18). */
  password?(text: string, of: "door" | "room"): void
}

export interface SimMemberParts {
  readonly name: string
  readonly time: Timeline
  readonly chance: Chance
  readonly room: RoomId
  /** The link this person has at first. */
  readonly link: ModelLink
  /** Reads a new link. */
  readonly linkOf: (text: string) => ModelLink | Promise<ModelLink>
  /** A new engine for each page load. */
  readonly engine: (link: ModelLink) => SimEngine
  /** Tells the server of new rules; false when it cannot be reached. */
  readonly changeRoom: (change: RoomChange) => boolean
  /** Undefined when there is no way to the server. */
  readonly dial: (end: End<ServerEnvelope>) => Wire | undefined
  /** Longest an order takes, ms. */
  readonly engineTime: number
  /** Hears of every click that lets somebody in. */
  readonly admitted?: (by: string, person: Person) => void
  /** What the engines' clock is ahead of the simulation's. */
  readonly wallAhead: number
  readonly witness?: (member: SimMember, input: Input, outputs: readonly Output[]) => void
}

export class SimMember {
  readonly name: string
  session: Session = idle
  media: MediaState
  isPaused = false
  /** How long the page waits before it tells the server of new rules, and whether they hold (D3.10.3). Most stories do not wait. */
  settling = 0
  wantsIn = false
  isAsleep = false
  /** Until when the network cannot be reached. */
  offlineUntil = 0
  /** The link in the address bar. */
  link: ModelLink
  readonly trace: string[] = []
  /** What it was handed of what others said. */
  readonly words: Extract<Output, { do: "hear-word" }>[] = []
  keepsTrace = false
  private readonly parts: SimMemberParts
  private feed: (input: Input) => void
  private engine: SimEngine
  private wire: Wire | undefined
  private page = 0
  private cancelWake: () => void = () => undefined
  private heldBack: Fact[] = []

  constructor(parts: SimMemberParts) {
    this.parts = parts
    this.name = parts.name
    this.link = parts.link
    this.engine = parts.engine(this.link)
    this.feed = this.load()
    this.media = { microphone: parts.chance.happens(0.8), camera: parts.chance.happens(0.5), screen: false }
  }

  join(): void {
    this.wantsIn = true
    this.say({ type: "join-asked", room: this.parts.room, access: this.link.access, media: this.media, wallAhead: this.parts.wallAhead })
  }

  leave(): void {
    this.wantsIn = false
    this.say({ type: "leave-asked" })
  }

  /** Says something to the server that no machine would. */
  utter(envelope: MemberEnvelope): void {
    this.wire?.toServer(envelope)
  }

  /** Types a password where it is asked for. */
  typePassword(text: string): void {
    this.engine.password?.(text, "door")
    this.say({ type: "password-given" })
  }

  /** A host chooses the room's password. */
  choosePassword(text: string): void {
    this.engine.password?.(text, "room")
    this.say({ type: "policy-asked", edit: { set: "password", to: true } })
  }

  /** A host lets everybody in whom it sees at its door. */
  admitAll(): void {
    const view = callViewOf(this.session)
    if (view.phase !== "in") return
    for (const { person } of view.atDoor) this.parts.admitted?.(this.name, person)
    this.say({ type: "admit-asked", members: view.atDoor.map(({ member }) => member) })
  }

  say(fact: Fact): void {
    if (this.isAsleep) this.heldBack.push(fact)
    else this.feed({ ...fact, at: this.parts.time.now })
  }

  /** Nothing happens here for a while; then all at once, and the clock has leapt. */
  sleep(ms: number): void {
    if (this.isAsleep) return
    this.isAsleep = true
    const page = this.page
    this.parts.time.plan(ms, () => {
      if (page === this.page) this.awake()
    })
  }

  /** The page is gone with everything in it, and opened anew after `ms`. */
  reload(ms: number): void {
    this.page++
    this.wire?.close("member")
    this.wire = undefined
    this.cancelWake()
    this.isAsleep = false
    this.heldBack = []
    this.session = idle
    this.isPaused = false
    this.engine = this.parts.engine(this.link)
    this.feed = this.load()
    const { page } = this
    this.parts.time.plan(ms, () => {
      if (this.wantsIn && page === this.page) this.join()
    })
  }

  /** Somebody sent this person the newest link; the page is opened with it. */
  take(link: ModelLink): void {
    if (link.version <= this.link.version) return
    this.link = link
    this.reload(100)
  }

  dropSocket(): void {
    this.wire?.drop()
  }

  private load(): (input: Input) => void {
    const page = this.page
    const here = (): boolean => page === this.page
    return run(callMachine, {
      perform: (output) => {
        if (here()) this.perform(output, here)
      },
      witness: (input, outputs, state) => {
        this.session = deepFreeze(state)
        if (this.keepsTrace) this.trace.push(traceLine(input, outputs))
        this.parts.witness?.(this, input, outputs)
      },
    })
  }

  private awake(): void {
    this.isAsleep = false
    const held = this.heldBack
    this.heldBack = []
    for (const fact of held) this.say(fact)
  }

  private perform(output: Output, here: () => boolean): void {
    const { time } = this.parts
    switch (output.do) {
      case "connect":
        return this.connect(output.socket, here)
      case "disconnect":
        this.wire?.close("member")
        this.wire = undefined
        return
      case "send":
        this.wire?.toServer(output.envelope)
        return
      case "engine":
        return this.order(output.order, here)
      case "wake":
        this.cancelWake()
        this.cancelWake = time.plan(output.at - time.now, () => {
          if (here()) this.say({ type: "clock" })
        })
        return
      case "pause-media":
      case "resume-media":
        this.isPaused = output.do === "pause-media"
        return
      case "change-room":
        return this.changeRoom(output.change)
      case "hear-word":
        this.words.push(output)
        return
      case "use-link":
        return this.use(output.link, here)
      default:
    }
  }

  private use(text: string, here: () => boolean): void {
    const { time, linkOf } = this.parts
    time.plan(0, async () => {
      this.link = await linkOf(text)
      if (here()) this.say({ type: "access-changed", access: this.link.access })
    })
  }

  /** Again and again until the server has heard it, even when the page it came from is gone from the call. */
  private changeRoom(change: RoomChange): void {
    const { time, chance } = this.parts
    const { life } = this.session
    time.plan(this.settling + chance.between(5, 120), () => {
      if (this.settling > 0 && life !== this.session.life) return
      const isHeard = time.now >= this.offlineUntil && this.parts.changeRoom(change)
      if (!isHeard) time.plan(1_000, () => this.changeRoom(change))
    })
  }

  private connect(socket: number, here: () => boolean): void {
    const { time, chance, dial } = this.parts
    this.wire?.close("member")
    this.wire = undefined
    const tell = (fact: Fact): void => {
      if (here()) this.say(fact)
    }
    time.plan(chance.between(5, 120), () => {
      if (!here()) return
      const isReachable = time.now >= this.offlineUntil
      const wire = isReachable
        ? dial({
            heard: (envelope) => {
              if (envelope.type === "room" && here() && !this.isAsleep) this.engine.shelf?.(envelope.shelf)
              tell({ type: "envelope-received", socket, envelope })
            },
            closed: () => tell({ type: "socket-closed", socket }),
          })
        : undefined
      if (wire === undefined) return tell({ type: "socket-closed", socket })
      this.wire?.close("member")
      this.wire = wire
      tell({ type: "socket-opened", socket, chance: chance.bytes(32) })
    })
  }

  private order(order: GroupOrder, here: () => boolean): void {
    const { time, chance, engineTime } = this.parts
    time.plan(chance.between(0, engineTime), () => {
      if (!here()) return undefined
      const answer = this.engine.perform(order)
      const tell = (fact: GroupFact): void => {
        if (here()) this.say({ type: "engine-answered", fact })
      }
      return answer instanceof Promise ? answer.then(tell) : tell(answer)
    })
  }
}

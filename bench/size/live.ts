/** A live member without network and screen: call machine and group keeper. What it does is begun and timed by its house alone. */

import { callMachine, idle, type Fact, type GroupFact, type GroupOrder, type Output, type Session } from "@conclave/call"
import type { GroupKeeper } from "@conclave/crypto/mls"
import type { Wire } from "@conclave/testkit"
import { parseServerEnvelope, type MemberEnvelope, type RoomId, type ServerEnvelope } from "@conclave/wire"

/** What a live member needs of its house. */
export interface Surroundings {
  now(): number
  /** A new wire to the server; `hear` gets each envelope as text. */
  dial(hear: (text: string) => void): Wire
  readonly room: RoomId
  readonly access: Uint8Array
}

type In = Extract<Session["stage"], { phase: "in" }>

export class LiveMember {
  session: Session = idle
  /** Processor time since somebody last set it to 0, ms. */
  spent = 0
  /** Bytes of commits and messages it sent since then, and of the largest one. */
  sent = 0
  largest = 0
  readonly #keeper: GroupKeeper
  readonly #around: Surroundings
  #wire: Wire | undefined
  #wakeAt = Infinity
  readonly #inbox: string[] = []
  readonly #orders: GroupOrder[] = []
  readonly #facts: Fact[] = []
  readonly #outbox: MemberEnvelope[] = []

  constructor(keeper: GroupKeeper, around: Surroundings) {
    this.#keeper = keeper
    this.#around = around
  }

  get seat(): In | undefined {
    return this.session.stage.phase === "in" ? this.session.stage : undefined
  }

  join(): void {
    const { room, access } = this.#around
    this.tell({ type: "join-asked", room, access, media: { microphone: true, camera: true, screen: false } })
  }

  tell(fact: Fact): void {
    this.#facts.push(fact)
  }

  /** Makes one of its times due now: no simulation of minutes is needed to see it heal or say that it is there. */
  hasten(time: "healAt" | "beatAt"): void {
    if (this.seat === undefined) throw new Error("bug: it is not in the call")
    // A second must lie between two commits of a call (D12); none has passed here.
    this.session = { ...this.session, stage: { ...this.seat, [time]: this.session.now, commitAt: this.session.now - 1_000 } }
    this.tell({ type: "clock" })
  }

  /** As if every other had just been heard: leaves that are not driven say nothing, and would be removed for it (D14). */
  hearAll(): void {
    if (this.seat === undefined) return
    const { now } = this.session
    const peers = this.seat.peers.map((peer) => ({ ...peer, heardAt: now }))
    this.session = { ...this.session, stage: { ...this.seat, peers } }
  }

  /** Does all there is to do, alone, and notes what it costs. True when there was something. */
  async work(): Promise<boolean> {
    if (this.#wakeAt <= this.#around.now()) {
      this.#wakeAt = Infinity
      this.tell({ type: "clock" })
    }
    const hasWork = this.#inbox.length + this.#orders.length + this.#facts.length > 0
    const before = process.cpuUsage()
    for (;;) {
      const fact = this.#facts.shift() ?? (await this.#answer()) ?? this.#read()
      if (fact === undefined) break
      this.#turn(fact)
    }
    const { user, system } = process.cpuUsage(before)
    if (hasWork) this.spent += (user + system) / 1000
    // What the server does with it is not this member's cost.
    for (const envelope of this.#outbox.splice(0)) this.#wire?.toServer(envelope)
    return hasWork
  }

  /** It stays a leaf of the group, and does nothing any more. */
  async sleep(): Promise<void> {
    this.#wire?.close("member")
    await this.#keeper.perform({ do: "wipe-group" })
  }

  async #answer(): Promise<Fact | undefined> {
    const order = this.#orders.shift()
    return order && { type: "engine-answered", fact: (await this.#keeper.perform(order)) as GroupFact }
  }

  #read(): Fact | undefined {
    const text = this.#inbox.shift()
    if (text === undefined) return undefined
    const envelope = parseServerEnvelope(text)
    if (typeof envelope === "string") throw new Error(`bug: the server said what is ${envelope}`)
    return { type: "envelope-received", socket: this.session.socket.id, envelope: envelope satisfies ServerEnvelope }
  }

  #turn(fact: Fact): void {
    const [next, ...outputs] = callMachine.step(this.session, { ...fact, at: this.#around.now() })
    this.session = next
    for (const output of outputs) this.#perform(output)
  }

  #count(envelope: MemberEnvelope): void {
    const bytes = envelope.type === "commit" ? envelope.commit.length : envelope.type === "message" ? envelope.message.length : 0
    this.sent += bytes
    this.largest = Math.max(this.largest, bytes)
  }

  #perform(output: Output): void {
    switch (output.do) {
      case "connect":
        this.#wire = this.#around.dial((text) => void this.#inbox.push(text))
        return this.tell({ type: "socket-opened", socket: output.socket, chance: crypto.getRandomValues(new Uint8Array(32)) })
      case "disconnect":
        return this.#wire?.close("member")
      case "send":
        this.#count(output.envelope)
        this.#outbox.push(output.envelope)
        return
      case "engine":
        this.#orders.push(output.order)
        return
      case "wake":
        this.#wakeAt = output.at
        return
      default:
    }
  }
}

/** A member without page and media: call machine, group keeper with the real engine, and a real socket to a real server. */

import { randomBytes } from "node:crypto"
import { WebSocket } from "ws"
import { callMachine, idle, run, type Fact, type GroupFact, type GroupOrder, type Input, type Output, type Session } from "@conclave/call"
import { groupKeeper, type GroupKeeper } from "@conclave/crypto/mls"
import { parseServerEnvelope, paths, printEnvelope, type RoomId, type ServerEnvelope } from "@conclave/wire"
import type { RealRoom } from "./real-room.ts"

/** Sees what happens to a member; keeps nothing from it. */
export interface Witness {
  heard?(member: HeadlessMember, envelope: ServerEnvelope): void
  /** A turn of its machine, with the state after it. */
  turned?(member: HeadlessMember, input: Input, outputs: readonly Output[]): void
}

export class HeadlessMember {
  readonly name: string
  session: Session = idle
  wantsIn = false
  /** How often its page was loaded. Facts of an earlier one reach nobody. */
  page = 0
  readonly #room: RealRoom
  readonly #witness: Witness
  #feed: (input: Input) => void
  #keeper: GroupKeeper
  #socket: WebSocket | undefined
  #timer: NodeJS.Timeout | undefined
  #held: (() => void)[] | undefined

  constructor(name: string, room: RealRoom, witness: Witness = {}) {
    this.name = name
    this.#room = room
    this.#witness = witness
    this.#keeper = groupKeeper(room.partsOf(name), room.reportBug)
    this.#feed = this.#load()
  }

  /** The call it is in, as its machine sees it. */
  get seat(): Extract<Session["stage"], { phase: "in" }> | undefined {
    return this.session.stage.phase === "in" ? this.session.stage : undefined
  }

  join(): void {
    this.wantsIn = true
    const { id, access } = this.#room
    this.say({ type: "join-asked", room: id as RoomId, access, media: { microphone: true, camera: true, screen: false } })
  }

  leave(): void {
    this.wantsIn = false
    this.say({ type: "leave-asked" })
  }

  /** The page is gone with all it held; nobody was told. */
  crash(): void {
    this.wantsIn = false
    this.page++
    clearTimeout(this.#timer)
    this.#socket?.terminate()
    this.#socket = undefined
    // Only so that the memory all engines share does not fill up.
    void this.#keeper.perform({ do: "wipe-group" })
    this.#keeper = groupKeeper(this.#room.partsOf(this.name), this.#room.reportBug)
    this.session = idle
    this.#feed = this.#load()
  }

  /** The network is gone for a moment. */
  dropSocket(): void {
    this.#socket?.terminate()
  }

  /** Hears nothing until what this returns is called; then all at once. A slow way down. */
  holdEars(): () => void {
    const held: (() => void)[] = []
    this.#held = held
    return () => {
      if (this.#held === held) this.#held = undefined
      for (const hear of held) hear()
    }
  }

  say(fact: Fact): void {
    this.#feed({ ...fact, at: performance.now() })
  }

  #load(): (input: Input) => void {
    const { page } = this
    const here = (): boolean => page === this.page
    return run(callMachine, {
      perform: (output) => {
        if (here()) this.#perform(output, here)
      },
      witness: (input, outputs, state) => {
        if (!here()) return
        this.session = state
        this.#witness.turned?.(this, input, outputs)
      },
    })
  }

  #perform(output: Output, here: () => boolean): void {
    switch (output.do) {
      case "connect":
        return this.#connect(output.socket, here)
      case "disconnect":
        this.#socket?.close()
        this.#socket = undefined
        return
      case "send":
        if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(printEnvelope(output.envelope))
        return
      case "engine":
        void this.#order(output.order, here)
        return
      case "wake":
        clearTimeout(this.#timer)
        this.#timer = setTimeout(() => here() && this.say({ type: "clock" }), Math.ceil(Math.max(0, output.at - performance.now())))
        return
      case "change-room":
        void this.#room.change(output.change)
        return
      default:
    }
  }

  async #order(order: GroupOrder, here: () => boolean): Promise<void> {
    const keeper = this.#keeper
    const fact = await this.#room.turns.work(this, () => keeper.perform(order))
    // The keeper's ids are the same texts without brands.
    if (here()) this.say({ type: "engine-answered", fact: fact as GroupFact })
  }

  #connect(id: number, here: () => boolean): void {
    this.#socket?.close()
    const socket = new WebSocket(this.#room.origin.replace(/^http/, "ws") + paths.socket)
    this.#socket = socket
    const tell = (fact: Fact): void => {
      if (here()) this.say(fact)
    }
    socket.on("open", () => tell({ type: "socket-opened", socket: id, chance: new Uint8Array(randomBytes(32)) }))
    socket.on("message", (data: Buffer) => {
      const envelope = parseServerEnvelope(data.toString("utf8"))
      if (typeof envelope === "string") throw new Error(`bug: the server said what is ${envelope}`)
      const hear = (): void => {
        if (!here()) return
        this.#witness.heard?.(this, envelope)
        tell({ type: "envelope-received", socket: id, envelope })
      }
      if (this.#held === undefined) hear()
      else this.#held.push(hear)
    })
    socket.on("close", () => tell({ type: "socket-closed", socket: id }))
    // The close that follows says all there is to say.
    socket.on("error", () => undefined)
  }
}

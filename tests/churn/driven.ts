/**
 * A member that does only what it is told, one step at a time: group keeper and socket without the call machine, so that each step
 * can be timed alone (D16). What arrives is kept unread until somebody asks for it.
 */

import { once } from "node:events"
import { randomBytes } from "node:crypto"
import { WebSocket } from "ws"
import { groupKeeper, type Change, type GroupFact, type GroupKeeper, type GroupOrder } from "@conclave/crypto/mls"
import { idFrom, parseServerEnvelope, paths, printEnvelope, protocolVersion } from "@conclave/wire"
import type { CallId, Entry, MemberEnvelope, MemberId, RoomId, ServerEnvelope } from "@conclave/wire"
import type { RealRoom } from "./real-room.ts"

type Of<T extends ServerEnvelope["type"]> = Extract<ServerEnvelope, { type: T }>
type Fact<T extends GroupFact["type"]> = Extract<GroupFact, { type: T }>
type Commit = Extract<Entry, { type: "commit" }>

/** A commit on its way, with the moments that count. Milliseconds of `performance.now()`. */
export interface Committed {
  readonly bundle: Fact<"commit-built">["bundle"]
  readonly seq: number
  readonly builtIn: number
  readonly sentAt: number
  readonly acceptedAt: number
}

export interface Applied {
  readonly fact: GroupFact
  readonly arrivedAt: number
  readonly ms: number
}

export class DrivenMember {
  readonly id = idFrom<MemberId>(new Uint8Array(randomBytes(16)))
  readonly name: string
  leaf = 0
  readonly #keeper: GroupKeeper
  readonly #socket: WebSocket
  readonly #heard: { readonly text: string; readonly at: number }[] = []
  #wake: () => void = () => undefined
  #requests = 0

  private constructor(name: string, room: RealRoom) {
    this.name = name
    this.#keeper = groupKeeper(room.partsOf(name), room.reportBug)
    this.#socket = new WebSocket(room.origin.replace(/^http/, "ws") + paths.socket)
    this.#socket.on("message", (data: Buffer) => {
      this.#heard.push({ text: data.toString("utf8"), at: performance.now() })
      this.#wake()
    })
    this.#socket.on("close", () => this.#wake())
  }

  /** Before the door of the room. */
  static async enter(name: string, room: RealRoom): Promise<DrivenMember> {
    const member = new DrivenMember(name, room)
    await once(member.#socket, "open")
    member.#say({ type: "hello", version: protocolVersion, room: room.id as RoomId, access: new Uint8Array(room.access) })
    await member.next("room")
    return member
  }

  async found(): Promise<CallId> {
    const call = idFrom<CallId>(new Uint8Array(randomBytes(16)))
    await this.order("group-founded", { do: "found-group", call, member: this.id })
    this.#say({ type: "found", call, member: this.id })
    await this.next("founded")
    return call
  }

  /** Knocks; what comes back is what the server would show to a member. */
  async knock(call: CallId): Promise<Fact<"knock-made">> {
    const made = await this.order("knock-made", { do: "make-knock", call, member: this.id })
    const [keyPackage, sealed] = [new Uint8Array(made.keyPackage), new Uint8Array(made.sealed)]
    this.#say({ type: "knock", call, member: this.id, keyPackage, sealed })
    await this.next("knocking")
    return made
  }

  readKnock({ member, keyPackage, sealed }: Fact<"knock-made">): Promise<Fact<"knock-read">> {
    return this.order("knock-read", { do: "read-knock", member, keyPackage, sealed })
  }

  /** Builds a commit, gets the server's word for it, and merges it. */
  async commit(change: Change): Promise<Committed> {
    const begunAt = performance.now()
    const { bundle } = await this.order("commit-built", { do: "build-commit", change })
    const request = ++this.#requests
    const sentAt = performance.now()
    this.#say({ type: "commit", request, ...(bundle as Omit<Extract<MemberEnvelope, { type: "commit" }>, "type" | "request">) })
    const { seq } = await this.next("accepted")
    const acceptedAt = performance.now()
    const merged = await this.order("commit-merged", { do: "merge-commit" })
    this.leaf = merged.group.own
    return { bundle, seq, builtIn: sentAt - begunAt, sentAt, acceptedAt }
  }

  /** Reads the Welcome and enters the group. */
  async join(call: CallId): Promise<void> {
    const { welcome, tree } = await this.next("welcome")
    const { group } = await this.order("group-joined", { do: "join-group", call, welcome, tree })
    this.leaf = group.own
  }

  /** Reads and applies the commit at `seq`, and says so. `ms`: what that took, reading included. `arrivedAt`: when it was here. */
  async apply(seq: number): Promise<Applied> {
    const { text, at: arrivedAt } = await this.#find(({ text: one }) => one.includes(`"type":"commit","seq":${String(seq)},`))
    const begunAt = performance.now()
    const envelope = parseServerEnvelope(text)
    const entry =
      typeof envelope === "string" || envelope.type !== "entries"
        ? undefined
        : envelope.entries.find((one): one is Commit => one.seq === seq)
    if (entry === undefined) throw new Error("bug: no such commit")
    const fact = await this.#keeper.perform({ do: "process-commit", seq, commit: entry.commit, gone: [] })
    this.#say({ type: "verdict", seq: entry.seq, applied: fact.type !== "commit-refused" })
    return { fact, arrivedAt, ms: performance.now() - begunAt }
  }

  /** Tells another who is at these leaves, as far as we know. */
  async introduce(leaves: readonly number[], to: readonly DrivenMember[]): Promise<void> {
    for (let at = 0; at < leaves.length; at += 200) {
      const message = { kind: "introduce", leaves: leaves.slice(at, at + 200) } as const
      const sealed = await this.order("message-sealed", { do: "seal-message", message, keep: false })
      for (const member of to) await member.order("message-opened", { do: "open-message", message: sealed.message })
    }
  }

  async order<T extends GroupFact["type"]>(answer: T, order: GroupOrder): Promise<Fact<T>> {
    const fact = await this.#keeper.perform(order)
    if (fact.type !== answer) throw new Error(`${this.name}: ${order.do} gave ${JSON.stringify(fact)}`)
    return fact as Fact<T>
  }

  /** The next envelope of this type; those before it are forgotten. */
  async next<T extends ServerEnvelope["type"]>(type: T): Promise<Of<T>> {
    const { text } = await this.#find(({ text: one }) => one.startsWith(`{"type":"${type}"`) || /^\{"type":"(problem|refused)"/.test(one))
    const envelope = parseServerEnvelope(text)
    if (typeof envelope === "string" || envelope.type !== type)
      throw new Error(`${this.name} hears ${text.slice(0, 120)} in place of ${type}`)
    return envelope as Of<T>
  }

  /** Gone, with the memory of its engine. */
  async end(): Promise<void> {
    this.#socket.terminate()
    await this.#keeper.perform({ do: "wipe-group" })
  }

  async #find(isIt: (heard: { readonly text: string }) => boolean): Promise<{ readonly text: string; readonly at: number }> {
    for (;;) {
      const index = this.#heard.findIndex(isIt)
      const found = this.#heard[index]
      if (found !== undefined) {
        this.#heard.splice(0, index + 1)
        return found
      }
      if (this.#socket.readyState === WebSocket.CLOSED) throw new Error(`${this.name}: the socket is closed`)
      await new Promise<void>((resolve) => (this.#wake = resolve))
    }
  }

  #say(envelope: MemberEnvelope): void {
    this.#socket.send(printEnvelope(envelope))
  }
}

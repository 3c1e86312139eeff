/** The server's shell in miniature: delivery machine, tokens, a store that takes a while, restarts that forget what was not stored. */

import {
  emptyRoom,
  memoryJournal,
  reload,
  step,
  type Heard,
  type Input,
  type Journal,
  type Output,
  type Room,
  type RoomBase,
  type Row,
  type Told,
} from "@conclave/delivery"
import type { RoomChange } from "@conclave/call"
import { toBase64url, type MemberEnvelope, type MemberId, type RoomId, type ServerEnvelope } from "@conclave/wire"
import type { Chance } from "./chance.ts"
import { deepFreeze } from "./freeze.ts"
import type { Wire } from "./sim-network.ts"
import { accessHashOf } from "./model-link.ts"
import { digest } from "./symbols.ts"
import type { Timeline } from "./timeline.ts"

export interface SimServerParts {
  readonly time: Timeline
  readonly chance: Chance
  readonly room: RoomId
  readonly access: Uint8Array
  readonly shelf: Uint8Array<ArrayBuffer>
  /** Sees every input and output of the delivery machine. */
  readonly witness?: (input: Input, outputs: readonly Output[]) => void
}

const hashOf = (token: Uint8Array): string => digest(toBase64url(token))

/** One server with one room. */
export class SimServer {
  room: Room
  isUp = true
  journal: Journal
  /** Every row ever kept, in order. */
  readonly rows: Row[] = []
  /** A hostile server: what it sends in place of what it should. `to` is the member this socket speaks for. */
  tamper: ((to: MemberId | undefined, envelope: Told) => readonly Told[]) | undefined
  private readonly base: RoomBase
  private readonly parts: SimServerParts
  private readonly wires = new Map<string, Wire>()
  private readonly tokens = new Map<string, Uint8Array<ArrayBuffer>>()
  private kept: { version: number; accessHash: string; shelf: Uint8Array<ArrayBuffer>; replaced: readonly string[] }
  private life = 0
  private wakes = 0

  constructor(parts: SimServerParts) {
    this.parts = parts
    const base: RoomBase = { id: parts.room, accessHash: toBase64url(accessHashOf(parts.access)), shelf: parts.shelf }
    this.base = base
    this.kept = { version: 1, accessHash: base.accessHash, shelf: base.shelf, replaced: [] }
    this.room = emptyRoom(base)
    this.journal = memoryJournal(base)
  }

  /** A second server with the same past, for whoever is sent there: two histories from here on (A1.08, A1.18). */
  fork(): SimServer {
    const twin = new SimServer(this.parts)
    twin.kept = this.kept
    twin.recall(this.rows)
    return twin
  }

  /** What a restored backup does: forgets everything after the first `count` rows (A1.09). */
  rollBack(count: number): void {
    for (const wire of this.wires.values()) wire.drop()
    this.wires.clear()
    this.life++
    this.recall(this.rows.slice(0, count))
  }

  private recall(rows: readonly Row[]): void {
    this.journal = memoryJournal(this.base)
    this.journal.changeRoom(this.kept)
    this.journal.write(rows)
    this.rows.splice(0, Infinity, ...rows)
    this.room = reload(this.journal.load())
  }

  /** `PATCH /api/rooms/<room>` (D3.10). False when nobody is there to hear it. */
  changeRoom({ version, accessHash, shelf }: RoomChange): boolean {
    if (!this.isUp) return false
    if (version <= this.kept.version) return true
    const hash = toBase64url(accessHash)
    const replaced = hash === this.kept.accessHash ? this.kept.replaced : [this.kept.accessHash, ...this.kept.replaced].slice(0, 20)
    this.kept = { version, accessHash: hash, shelf: new Uint8Array(shelf), replaced }
    this.journal.changeRoom(this.kept)
    this.feed({ type: "room-changed", at: this.parts.time.now, ...this.kept })
    return true
  }

  /** The organisation wants this member out (D14.6). */
  askRemoval(member: MemberId): void {
    this.feed({ type: "removal-asked", at: this.parts.time.now, member })
  }

  /** A hostile server: says this to a member out of turn. */
  tell(to: MemberId, envelope: Told): void {
    for (const [connection, member] of this.room.now.connections) if (member === to) this.pass(connection, envelope)
  }

  connected(wire: Wire): void {
    this.wires.set(wire.id, wire)
  }

  heard(wire: Wire, envelope: MemberEnvelope): void {
    if (this.wires.get(wire.id) !== wire) return
    this.feed({ type: "member-said", at: this.parts.time.now, connection: wire.id, envelope: this.withoutTokens(wire.id, envelope) })
  }

  closed(wire: Wire): void {
    if (!this.wires.delete(wire.id)) return
    this.tokens.delete(wire.id)
    this.feed({ type: "connection-closed", at: this.parts.time.now, connection: wire.id })
  }

  /** Dies now and is back after `ms`: sockets break, what was not stored is lost. */
  restart(ms: number): void {
    if (!this.isUp) return
    this.isUp = false
    this.life++
    for (const wire of this.wires.values()) wire.drop()
    this.wires.clear()
    this.tokens.clear()
    this.parts.time.plan(ms, () => {
      this.room = reload(this.journal.load())
      this.isUp = true
    })
  }

  private withoutTokens(connection: string, envelope: MemberEnvelope): Heard {
    switch (envelope.type) {
      case "hello": {
        const { access, ...rest } = envelope
        return { ...rest, accessHash: toBase64url(accessHashOf(access)) }
      }
      case "resume": {
        const { session, ...rest } = envelope
        return { ...rest, sessionHash: hashOf(session) }
      }
      case "found":
      case "knock": {
        const token = this.parts.chance.bytes(32)
        this.tokens.set(connection, token)
        return { ...envelope, sessionHash: hashOf(token) }
      }
      default:
        return envelope
    }
  }

  private feed(input: Input): void {
    if (!this.isUp) return
    const [next, ...outputs] = step(this.room, input)
    this.room = deepFreeze(next)
    this.parts.witness?.(input, outputs)
    for (const output of outputs) this.perform(output)
  }

  private perform(output: Output): void {
    const { time, chance } = this.parts
    const life = this.life
    const alive = (work: () => void) => (): void => {
      if (this.life === life) work()
    }
    switch (output.do) {
      case "send":
        for (const to of output.to) this.send(to, output.envelope)
        return
      case "replay":
        time.plan(
          chance.between(0, 10),
          alive(() => this.send(output.to, { type: "entries", entries: this.journal.entries(output.call, output.after, output.upTo) })),
        )
        return
      case "send-welcome":
        return this.sendWelcome(output)
      case "wake": {
        const wake = ++this.wakes
        time.plan(
          output.at - time.now,
          alive(() => this.wakes === wake && this.feed({ type: "clock", at: time.now })),
        )
        return
      }
      case "store":
        return this.store(output, alive)
      case "close":
        this.wires.get(output.connection)?.close("server")
        return
      default:
    }
  }

  private store({ write, rows }: Extract<Output, { do: "store" }>, alive: (work: () => void) => () => void): void {
    const { time, chance } = this.parts
    time.plan(
      chance.between(0, 8),
      alive(() => {
        this.journal.write(rows)
        this.rows.push(...rows)
        time.plan(
          chance.between(0, 4),
          alive(() => this.feed({ type: "stored", at: time.now, write })),
        )
      }),
    )
  }

  private sendWelcome({ to, call, member }: Extract<Output, { do: "send-welcome" }>): void {
    const kept = this.journal.welcome(call, member)
    if (kept === undefined) throw new Error("bug: no welcome kept")
    const { seq, epoch, welcome, tree } = kept
    this.send(to, { type: "welcome", call, seq, epoch, welcome: new Uint8Array(welcome), tree: new Uint8Array(tree) })
  }

  private send(to: string, envelope: Told): void {
    if (this.tamper === undefined) return this.pass(to, envelope)
    for (const sent of this.tamper(this.room.now.connections.get(to), envelope)) this.pass(to, sent)
  }

  private pass(to: string, envelope: Told): void {
    const token = this.tokens.get(to)
    const needsToken = envelope.type === "founded" || envelope.type === "knocking"
    const full = needsToken ? { ...envelope, session: token } : envelope
    this.wires.get(to)?.toMember(full as ServerEnvelope)
  }
}

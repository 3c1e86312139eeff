/** Drives a room in tests: keeps its rows in a journal, confirms stores, moves the clock, remembers what each socket got. */

import { fromBase64url, idFrom } from "@conclave/wire"
import type { CallId, Entry, Epoch, MemberEnvelope, MemberId, ProblemCode, RoomId, Seq } from "@conclave/wire"
import { emptyRoom, memoryJournal, reload, step } from "./index.ts"
import type { Heard, Input, Journal, Output, Room, RoomChange, Told } from "./index.ts"

export const bytesOf = (n: number, length = 16) => new Uint8Array(length).fill(n)
export const member = (n: number): MemberId => idFrom(bytesOf(n))
export const callId = (n: number): CallId => idFrom(bytesOf(200 + n))
export const roomId: RoomId = idFrom(bytesOf(99))
export const epoch = (n: number) => n as Epoch
export const seq = (n: number) => n as Seq

/** A PrivateMessage with a good header and nothing behind it: what the server can check, and no more. */
export function privateMessage(call: CallId, at: number, contentType: 1 | 2 | 3, filling = 7): Uint8Array<ArrayBuffer> {
  const group = fromBase64url(call)
  if (group === undefined) throw new Error("bug: no id")
  const bytes = new Uint8Array(4 + 1 + 16 + 8 + 1 + 1 + 2 + 2)
  bytes.set([0, 1, 0, 2, 16])
  bytes.set(group, 5)
  new DataView(bytes.buffer).setBigUint64(21, BigInt(at))
  bytes.set([contentType, 0, 1, filling, 1, filling], 29)
  return bytes
}

type Commit = Extract<MemberEnvelope, { type: "commit" }>
export const commitOf = (call: CallId, at: number, by: Partial<Commit> & { adds?: MemberId[] } = {}): Commit => {
  const { adds = [], ...rest } = by
  const welcomes = adds.map((one) => ({ member: one, welcome: bytesOf(5, 40) }))
  const tree = adds.length > 0 ? { tree: bytesOf(6, 60) } : {}
  return { type: "commit", request: 1, epoch: epoch(at), commit: privateMessage(call, at, 3), welcomes, removes: [], ...tree, ...rest }
}

export class Driver {
  room: Room
  now = 1000
  readonly journal: Journal
  readonly outputs: Output[] = []
  readonly got = new Map<string, Told[]>()
  wakeAt: number | undefined
  /** Answer of the store from now on; `hold` leaves it open. */
  store: "keep" | "hold" | ProblemCode = "keep"
  private held: { write: number; rows: Extract<Output, { do: "store" }>["rows"] } | undefined

  constructor() {
    const base = { id: roomId, accessHash: "access", shelf: bytesOf(1, 30) }
    this.room = emptyRoom(base)
    this.journal = memoryJournal(base)
  }

  feed(input: Input): Output[] {
    const [next, ...outputs] = step(this.room, input)
    this.room = next
    for (const output of outputs) this.perform(output)
    return outputs
  }

  say(connection: string, envelope: Heard): Output[] {
    return this.feed({ type: "member-said", at: this.now, connection, envelope })
  }

  hello(connection: string): void {
    this.say(connection, { type: "hello", version: 1, room: roomId, accessHash: "access" })
  }

  /** What is kept for the room is replaced, with another link if `accessHash` is another. */
  changeRoom(change: Omit<RoomChange, "shelf">): void {
    const whole = { ...change, shelf: bytesOf(change.version, 30) }
    this.journal.changeRoom(whole)
    this.feed({ type: "room-changed", at: this.now, ...whole })
  }

  found(connection: string, who: number, call = 1): void {
    this.hello(connection)
    this.say(connection, { type: "found", call: callId(call), member: member(who), sessionHash: `session ${who}` })
  }

  knock(connection: string, who: number, call = 1): void {
    if (!this.room.now.connections.has(connection)) this.hello(connection)
    const sealed = { keyPackage: bytesOf(who, 20), sealed: bytesOf(who, 10) }
    this.say(connection, { type: "knock", call: callId(call), member: member(who), ...sealed, sessionHash: `session ${who}` })
  }

  resume(connection: string, who: number, after: number, call = 1): void {
    this.hello(connection)
    const sessionHash = `session ${who}`
    this.say(connection, { type: "resume", call: callId(call), member: member(who), sessionHash, after: seq(after) })
  }

  askRemoval(who: number): void {
    this.feed({ type: "removal-asked", at: this.now, member: member(who) })
  }

  verdict(connection: string, of: number, applied: boolean): void {
    this.say(connection, { type: "verdict", seq: seq(of), applied })
  }

  close(connection: string): void {
    this.feed({ type: "connection-closed", at: this.now, connection })
  }

  /** Lets time pass, waking the room whenever it asked for it. */
  pass(ms: number): void {
    const end = this.now + ms
    while (this.wakeAt !== undefined && this.wakeAt <= end) {
      this.now = Math.max(this.now, this.wakeAt)
      this.wakeAt = undefined
      this.feed({ type: "clock", at: this.now })
    }
    this.now = end
  }

  /** The server dies; what the journal holds starts again. */
  restart(): void {
    this.room = reload(this.journal.load())
    this.got.clear()
    this.wakeAt = undefined
    this.held = undefined
    this.store = "keep"
  }

  releaseStore(): void {
    const { held } = this
    this.held = undefined
    if (held === undefined) throw new Error("bug: nothing is held")
    this.journal.write(held.rows)
    this.feed({ type: "stored", at: this.now, write: held.write })
  }

  /** What a socket was told since the last look. */
  take(connection: string): Told[] {
    const told = this.got.get(connection) ?? []
    this.got.set(connection, [])
    return told
  }

  types(connection: string): string[] {
    return this.take(connection).map((envelope) => envelope.type)
  }

  entries(connection: string): Entry[] {
    return this.take(connection).flatMap((envelope) => (envelope.type === "entries" ? envelope.entries : []))
  }

  private perform(output: Output): void {
    this.outputs.push(output)
    switch (output.do) {
      case "send":
        for (const to of output.to) this.tell(to, output.envelope)
        return
      case "replay":
        return this.tell(output.to, { type: "entries", entries: this.journal.entries(output.call, output.after, output.upTo) })
      case "send-welcome": {
        const kept = this.journal.welcome(output.call, output.member)
        if (kept === undefined) throw new Error("bug: no welcome kept")
        const { seq, epoch, welcome, tree } = kept
        const copies = { welcome: new Uint8Array(welcome), tree: new Uint8Array(tree) }
        return this.tell(output.to, { type: "welcome", call: output.call, seq, epoch, ...copies })
      }
      case "wake":
        this.wakeAt = output.at
        return
      case "store":
        return this.keep(output)
      default:
    }
  }

  private keep(output: Extract<Output, { do: "store" }>): void {
    if (this.store === "hold") this.held = output
    else if (this.store === "keep") {
      this.journal.write(output.rows)
      this.feed({ type: "stored", at: this.now, write: output.write })
    } else this.feed({ type: "store-failed", at: this.now, write: output.write, code: this.store })
  }

  private tell(to: string, envelope: Told): void {
    this.got.set(to, [...(this.got.get(to) ?? []), envelope])
  }
}

/** A room with `people` members: founder 1 on socket "1", the rest added by it in one commit, everybody's verdict in. */
export function callOfPeople(people: number): Driver {
  const driver = new Driver()
  driver.found("1", 1)
  if (people > 1) {
    const others = Array.from({ length: people - 1 }, (_, i) => i + 2)
    for (const n of others) driver.knock(String(n), n)
    driver.say("1", commitOf(callId(1), 0, { adds: others.map(member) }))
  }
  driver.got.clear()
  return driver
}

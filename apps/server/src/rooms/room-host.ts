/** Runs one delivery room: one input at a time, every output carried out before the next. */

import { limits, Problem, type CallId, type Entry, type MemberId, type RoomId, type Seq, type ServerEnvelope } from "@conclave/wire"
import { step, type ConnectionId, type Input, type Millis, type Output, type Room, type Told } from "@conclave/delivery"
import { bugFields, type Log } from "../log.ts"
import { attending, isInhabited, type Attendance, type AttendanceChange } from "./attendance.ts"
import type { MediaServer, RoomStore } from "./ports.ts"

/** The sockets as a room sees them. */
export interface Sockets {
  send(to: readonly ConnectionId[], envelope: ServerEnvelope): void
  /** The fresh session that a `founded` or `knocking` to this socket carries. */
  sessionFor(connection: ConnectionId): Uint8Array<ArrayBuffer>
  close(connection: ConnectionId, why: "refused" | "broken"): void
}

export interface RoomParts {
  readonly store: RoomStore
  readonly media: MediaServer
  readonly sockets: Sockets
  readonly log: Log
  readonly now: () => Millis
  /** Hears who comes and goes. Must not throw. */
  readonly attendanceChanged?: (room: RoomId, change: AttendanceTold) => void
}

export interface AttendanceTold {
  readonly changes: readonly AttendanceChange[]
  /** How many are in the call now. */
  readonly participants: number
  readonly at: Millis
}

type Fact = Extract<
  Input,
  { type: "member-said" | "connection-closed" | "room-changed" | "ended-by-organisation" | "removal-asked" | "clock" }
>
/** What happened, without its time. */
export type Happening = Fact extends infer F ? (F extends Fact ? Omit<F, "at"> : never) : never

export interface RoomHost {
  feed(happening: Happening): void
  /** Nobody is connected and no call is on: it can be forgotten. */
  isIdle(): boolean
  /** Undefined: nobody is in it. */
  attendance(): Attendance | undefined
  /**
   * Makes the room one that no link opens, after `first`, if nobody is in it; nothing else happens in the room meanwhile. Rejects when
   * `first` or the store does, and then nothing has changed.
   */
  retire(first: () => Promise<void>): Promise<"done" | "people-are-inside">
  /** Resolves when everything fed so far has been carried out. */
  settled(): Promise<void>
  /** Stops the timer; what is under way is finished. */
  stop(): void
}

/** Sent as one envelope: `limits.envelope` in base64 and JSON is three quarters of that in bytes. */
const mostReplayed = { entries: 500, bytes: Math.floor(limits.envelope * 0.7) }

/** `onBroken` is called when the machine or this shell has a bug: the room must be loaded again. */
export function roomHost(start: Room, parts: RoomParts, onBroken: () => void): RoomHost {
  let room = start
  let timer: NodeJS.Timeout | undefined
  let tail = Promise.resolve()
  let isStopped = false
  const attends = attending(start.now.call)
  /** How many the listener knows of. */
  let told = 0

  const feed = (happening: Happening): void => {
    tail = tail.then(() => (isStopped ? undefined : turn({ ...happening, at: parts.now() }))).catch(fail)
  }

  const turn = async (input: Input): Promise<void> => {
    const [next, ...outputs] = step(room, input)
    room = next
    tellAttendance(attends.note(next.now.call, input.at), input.at)
    for (const output of outputs) await perform(output)
  }

  const tellAttendance = (changes: readonly AttendanceChange[], at: Millis): void => {
    const { id, call } = room.now
    const participants = isInhabited(call) ? call.members.size : 0
    if (changes.length === 0 && participants === told) return
    told = participants
    parts.attendanceChanged?.(id, { changes, participants, at })
  }

  const perform = async (output: Output): Promise<void> => {
    switch (output.do) {
      case "send":
        return sendTold(output.to, output.envelope)
      case "replay":
        return replay(output.to, output.call, { after: output.after, upTo: output.upTo })
      case "send-welcome":
        return sendWelcome(output.to, output.call, output.member)
      case "store":
        return store(output)
      case "wake":
        clearTimeout(timer)
        timer = setTimeout(() => feed({ type: "clock" }), Math.max(0, output.at - parts.now()))
        return
      case "close":
        return parts.sockets.close(output.connection, "refused")
      default:
        return tellMedia(output)
    }
  }

  const store = async ({ write, rows }: Extract<Output, { do: "store" }>): Promise<void> => {
    const code = await parts.store.write(room.now.id, rows).then(() => undefined, problemOf)
    if (code !== undefined) parts.log("store-failed", { room: room.now.id, code })
    await turn(code === undefined ? { type: "stored", at: parts.now(), write } : { type: "store-failed", at: parts.now(), write, code })
  }

  const sendTold = (to: readonly ConnectionId[], told: Told): void => {
    if (told.type !== "founded" && told.type !== "knocking") return parts.sockets.send(to, told)
    for (const connection of to) parts.sockets.send([connection], { ...told, session: parts.sockets.sessionFor(connection) })
  }

  const replay = async (to: ConnectionId, call: CallId, { after, upTo }: { after: Seq; upTo: Seq }): Promise<void> => {
    for (let from = after; from < upTo;) {
      const entries = await parts.store.entries({ call, after: from, upTo, most: mostReplayed.entries })
      const last = entries.at(-1)
      if (last === undefined) throw new Error("bug: the log has a hole")
      for (const chunk of chunksOf(entries)) parts.sockets.send([to], { type: "entries", entries: chunk })
      from = last.seq
    }
  }

  const sendWelcome = async (to: ConnectionId, call: CallId, member: MemberId): Promise<void> => {
    const kept = await parts.store.welcome(call, member)
    if (kept === undefined) throw new Error("bug: no welcome kept")
    const [welcome, tree] = [new Uint8Array(kept.welcome), new Uint8Array(kept.tree)]
    parts.sockets.send([to], { type: "welcome", call, seq: kept.seq, epoch: kept.epoch, welcome, tree })
  }

  /** The SFU may be away; the way in makes sure of the media room again, and no pass is left to who was detached. */
  const tellMedia = (output: Extract<Output, { do: "open-call" | "detach" | "end-call" }>): void => {
    const { call } = output
    const work =
      output.do === "open-call"
        ? parts.media.openCall(call)
        : output.do === "end-call"
          ? parts.media.endCall(call)
          : Promise.all(output.members.map((member) => parts.media.detach(call, member)))
    work.catch((error: unknown) => parts.log("media-failed", { call, reason: output.do, code: problemOf(error) }))
    parts.log(output.do === "detach" ? "members-detached" : output.do === "open-call" ? "call-began" : "call-ended", {
      room: room.now.id,
      call,
    })
  }

  const retire = async (first: () => Promise<void>): Promise<"done" | "people-are-inside"> => {
    if (isInhabited(room.now.call)) return "people-are-inside"
    await first()
    const change = await parts.store.retireRoom(room.now.id)
    // Before anything that waits its turn: who stands at the door must not begin a call now.
    await turn({ type: "room-changed", at: parts.now(), ...change })
    return "done"
  }

  const fail = (error: unknown): void => {
    if (isStopped) return
    isStopped = true
    clearTimeout(timer)
    parts.log("bug", { room: room.now.id, ...bugFields(error) })
    for (const connection of room.now.connections.keys()) parts.sockets.close(connection, "broken")
    onBroken()
  }

  return {
    feed,
    isIdle: () => room.now.connections.size === 0 && room.now.call === undefined && room.writing === undefined,
    attendance: () => (isInhabited(room.now.call) ? attends.of(room.now.call) : undefined),
    retire(first) {
      const done = tail.then(() => retire(first))
      tail = done.then(
        () => undefined,
        () => undefined,
      )
      return done
    },
    settled: () => tail,
    stop() {
      isStopped = true
      clearTimeout(timer)
    },
  }
}

const problemOf = (error: unknown) => (error instanceof Problem ? error.code : "internal")

function chunksOf(entries: readonly Entry[]): Entry[][] {
  const chunks: Entry[][] = []
  let room = 0
  for (const entry of entries) {
    const size = entry.type === "void" ? 0 : (entry.type === "commit" ? entry.commit : entry.message).length
    const chunk = chunks.at(-1)
    if (chunk === undefined || size > room) chunks.push([entry])
    else chunk.push(entry)
    room = (chunk === undefined || size > room ? mostReplayed.bytes : room) - size
  }
  return chunks
}

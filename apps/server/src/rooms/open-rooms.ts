/** The rooms that somebody is in. One is loaded when its first visitor says hello and forgotten when it is idle. */

import type { MemberId, RoomId } from "@conclave/wire"
import { reload, type Millis, type RoomChange } from "@conclave/delivery"
import type { Attendance } from "./attendance.ts"
import { roomHost, type RoomHost, type RoomParts } from "./room-host.ts"

/** A visitor's hold on a room: while it lasts the room is not forgotten. */
export interface Visit {
  readonly host: RoomHost
  /** To be called once. The room goes when it was the last and no call is on. */
  end(): Promise<void>
}

export interface OpenRooms {
  /** Undefined when there is no such room. Rejects with a Problem when the store fails. */
  open(room: RoomId): Promise<Visit | undefined>
  /** What is kept for this room was replaced. One that nobody is in will load it. */
  tellChange(room: RoomId, change: RoomChange): void
  /** Who is in a room now. Undefined: nobody. */
  attendance(room: RoomId): Promise<Attendance | undefined>
  /** Rooms with a call on. */
  inhabited(): Promise<readonly RoomId[]>
  /** Ends the call that is on and keeps everybody out for so long. False: there is none (D37.20). */
  endCall(room: RoomId, closedFor: Millis): Promise<boolean>
  /** Asks the members of the call to remove one of them (D14.6). Nobody is out by it yet. */
  askRemoval(room: RoomId, member: MemberId): Promise<"asked" | "no-call" | "no-such-participant">
  /** Whether the room is closed after such an end. */
  isClosed(room: RoomId): boolean
  /**
   * Makes a room one that no link opens, after `first`, if nobody is in it. A room that is none is done too. Rejects when `first` or the
   * store does.
   */
  retire(room: RoomId, first: () => Promise<void>): Promise<"done" | "people-are-inside">
  stop(): Promise<void>
}

interface OpenRoom {
  readonly host: Promise<RoomHost | undefined>
  visits: number
}

export function openRooms(parts: RoomParts): OpenRooms {
  const rooms = new Map<RoomId, OpenRoom>()
  const closedUntil = new Map<RoomId, Millis>()

  const forget = (room: RoomId, open: OpenRoom): void => {
    if (rooms.get(room) === open) rooms.delete(room)
  }

  const load = (room: RoomId): OpenRoom => {
    const host = parts.store.loadRoom(room).then((saved) => saved && roomHost(reload(saved), parts, () => forget(room, open)))
    const open: OpenRoom = { host, visits: 0 }
    rooms.set(room, open)
    return open
  }

  const leave = async (room: RoomId, open: OpenRoom): Promise<void> => {
    const host = await open.host.catch(() => undefined)
    await host?.settled()
    open.visits -= 1
    // Nothing is remembered of rooms that do not exist or fail: guesses must cost no memory.
    if (open.visits > 0 || host?.isIdle() === false) return
    host?.stop()
    forget(room, open)
  }

  const visit = async (room: RoomId): Promise<Visit | undefined> => {
    const open = rooms.get(room) ?? load(room)
    open.visits += 1
    const end = () => leave(room, open)
    const host = await open.host.catch(async (error: unknown) => {
      await end()
      throw error
    })
    if (host !== undefined) return { host, end }
    await end()
    return undefined
  }

  const attendance = async (room: RoomId): Promise<Attendance | undefined> => {
    const host = await rooms.get(room)?.host.catch(() => undefined)
    return host?.attendance()
  }

  const retire = async (room: RoomId, first: () => Promise<void>): ReturnType<OpenRooms["retire"]> => {
    const held = await visit(room)
    if (held === undefined) {
      await first()
      return "done"
    }
    try {
      const outcome = await held.host.retire(first)
      const open = rooms.get(room)
      // A call from before a restart is gone from the store too: the room is loaded anew when somebody asks for it.
      if (outcome === "done" && open !== undefined) forget(room, open)
      return outcome
    } finally {
      await held.end()
    }
  }

  return {
    open: visit,
    attendance,
    async inhabited() {
      const found = await Promise.all([...rooms.keys()].map(async (room) => ((await attendance(room)) === undefined ? [] : [room])))
      return found.flat()
    },
    async endCall(room, closedFor) {
      const host = await rooms.get(room)?.host.catch(() => undefined)
      if (host?.attendance() === undefined) return false
      const at = parts.now()
      for (const [name, until] of closedUntil) if (until <= at) closedUntil.delete(name)
      closedUntil.set(room, at + closedFor)
      host.feed({ type: "ended-by-organisation" })
      await host.settled()
      return true
    },
    async askRemoval(room, member) {
      const host = await rooms.get(room)?.host.catch(() => undefined)
      const attendance = host?.attendance()
      if (host === undefined || attendance === undefined) return "no-call"
      if (!attendance.members.some((one) => one.member === member)) return "no-such-participant"
      host.feed({ type: "removal-asked", member })
      return "asked"
    },
    isClosed: (room) => (closedUntil.get(room) ?? 0) > parts.now(),
    retire,
    tellChange(room, change) {
      // One that is loading now may have read the old row. One that cannot be loaded has nobody to tell.
      void rooms.get(room)?.host.then(
        (host) => host?.feed({ type: "room-changed", ...change }),
        () => undefined,
      )
    },
    async stop() {
      for (const open of rooms.values()) {
        const host = await open.host.catch(() => undefined)
        host?.stop()
        await host?.settled()
      }
      rooms.clear()
    },
  }
}

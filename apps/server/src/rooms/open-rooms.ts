/** The rooms that somebody is in. One is loaded when its first visitor says hello and forgotten when it is idle. */

import type { RoomId } from "@conclave/wire"
import { reload } from "@conclave/delivery"
import { roomHost, type RoomHost, type RoomParts } from "./room-host.ts"

export interface OpenRooms {
  /** Undefined when there is no such room. Rejects with a Problem when the store fails. */
  open(room: RoomId): Promise<RoomHost | undefined>
  /** Forgets the room if nobody needs it any more. */
  release(room: RoomId): Promise<void>
  stop(): Promise<void>
}

export function openRooms(parts: RoomParts): OpenRooms {
  const hosts = new Map<RoomId, Promise<RoomHost | undefined>>()

  const load = async (room: RoomId): Promise<RoomHost | undefined> => {
    const saved = await parts.store.loadRoom(room)
    return saved && roomHost(reload(saved), parts, () => hosts.delete(room))
  }

  return {
    async open(room) {
      const known = hosts.get(room)
      if (known !== undefined) return known
      const loading = load(room)
      hosts.set(room, loading)
      const host = await loading.catch((error: unknown) => {
        hosts.delete(room)
        throw error
      })
      // Nothing is remembered of rooms that do not exist: guesses must cost no memory.
      if (host === undefined) hosts.delete(room)
      return host
    },
    async release(room) {
      const host = await hosts.get(room)
      await host?.settled()
      if (host?.isIdle() !== true) return
      host.stop()
      hosts.delete(room)
    },
    async stop() {
      const all = await Promise.allSettled(hosts.values())
      for (const one of all) {
        if (one.status !== "fulfilled") continue
        one.value?.stop()
        await one.value?.settled()
      }
      hosts.clear()
    },
  }
}

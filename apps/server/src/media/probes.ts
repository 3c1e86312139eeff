/**
 * Pages that try whether media could pass, before anybody let them in (D27.11). Each is alone in a room of its own that lives for
 * seconds, may neither send nor receive, and there are few at a time: whoever asks learns that the SFU can be reached, no more.
 */

import { randomBytes } from "node:crypto"
import { idFrom, type CallId, type MemberId } from "@conclave/wire"
import type { TokenHash } from "@conclave/delivery"
import type { MediaServer, WayIn } from "../rooms/ports.ts"

/** Three ways, one after the other, each with time to fail. */
const livesMs = 40_000
const most = 20

export interface Probes {
  /** A new name to try with; undefined when too many are trying. Problem `sfu-away`. */
  begin(pass: TokenHash): Promise<MemberId | undefined>
  /** The way in for who holds this probe's pass; undefined when there is no such probe. */
  wayIn(probe: MemberId, pass: TokenHash): Promise<WayIn> | undefined
  stop(): void
}

interface Open {
  readonly call: CallId
  readonly pass: TokenHash
  readonly timer: NodeJS.Timeout
}

export function probes(media: MediaServer): Probes {
  const open = new Map<MemberId, Open>()
  const end = (probe: MemberId, call: CallId): void => {
    open.delete(probe)
    // The SFU may be away: then the room is gone as well.
    media.endCall(call).catch(() => undefined)
  }
  return {
    async begin(pass) {
      if (open.size >= most) return undefined
      const [probe, call] = [idFrom<MemberId>(randomBytes(16)), idFrom<CallId>(randomBytes(16))]
      const timer = setTimeout(end, livesMs, probe, call).unref()
      open.set(probe, { call, pass, timer })
      try {
        await media.openCall(call)
        return probe
      } catch (error) {
        clearTimeout(timer)
        open.delete(probe)
        throw error
      }
    },
    wayIn(probe, pass) {
      const found = open.get(probe)
      return found?.pass === pass ? media.wayToTry(found.call, probe) : undefined
    },
    stop() {
      for (const { timer } of open.values()) clearTimeout(timer)
      open.clear()
    },
  }
}

/** Writes down who comes and goes: for webhooks (D40.7), and as usage by day (D40.15). */

import type { RoomId } from "@conclave/wire"
import type { RoomRecord, RoomRecordStore } from "../api/ports.ts"
import { bugFields, type Log } from "../log.ts"
import type { AttendanceTold } from "../rooms/room-host.ts"
import { liveEvents } from "../webhooks/live-events.ts"
import type { DeliveryStore } from "../webhooks/ports.ts"
import { newMeter } from "./meter.ts"
import type { UsageStore } from "./ports.ts"

interface BookParts {
  readonly records: Pick<RoomRecordStore, "byLinks">
  readonly deliveries: Pick<DeliveryStore, "tell">
  readonly usage: UsageStore
  readonly log: Log
  readonly now: () => number
}

export interface AttendanceBook {
  /** One after the other, in the order of being told; resolves at once. */
  note(room: RoomId, told: AttendanceTold): void
  /** What is kept, with what was used up to now. */
  readonly usage: UsageStore
  stop(): Promise<void>
}

const keepEveryMs = 5 * 60_000

export function attendanceBook({ records, deliveries, usage, log, now }: BookParts): AttendanceBook {
  const meter = newMeter()
  /** Records of the rooms that somebody is in. */
  const open = new Map<RoomId, RoomRecord>()
  let tail: Promise<void> = Promise.resolve()

  const inTurn = (work: () => Promise<void>): Promise<void> =>
    (tail = tail.then(work).catch((error: unknown) => log("attendance-not-kept", bugFields(error))))

  const write = async (room: RoomId, { changes, participants, at }: AttendanceTold): Promise<void> => {
    const [found] = await records.byLinks([room], "all")
    // A record may be deleted right after its call was ended.
    const record = found ?? open.get(room)
    // A room that no team made is nobody's to be told of.
    if (record === undefined) return
    if (participants === 0) open.delete(room)
    else open.set(room, record)
    const began = changes.filter(({ what }) => what === "call-began").length
    meter.count({ team: record.team, room: record.id, participants, began, at })
    if (changes.length > 0) await deliveries.tell(liveEvents(record, changes, at))
  }

  const keep = async (): Promise<void> => {
    const used = meter.take(now())
    if (used.length === 0) return
    await usage.add(used).catch((error: unknown) => {
      meter.giveBack(used)
      throw error
    })
  }

  const timer = setInterval(() => void inTurn(keep), keepEveryMs).unref()
  return {
    note: (room, told) => void inTurn(() => write(room, told)),
    usage: {
      add: (used) => usage.add(used),
      between: async (wanted) => {
        await inTurn(keep)
        return usage.between(wanted)
      },
    },
    async stop() {
      clearInterval(timer)
      await inTurn(keep)
    },
  }
}

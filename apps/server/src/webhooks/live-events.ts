/** Which events follow from who comes and goes in a room's call (D40.5): people by pseudonym, as `GET …/live/participants` shows them. */

import type { WebhookEventName } from "@conclave/api"
import type { RoomRecord } from "../api/ports.ts"
import type { AttendanceChange } from "../rooms/attendance.ts"
import type { Happened } from "./ports.ts"

const momentOf = (time: number | undefined): string | null => (time === undefined ? null : new Date(time).toISOString())

export function liveEvents(room: RoomRecord, changes: readonly AttendanceChange[], at: number): readonly Happened[] {
  return changes.map((change) => {
    const [type, more] = toldOf(change, at)
    const about = { room_id: room.id, friendly_url: room.friendlyUrl, external_id: room.externalId, session_id: change.call }
    return { type, team: room.team, at, data: { ...about, ...more } }
  })
}

function toldOf(change: AttendanceChange, at: number): readonly [WebhookEventName, Readonly<Record<string, string | null>>] {
  switch (change.what) {
    case "call-began":
      return ["session_started", { started_at: momentOf(at) }]
    case "call-ended":
      return ["session_ended", { started_at: momentOf(change.since), ended_at: momentOf(at) }]
    case "joined":
      return ["participant_joined", { pseudonym: change.member, joined_at: momentOf(at) }]
    case "left":
      return ["participant_left", { pseudonym: change.member, joined_at: momentOf(change.since), left_at: momentOf(at) }]
  }
}

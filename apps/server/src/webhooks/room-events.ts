/** Which event follows from which change of a room's record (D40.5). Ids and settings, no topic: who wants more asks for the room. */

import type { RoomRecord } from "../api/ports.ts"
import type { Happened } from "./ports.ts"

const about = ({ id, friendlyUrl, externalId, kind }: RoomRecord) => ({
  room_id: id,
  friendly_url: friendlyUrl,
  external_id: externalId,
  kind,
  e2ee_enabled: kind !== "transport-only",
})

export const roomCreated = (room: RoomRecord): Happened => ({
  type: "room_created",
  team: room.team,
  at: room.createdAt,
  data: about(room),
})

export const roomDeleted = (room: RoomRecord, at: number): Happened => ({ type: "room_deleted", team: room.team, at, data: about(room) })

/** Fields as the API spells them. What is not here, like the name behind a link, is no setting. */
const fields = {
  kind: "kind",
  topic: "topic",
  friendlyUrl: "friendly_url",
  privacy: "privacy",
  externalId: "external_id",
  defaultRole: "default_role",
  roles: "roles",
  tags: "tags",
  isLocked: "is_locked",
  maxParticipants: "max_participants",
  expiresAt: "expires_at",
} as const satisfies Partial<Record<keyof RoomRecord, string>>

/** Nothing when all settings are as before: a room that was furnished for another call has not changed. */
export function roomUpdated(before: RoomRecord, after: RoomRecord): readonly Happened[] {
  const names = Object.keys(fields) as (keyof typeof fields)[]
  const changed = names.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name])).map((name) => fields[name])
  if (changed.length === 0) return []
  return [{ type: "room_updated", team: after.team, at: after.updatedAt, data: { ...about(after), changed } }]
}

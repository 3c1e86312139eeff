/** A room record as the API shows it, with what its kind means in plain words (D37.14). */

import type { room, RoomKind, z } from "@conclave/api"
import type { RoomRecord } from "../ports.ts"

interface Meaning {
  readonly kind_means: string
  readonly entry: string
  readonly can_be_entered: boolean
  /** Of the link's path (D1). */
  readonly form: "o" | "t" | undefined
}

const meanings: Record<RoomKind, Meaning> = {
  "sealed-by-link": {
    kind_means:
      "End-to-end encrypted. Who has the link can ask to come in; link secret and room key were made in a browser, and this server never had them.",
    entry: "By the link that the browser was given when it made the secret. This server does not know it and cannot show it again.",
    can_be_entered: true,
    form: undefined,
  },
  "sealed-by-identity": {
    kind_means:
      "End-to-end encrypted. The link holds no secret: this server decides who may come to the door, and vouches for accounts and tokens, so it could lie about who somebody is. What an organisation's own identity provider says, each device checks itself.",
    entry:
      "By its address, signed in, or by a link with a joining token (POST …/tokens); anybody where `privacy` is public. The first moderator's browser makes the keys of the call and is its host; who is not vouched for waits until a host says yes.",
    can_be_entered: true,
    form: "o",
  },
  "transport-only": {
    kind_means:
      "NOT end-to-end encrypted. Media are encrypted on the way only; this server hands out the key and can see and hear everything said in the room.",
    entry:
      "By its address, signed in, or by a link with a joining token (POST …/tokens); anybody where `privacy` is public. The screen says all the time that the server can listen.",
    can_be_entered: true,
    form: "t",
  },
}

/** The room's address without any secret; null for a room sealed by link. */
export function roomAddress({ kind, friendlyUrl }: RoomRecord, origin: string): string | null {
  const { form } = meanings[kind]
  return form === undefined ? null : `${origin}/${form}/${friendlyUrl}`
}

export function roomAnswer(record: RoomRecord, origin: string): z.input<typeof room> {
  const { kind_means, entry, can_be_entered } = meanings[record.kind]
  return {
    id: record.id,
    team_id: record.team,
    topic: record.topic,
    friendly_url: record.friendlyUrl,
    privacy: record.privacy,
    external_id: record.externalId,
    default_role: record.defaultRole,
    roles: [...record.roles],
    tags: [...record.tags],
    is_locked: record.isLocked,
    max_participants: record.maxParticipants,
    expires_at: record.expiresAt === null ? null : new Date(record.expiresAt).toISOString(),
    e2ee_enabled: record.kind !== "transport-only",
    kind: record.kind,
    kind_means,
    entry,
    can_be_entered,
    room_url: roomAddress(record, origin),
    created_at: new Date(record.createdAt).toISOString(),
    updated_at: new Date(record.updatedAt).toISOString(),
  }
}

/** Rooms of the API: Digital Samba's fields where we have their meaning, no others (a field without effect would be a lie). */

import { limits } from "@conclave/wire"
import { moment, roomRecordId, teamId } from "./ids.ts"
import { operation, pageOf, paging } from "./operation.ts"
import { z } from "./schema.ts"
import { bytesText, words } from "./words.ts"

/** Roles of this API and what they are in a call (D31). */
export const roomRoles = ["moderator", "speaker", "attendee"] as const
export const role = z.enum(roomRoles).meta({
  description:
    "moderator = co-host, speaker = member, attendee = listener. A role is a request: it takes effect by a policy that a host signs.",
})

/** What a room's address may be. 22 characters could be mistaken for an id only with an upper-case letter, which this has not. */
const friendlyUrl = z
  .string()
  .regex(/^(?!live$)[a-z0-9][a-z0-9-]{1,30}[a-z0-9]$/)
  .meta({
    description: "3 to 32 of a-z, 0-9 and hyphen; unique on this server; not `live`. Left out: 128 random bits, which nobody guesses.",
  })

const fields = {
  topic: words(500).nullable(),
  friendly_url: friendlyUrl,
  privacy: z.enum(["public", "private"]),
  external_id: words(255).nullable(),
  default_role: role,
  roles: z.array(role).min(1).max(roomRoles.length),
  tags: z.array(words(64)).max(20),
  is_locked: z.boolean(),
  max_participants: z.int().min(2).max(limits.members).nullable(),
  expires_at: moment.nullable(),
  e2ee_enabled: z.boolean(),
}

/** D1. The kind is in the path form of the link too, so a client never has to believe this field. */
const kinds = ["sealed-by-link", "sealed-by-identity", "transport-only"] as const
export type RoomKind = (typeof kinds)[number]

export const newRoom = z
  .strictObject({
    ...fields,
    team_id: teamId.optional().meta({ description: "For accounts that are in several teams. A key makes rooms of its own team." }),
    topic: fields.topic.default(null),
    friendly_url: friendlyUrl.optional(),
    privacy: fields.privacy.default("private"),
    external_id: fields.external_id.default(null),
    default_role: role.optional().meta({ description: "Left out: `speaker`, or the first of `roles`." }),
    roles: fields.roles.default([...roomRoles]),
    tags: fields.tags.default([]),
    is_locked: fields.is_locked.default(false),
    max_participants: fields.max_participants.default(null),
    expires_at: fields.expires_at.default(null),
    e2ee_enabled: fields.e2ee_enabled.default(true).meta({
      description:
        "true: end-to-end encrypted. false: a transport-only room, to which the server can listen; needs `rooms.make-transport-only`.",
    }),
  })
  .meta({ id: "NewRoom" })

export const roomChange = z
  .strictObject(fields)
  .partial()
  .meta({ id: "RoomChange", description: "What is left out stays. `e2ee_enabled` never changes while people are in the room (409)." })

export const room = z
  .strictObject({
    id: roomRecordId,
    team_id: teamId,
    ...fields,
    kind: z.enum(kinds),
    kind_means: z.string().meta({ description: "What this kind of room means for who can see and hear, in one or two sentences." }),
    can_be_entered: z.boolean().meta({ description: "Whether the web client of this version opens this kind of room." }),
    entry: z.string().meta({ description: "How people come in, or why they cannot yet." }),
    room_url: z
      .string()
      .nullable()
      .meta({ description: "The address without any secret. Null for a room sealed by link: only who holds its link knows it." }),
    created_at: moment,
    updated_at: moment,
  })
  .meta({ id: "Room" })

/** A room as browsers make one; the checks of `POST /api/rooms` (D2.11). */
export const madeRoom = {
  room: z
    .string()
    .regex(/^[A-Za-z0-9_-]{21}[AQgw]$/)
    .meta({ description: "The room's name among browsers: 16 random bytes, base64url." }),
  access_hash: bytesText(32, 32).meta({ description: "SHA-256 of the access proof, base64url." }),
  shelf: bytesText(1, limits.shelf).meta({
    description: "The signed policy, sealed under a key from the link secret or opening, base64url.",
  }),
  key: bytesText(32, 32).meta({ description: "Public half of the room key (Ed25519), base64url." }),
}

/** What a browser made for a room sealed by link. */
export const roomSecret = z
  .strictObject(madeRoom)
  .meta({ id: "RoomSecret", description: "Nothing in it lets the server read or enter: no link secret, no private key." })

/** By id or by `friendly_url`. */
export const oneRoom = z.strictObject({
  room: z
    .string()
    .min(3)
    .max(32)
    .regex(/^[A-Za-z0-9_-]+$/)
    .meta({ description: "The room's id or friendly_url." }),
})

const roomsQuery = z.strictObject({
  ...paging,
  after: roomRecordId.optional(),
  team_id: teamId.optional(),
  tag: words(64).optional(),
  external_id: words(255).optional(),
  search: words(64).optional().meta({
    description: "Rooms with this text in their topic or friendly_url. A to Z are the same as a to z; other letters need not be.",
  }),
})

const tag = "rooms"

export const roomOperations = {
  listRooms: operation({
    id: "listRooms",
    method: "GET",
    path: "/rooms",
    tag,
    needs: "rooms.read",
    summary: "Rooms of a team",
    query: roomsQuery,
    answer: { status: 200, body: pageOf(room) },
  }),
  createRoom: operation({
    id: "createRoom",
    method: "POST",
    path: "/rooms",
    tag,
    needs: "rooms.write",
    summary: "Make a room",
    description:
      "Sealed by identity unless `e2ee_enabled` is false. The server makes no secret, so a room made here has a link without one; see `uploadRoomSecret`.",
    body: newRoom,
    answer: { status: 201, body: room },
    problems: ["friendly-url-taken"],
  }),
  getRoom: operation({
    id: "getRoom",
    method: "GET",
    path: "/rooms/{room}",
    tag,
    needs: "rooms.read",
    summary: "One room",
    params: oneRoom,
    answer: { status: 200, body: room },
  }),
  changeRoom: operation({
    id: "changeRoom",
    method: "PATCH",
    path: "/rooms/{room}",
    tag,
    needs: "rooms.write",
    summary: "Change a room",
    description: "Switching `e2ee_enabled` makes it another kind of room: its old links open nothing any more.",
    params: oneRoom,
    body: roomChange,
    answer: { status: 200, body: room },
    problems: ["friendly-url-taken", "people-are-inside"],
  }),
  deleteRoom: operation({
    id: "deleteRoom",
    method: "DELETE",
    path: "/rooms/{room}",
    tag,
    needs: "rooms.write",
    summary: "Delete a room; its links open nothing any more",
    params: oneRoom,
    answer: { status: 204 },
    problems: ["people-are-inside"],
  }),
  uploadRoomSecret: operation({
    id: "uploadRoomSecret",
    method: "PUT",
    path: "/rooms/{room}/secret",
    tag,
    needs: "rooms.write",
    summary: "Make a room sealed by link, with what a browser has made for it",
    description:
      "Run `withSecret` of the client library in a browser: it makes link secret and room key there and sends only this. The link that it gives back is known to nobody else.",
    params: oneRoom,
    body: roomSecret,
    answer: { status: 200, body: room },
    problems: ["people-are-inside", "room-is-transport-only", "room-exists"],
  }),
} as const

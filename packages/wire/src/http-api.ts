/** The HTTP requests a browser makes (docs/protocol.md, section 3). Bodies are JSON. */

import { bytes, fields, type Read } from "./shape.ts"
import { parseCallId, parseMemberId, parseRoomId } from "./ids.ts"
import { limits } from "./limits.ts"

/** POST /api/rooms: makes a room sealed by link. The server gets the hash of `access`, never the link secret (D2). */
export const parseNewRoom = fields({ room: parseRoomId, accessHash: bytes(32, 32), shelf: bytes(1, limits.shelf) })
export type NewRoom = Read<typeof parseNewRoom>

/** POST /api/media: a member asks for its way to the SFU. Answered by a cookie for `/sfu/<member>` only. */
export const parseMediaRequest = fields({ call: parseCallId, member: parseMemberId, session: bytes(32, 32) })
export type MediaRequest = Read<typeof parseMediaRequest>

/** Paths both sides must agree on. */
export const paths = {
  rooms: "/api/rooms",
  media: "/api/media",
  socket: "/api/socket",
  /** livekit-client appends `/rtc/v1` and the like. */
  sfu: (member: string) => `/sfu/${member}`,
} as const

/** The HTTP requests a browser makes (docs/protocol.md, section 3). Bodies are JSON. */

import { bytes, fields, flag, list, oneOf, optional, whole, type Read, type Shape } from "./shape.ts"
import { parseCallId, parseMemberId, parseRoomId } from "./ids.ts"
import { limits } from "./limits.ts"

/** An Ed25519 public key (RFC 8032 section 5.1.5). */
const publicKey = bytes(32, 32)

/**
 * POST /api/rooms: makes a room sealed by link. The server gets the hash of `access`, never the link secret (D2). `key`: the
 * room key, the first that may sign a change of what the server keeps (D3.10).
 */
export const parseNewRoom = fields({ room: parseRoomId, accessHash: bytes(32, 32), shelf: bytes(1, limits.shelf), key: publicKey })
export type NewRoom = Read<typeof parseNewRoom>

/**
 * PATCH /api/rooms/<room>: replaces what the server keeps (D3.10). `signature` is Ed25519 by `by`, one of the keys kept so far,
 * over "Conclave 1 room\0" ‖ room 16 ‖ version u32 ‖ accessHash 32 ‖ SHA-256(shelf) 32 ‖ keys in order.
 */
export const parseRoomChange = fields({
  version: whole(1, 2 ** 32 - 1),
  accessHash: bytes(32, 32),
  shelf: bytes(1, limits.shelf),
  keys: list(publicKey, limits.roomKeys),
  by: publicKey,
  signature: bytes(64, 64),
})
export type RoomChangeBody = Read<typeof parseRoomChange>

/** POST /api/media: a member asks for its way to the SFU. Answered by a cookie for `/sfu/<member>` only, and an offer of the relay. */
export const parseMediaRequest = fields({ call: parseCallId, member: parseMemberId, session: bytes(32, 32) })
export type MediaRequest = Read<typeof parseMediaRequest>

/** Four decimal numbers with dots, the one way to write them. */
const ipv4: Shape<string> = (value) => {
  if (typeof value !== "string" || !/^\d{1,3}(\.\d{1,3}){3}$/.test(value)) return undefined
  return value.split(".").every((part) => Number(part) <= 255 && String(Number(part)) === part) ? value : undefined
}

/**
 * A credential for our server's own relay (TURN, RFC 8656). User name and password are the base64url of these bytes. It names no host:
 * the page's own is meant. `address`: of the relay, which counts only for a page that came from loopback (D27.17).
 */
const parseRelayOffer = fields({
  username: bytes(16, 16),
  password: bytes(24, 24),
  address: ipv4,
  port: whole(1, 65_535),
  isOverTls: flag,
})
export type RelayOffer = Read<typeof parseRelayOffer>

/** What POST /api/media answers. No `relay`: the server has none. */
export const parseMediaAnswer = fields({ relay: optional(parseRelayOffer) })
export type MediaAnswer = Read<typeof parseMediaAnswer>

/** Ways that media can go: straight by UDP, straight by TCP, by the relay of our own server. */
export const ways = ["udp", "tcp", "relay"] as const
export type Way = (typeof ways)[number]

/**
 * What POST /api/probe answers: a name under which a page may try the SFU for some seconds, alone and without sending or receiving
 * media (D27.11), the ways this server has, and what is needed to try its relay. A cookie for `/sfu/<probe>` comes with it.
 */
export const parseProbe = fields({ probe: parseMemberId, ways: list(oneOf(ways), ways.length), relay: optional(parseRelayOffer) })
export type Probe = Read<typeof parseProbe>

/** Paths both sides must agree on. */
export const paths = {
  rooms: "/api/rooms",
  room: (room: string) => `/api/rooms/${room}`,
  media: "/api/media",
  probe: "/api/probe",
  socket: "/api/socket",
  /** livekit-client appends `/rtc/v1` and the like. */
  sfu: (member: string) => `/sfu/${member}`,
} as const

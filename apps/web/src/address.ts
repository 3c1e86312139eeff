/** What the address bar says, and what a pasted link says. Shapes only: whether a link opens its room is known later. */

import { parseRoomId } from "@conclave/wire"
import type { RoomAddress } from "./view/room.ts"
import type { LinkTrouble } from "./view/start.ts"

export type Place =
  | { readonly page: "start" }
  | { readonly page: "new" }
  /** A pop-up on its way back from an identity provider (D19). */
  | { readonly page: "identity" }
  | ({ readonly page: "room" } & RoomAddress)
  | { readonly page: "other-kind"; readonly of: "identity" | "transport" }
  | { readonly page: "nowhere" }

/** SECRET.KEYHASH: 16 bytes each, base64url, the last character of each carrying two bits (D2). */
const fragmentPattern = /^[A-Za-z0-9_-]{21}[AQgw]\.[A-Za-z0-9_-]{21}[AQgw]$/

/** Whether a fragment has the form of one. Says nothing about fitting a room. */
export const isWholeFragment = (fragment: string): boolean => fragmentPattern.test(fragment)

/** Reads a location of this server. */
export function placeOf({ pathname, hash }: { readonly pathname: string; readonly hash: string }): Place {
  if (pathname === "/") return { page: "start" }
  if (pathname === "/new") return { page: "new" }
  if (pathname === "/identity") return { page: "identity" }
  const [, kind, room, ...rest] = pathname.split("/")
  if (parseRoomId(room) === undefined || rest.length > 0) return { page: "nowhere" }
  if (kind === "r") return { page: "room", room: room ?? "", fragment: hash.replace(/^#/, "") }
  if (kind === "o") return { page: "other-kind", of: "identity" }
  if (kind === "t") return { page: "other-kind", of: "transport" }
  return { page: "nowhere" }
}

/** The path of a room, to go to or to put in the address bar. */
export const pathOf = ({ room, fragment }: RoomAddress): string => `/r/${room}#${fragment}`

/** Reads what a person pasted. `here` is our own origin. */
export function readPastedLink(text: string, here: string): RoomAddress | LinkTrouble {
  const url = urlIn(text)
  if (url === undefined) return { kind: "not-a-link" }
  const place = placeOf(url)
  if (place.page === "nowhere" || place.page === "start" || place.page === "new" || place.page === "identity") return { kind: "not-a-link" }
  if (url.origin !== here) return { kind: "other-server", host: url.host }
  if (place.page === "other-kind") return { kind: "other-kind" }
  if (!isWholeFragment(place.fragment)) return { kind: "cut" }
  return { room: place.room, fragment: place.fragment }
}

/** Links come wrapped in blanks and angle brackets, or without their scheme. */
function urlIn(text: string): URL | undefined {
  const bare = text.trim().replace(/^<(.*)>$/u, "$1")
  if (bare.length === 0 || bare.length > 2048 || /\s/u.test(bare)) return undefined
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//iu.test(bare) ? bare : `https://${bare}`)
  return url !== null && (url.protocol === "https:" || url.protocol === "http:") ? url : undefined
}

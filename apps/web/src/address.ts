/** What the address bar says, and what a pasted link says. Shapes only: whether a link opens its room is known later. */

import { parseRoomId } from "@conclave/wire"
import type { HandedAddress, RoomAddress } from "./view/room.ts"
import type { LinkTrouble } from "./view/start.ts"

export type Place =
  | { readonly page: "start" }
  | { readonly page: "new" }
  /** A pop-up on its way back from an identity provider (D19). */
  | { readonly page: "identity" }
  | ({ readonly page: "room" } & RoomAddress)
  | ({ readonly page: "handed" } & HandedAddress)
  /** Links that make an account, or open one anew; what stands behind `#` is the only copy. */
  | { readonly page: "setup" | "invitation"; readonly token: string }
  /** `next`: where to go when signed in, a path of ours. */
  | { readonly page: "login"; readonly next: string }
  | { readonly page: "account" }
  | { readonly page: "dashboard"; readonly part?: string; readonly id?: string }
  | { readonly page: "nowhere" }

/** SECRET.KEYHASH: 16 bytes each, base64url, the last character of each carrying two bits (D2). */
const fragmentPattern = /^[A-Za-z0-9_-]{21}[AQgw]\.[A-Za-z0-9_-]{21}[AQgw]$/

/** Whether a fragment has the form of one. Says nothing about fitting a room. */
export const isWholeFragment = (fragment: string): boolean => fragmentPattern.test(fragment)

interface Location {
  readonly pathname: string
  readonly hash: string
  readonly search?: string
}

/** Reads a location of this server. */
export function placeOf({ pathname, hash, search = "" }: Location): Place {
  if (pathname === "/") return { page: "start" }
  if (pathname === "/new") return { page: "new" }
  if (pathname === "/identity") return { page: "identity" }
  if (pathname === "/setup" || pathname === "/invitation")
    return { page: pathname === "/setup" ? "setup" : "invitation", token: behind(hash) }
  if (pathname === "/login") return { page: "login", next: ownPath(new URLSearchParams(search).get("next")) }
  if (pathname === "/account") return { page: "account" }
  if (pathname === "/dashboard" || pathname.startsWith("/dashboard/")) return inDashboard(pathname)
  const [, kind = "", room = "", ...rest] = pathname.split("/")
  if (rest.length > 0) return { page: "nowhere" }
  if (kind === "r" && parseRoomId(room) !== undefined) return { page: "room", room, fragment: behind(hash) }
  const handed = kind === "o" ? "identity" : kind === "t" ? "transport" : undefined
  const isNamed = parseRoomId(room) !== undefined || friendlyPattern.test(room)
  return handed === undefined || !isNamed ? { page: "nowhere" } : { page: "handed", kind: handed, name: room, token: behind(hash) }
}

/** The address of its own that a room of the API may have: 3 to 32 of a-z, 0-9 and hyphen. */
const friendlyPattern = /^[a-z0-9][a-z0-9-]{1,30}[a-z0-9]$/

const behind = (hash: string): string => hash.replace(/^#/, "")

/** One part of the dashboard, perhaps one thing in it: words of a path, or nowhere. */
function inDashboard(pathname: string): Place {
  const words = pathname.split("/").slice(2)
  if (words.length > 2 || !words.every((word) => /^[A-Za-z0-9_-]{1,64}$/.test(word))) return { page: "nowhere" }
  const [part, id] = words
  return { page: "dashboard", ...(part !== undefined && { part }), ...(id !== undefined && { id }) }
}

const home = "/dashboard"

/** D41.3: a path of ours that is worth coming back to, without what stands behind `?` and `#`; anything else is the dashboard. */
export function ownPath(wanted: string | null): string {
  const here = "https://here.invalid"
  const url = wanted?.startsWith("/") ? URL.parse(wanted, here) : null
  if (url?.origin !== here) return home
  const { page } = placeOf({ pathname: url.pathname, hash: "" })
  return page === "dashboard" || page === "account" || /^\/[ot]\/[A-Za-z0-9_-]{1,64}$/.test(url.pathname) ? url.pathname : home
}

/** Where to sign in, and to come back from to where one is. */
export const loginPath = (pathname: string): string => `/login?next=${encodeURIComponent(pathname)}`

/** The path of a room that its server opens, without the token that somebody may have come by. */
export const handedPath = ({ kind, name }: Pick<HandedAddress, "kind" | "name">): string => `/${kind === "identity" ? "o" : "t"}/${name}`

/** The path of a room sealed by link, to go to or to put in the address bar. */
export const pathOf = ({ room, fragment }: RoomAddress): string => `/r/${room}#${fragment}`

/** Reads what a person pasted: where to go, with what stands behind `#`. `here` is our own origin. */
export function readPastedLink(text: string, here: string): { readonly path: string } | LinkTrouble {
  const url = urlIn(text)
  if (url === undefined) return { kind: "not-a-link" }
  const place = placeOf(url)
  if (place.page !== "room" && place.page !== "handed") return { kind: "not-a-link" }
  if (url.origin !== here) return { kind: "other-server", host: url.host }
  if (place.page === "handed") return { path: handedPath(place) + url.hash }
  return isWholeFragment(place.fragment) ? { path: pathOf(place) } : { kind: "cut" }
}

/** Links come wrapped in blanks and angle brackets, or without their scheme. */
function urlIn(text: string): URL | undefined {
  const bare = text.trim().replace(/^<(.*)>$/u, "$1")
  if (bare.length === 0 || bare.length > 2048 || /\s/u.test(bare)) return undefined
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//iu.test(bare) ? bare : `https://${bare}`)
  return url !== null && (url.protocol === "https:" || url.protocol === "http:") ? url : undefined
}

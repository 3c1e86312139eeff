/**
 * Links to rooms sealed by link (D1, D2). Knows the text only; what the secret opens is in link-keys.ts.
 *
 *   https://host/r/ROOM#SECRET.KEYHASH
 *
 * ROOM, SECRET and KEYHASH are 16 bytes each, 22 base64url characters. KEYHASH is the first half of SHA-256 of the room's
 * public key. What stands behind `#` never reaches a server (RFC 3986 section 3.5).
 */

import { fromBase64url, toBase64url } from "../base64url.ts"
import { refusal, type Refusal } from "../refusal.ts"
import { Secret } from "../secret.ts"

/** A link, taken apart. */
export interface Link {
  /** Scheme, host and port, as written. */
  readonly origin: string
  /** 22 base64url characters. */
  readonly room: string
  /** 16 bytes; all of the room's link keys come from it. */
  readonly secret: Secret
  /** First 16 bytes of SHA-256(room public key). */
  readonly keyHash: Uint8Array
}

/** The kinds of room that this version knows but does not open (D1). */
export type OtherKind = "sealed-by-identity" | "transport-only"

/**
 * Why a text is no link of ours. `cut-link`: its form is known but something is missing, added or misspelt.
 * `other-kind`: a room of another kind, which is never opened as this one (D1).
 */
export type LinkRefusal = Refusal<"not-a-link"> | Refusal<"cut-link"> | (Refusal<"other-kind"> & { readonly which: OtherKind })

const otherKinds: Record<string, OtherKind> = { o: "sealed-by-identity", t: "transport-only" }

/** origin, kind, room part, query, fragment */
const form = /^(https?:\/\/[^/?#\s\\@]{1,261})\/([rot])\/([^/?#]*)(?:\?[^#]*)?(?:#(.*))?$/

/** Longest text looked at; a link has some 70 characters beside its host. */
const maxLength = 2048

/** Reads a link. A query is passed over: mail programs add them, and nothing secret is ever read from one. */
export function parseLink(text: string): Link | LinkRefusal {
  const match = text.length <= maxLength ? form.exec(text) : null
  if (match === null) return refusal("not-a-link")
  const [, origin = "", kind = "", room = "", fragment = ""] = match
  const which = otherKinds[kind]
  if (which !== undefined) return { refused: "other-kind", which }
  const parts = parseFragment(fragment)
  if (parts === undefined || fromBase64url(room, 16) === undefined) return refusal("cut-link")
  return { origin, room, ...parts }
}

/** Reads what stands behind `#` (without it). Undefined unless every character is in its place. */
export function parseFragment(fragment: string): Pick<Link, "secret" | "keyHash"> | undefined {
  if (fragment.length !== 45 || fragment[22] !== ".") return undefined
  const secret = fromBase64url(fragment.slice(0, 22), 16)
  const keyHash = fromBase64url(fragment.slice(23), 16)
  return secret === undefined || keyHash === undefined ? undefined : { secret: new Secret(secret), keyHash }
}

/** What stands behind `#`. The secret itself: for the address bar and a port to the key worker only. */
export const printFragment = (link: Pick<Link, "secret" | "keyHash">): string =>
  `${toBase64url(link.secret.expose())}.${toBase64url(link.keyHash)}`

/** Prints a link. The text holds the secret: it is for the person only. */
export const printLink = (link: Link): string => `${link.origin}/r/${link.room}#${printFragment(link)}`

/** Who asks: the session in the cookie, or a developer key in one of its three spellings (D37.4). */

import type { KeyId, TeamId } from "@conclave/api"
import type { Subject } from "../organisation/authorise.ts"
import { hashOf } from "../tokens.ts"
import type { KeyStore } from "./ports.ts"

export interface Asker {
  readonly subject: Subject
  /** For limits and idempotency: an account, a key, or the address of somebody who is nobody yet. */
  readonly name: string
  /** Logged in within the last quarter of an hour, or a key, which has no other way. */
  readonly isFresh: boolean
  /** The developer key, where that is who asks. */
  readonly key?: KeyId
  /** The token of the session's cookie, where that is who asks. */
  readonly session?: string
}

/** What an account's cookie stands for. */
export interface Sessions {
  /** Undefined: no such session, or it is over. */
  asker(token: string): Promise<Omit<Asker, "session"> | undefined>
}

export interface Credentials {
  readonly authorization: string | undefined
  readonly cookie: string | undefined
  readonly address: string
}

export interface AskerParts {
  readonly keys: KeyStore
  readonly sessions: Sessions
  readonly isTls: boolean
  readonly now: () => number
}

/** Undefined: something was shown that is not valid. Nothing shown at all is somebody anonymous. */
export async function askerOf({ authorization, cookie, address }: Credentials, parts: AskerParts): Promise<Asker | undefined> {
  if (authorization !== undefined) return keyAsker(authorization, parts)
  const session = cookieIn(cookie, sessionCookie(parts.isTls))
  if (session === undefined) return nobodyAt(address)
  const asker = await parts.sessions.asker(session)
  return asker && { ...asker, session }
}

/** Somebody who shows nothing. */
export const nobodyAt = (address: string): Asker => ({ subject: { kind: "anonymous" }, name: `address ${address}`, isFresh: false })

/** `__Host-` needs TLS; on loopback there is none. */
export const sessionCookie = (isTls: boolean): string => (isTls ? "__Host-conclave" : "conclave")

/** A cookie's value; undefined too when it comes twice, since then somebody planted one. */
export function cookieIn(header: string | undefined, name: string): string | undefined {
  const values = (header ?? "").split(";").flatMap((pair) => {
    const at = pair.indexOf("=")
    return at > 0 && pair.slice(0, at).trim() === name ? [pair.slice(at + 1).trim()] : []
  })
  return values.length === 1 ? values[0] : undefined
}

async function keyAsker(header: string, { keys, now }: AskerParts): Promise<Asker | undefined> {
  const shown = shownKeyIn(header)
  if (shown === undefined) return undefined
  const kept = await keys.byHash(hashOf(shown.key), now())
  if (kept === undefined || (shown.team !== undefined && shown.team !== kept.team)) return undefined
  const { id, team, scopes } = kept
  return { subject: { kind: "key", team, scopes }, name: `key ${id}`, isFresh: true, key: id }
}

/** What every key begins with, so that one is found where it should not be. */
export const keyPrefix = "conclave_"
const bareKey = /^conclave_[A-Za-z0-9_-]{43}$/

/** `Bearer base64(team:key)`, `Bearer key`, `Basic base64(team:key)`. Strict: one blank, nothing after it. */
export function shownKeyIn(header: string): { readonly key: string; readonly team?: TeamId } | undefined {
  const [, scheme, rest] = /^(Bearer|Basic) ([A-Za-z0-9+/=_-]{1,200})$/i.exec(header) ?? []
  if (scheme === undefined || rest === undefined) return undefined
  if (scheme.toLowerCase() === "bearer" && bareKey.test(rest)) return { key: rest }
  const [team, key, ...more] = Buffer.from(rest, "base64").toString("latin1").split(":")
  if (team === undefined || key === undefined || more.length > 0 || !bareKey.test(key)) return undefined
  return { key, team: team as TeamId }
}

/** What a token says, and for whom and when (OpenID Connect Core 1.0 sections 2 and 3.1.3.7). */

import { wishedRoles, type WishedRole } from "../room/identities.ts"
import { parseName } from "../room/name.ts"
import type { Issuer } from "./issuer.ts"

/** What a token says of somebody. True once its signature was checked. */
export interface Claims {
  /** The provider's own name for the account: never given to another person. */
  readonly subject: string
  /** When it was made, in seconds since 1970. */
  readonly iat: number
  readonly name: string
  /** Only where the provider says that it verified it. */
  readonly email?: string
  /** Which of the room's roles its maker wants for them; of statements of our own server (D39.44). */
  readonly wish?: WishedRole
}

export type ClaimsRefusal =
  "token-malformed" | "token-audience" | "token-expired" | "token-too-old" | "token-from-the-future" | "token-name"

/** D19: a token is good for a day, whatever it says of itself. */
export const tokenLifetimeMs = 24 * 60 * 60 * 1000

/** How wrong the clocks of provider and reader may be against each other. */
export const clockToleranceMs = 5 * 60 * 1000

type Fields = Readonly<Record<string, unknown>>

/** Checks everything but signature and nonce. `now` in milliseconds since 1970. */
export function readClaims(fields: Fields, { clientId }: Issuer, now: number): Claims | ClaimsRefusal {
  if (!isFor(fields, clientId)) return "token-audience"
  const { sub, exp, iat } = fields
  if (!isSubject(sub) || !isTime(exp) || !isTime(iat)) return "token-malformed"
  if (exp * 1000 + clockToleranceMs <= now) return "token-expired"
  if (iat * 1000 + tokenLifetimeMs + clockToleranceMs <= now) return "token-too-old"
  // A token that begins later than now, or says that it does, could be kept for a day of the thief's choice.
  if (iat * 1000 > now + clockToleranceMs || (isTime(fields["nbf"]) && fields["nbf"] * 1000 > now + clockToleranceMs))
    return "token-from-the-future"
  const name = nameIn(fields)
  const email = emailIn(fields)
  const wish = wishedRoles.find((role) => role === fields["role"])
  if (name === undefined) return "token-name"
  return { subject: sub, iat, name, ...(email === undefined ? {} : { email }), ...(wish === undefined ? {} : { wish }) }
}

/** For our client and no other: what is meant for two could be taken by one and shown to the other. */
function isFor({ aud, azp }: Fields, clientId: string): boolean {
  const only: unknown = Array.isArray(aud) && aud.length === 1 ? aud[0] : aud
  return only === clientId && (azp === undefined || azp === clientId)
}

/** Seconds since 1970; providers may send fractions (RFC 7519 section 2). */
const isTime = (value: unknown): value is number => typeof value === "number" && value >= 0 && value < 2 ** 40

/** At most 255 ASCII characters (OpenID Connect Core section 2), and none that could redraw what is around it. */
const isSubject = (value: unknown): value is string => typeof value === "string" && /^[\x20-\x7e]{1,255}$/.test(value)

/** The name, else what the provider calls the account. The rules of every name hold (D17). */
function nameIn(fields: Fields): string | undefined {
  for (const claim of [fields["name"], fields["preferred_username"], emailIn(fields)]) {
    const name = typeof claim === "string" ? parseName(claim) : undefined
    if (typeof name === "string") return name
  }
  return undefined
}

function emailIn({ email, email_verified: isVerified }: Fields): string | undefined {
  if (typeof email !== "string" || isVerified !== true || email.length > 254 || !/^[^\s@]+@[^\s@]+$/u.test(email)) return undefined
  return parseName(email) === email ? email : undefined
}

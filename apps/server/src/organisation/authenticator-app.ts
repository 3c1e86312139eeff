/** Codes of an authenticator app (RFC 6238: SHA-1, six digits, 30 s): what every such app can. */

import { Secret, TOTP } from "otpauth"

/** RFC 4226 section 4: 160 bits. */
export const seedLength = 20
const period = 30

const appOf = (seed: Uint8Array<ArrayBuffer>, about: { issuer?: string; label?: string } = {}) =>
  new TOTP({
    ...about,
    algorithm: "SHA1",
    digits: 6,
    period,
    secret: new Secret({ buffer: seed.buffer.slice(seed.byteOffset, seed.byteOffset + seed.byteLength) }),
  })

/**
 * The step that a code belongs to, if that is the present one or a neighbour (D36.12). The caller keeps the highest that was used:
 * none counts twice. `now` in milliseconds since 1970.
 */
export function stepOf(code: string, seed: Uint8Array<ArrayBuffer>, now: number): number | undefined {
  if (!/^\d{6}$/.test(code)) return undefined
  const delta = appOf(seed).validate({ token: code, timestamp: now, window: 1 })
  return delta === null ? undefined : Math.floor(now / 1000 / period) + delta
}

/** What the app is given: as text to type and as the address behind a QR code. Shown once, to the owner of the account. */
export function seedForApp(
  seed: Uint8Array<ArrayBuffer>,
  about: { readonly issuer: string; readonly label: string },
): { secret: string; uri: string } {
  const app = appOf(seed, about)
  return { secret: app.secret.base32, uri: app.toString() }
}

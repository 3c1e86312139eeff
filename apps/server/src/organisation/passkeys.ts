/** Passkeys (D36.14): what a page is asked to make or show, and whether what came back is right. */

import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
  type AuthenticationResponseJSON,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  type RegistrationResponseJSON,
} from "@simplewebauthn/server"
import { decodeAttestationObject, decodeClientDataJSON, isoBase64URL } from "@simplewebauthn/server/helpers"
import { fromBase64url } from "@conclave/wire"
import type { Account, Passkey } from "./ports.ts"

export type { AuthenticationResponseJSON, RegistrationResponseJSON }

/** One asking: what was asked, on which of our origins. Good once and for five minutes (one-use.ts). */
export interface Challenge {
  readonly challenge: string
  /** `https://host[:port]`, one of our own. */
  readonly origin: string
}

/** Ed25519, P-256, RSA: what authenticators have. */
const algorithms = [-8, -7, -257]
const timeout = 5 * 60_000

/** The name of the site that a passkey belongs to: our host, without the port. */
const siteOf = (origin: string): string => new URL(origin).hostname

interface NewPasskey {
  readonly account: Account
  readonly organisation: string
  readonly origin: string
  /** Those it has, so that one authenticator does not make two. */
  readonly known: readonly Passkey[]
}

export async function askForNew({
  account,
  organisation,
  origin,
  known,
}: NewPasskey): Promise<Challenge & { readonly options: PublicKeyCredentialCreationOptionsJSON }> {
  const options = await generateRegistrationOptions({
    rpName: organisation,
    rpID: siteOf(origin),
    userName: account.email,
    userDisplayName: account.name,
    userID: fromBase64url(account.id) ?? new Uint8Array(),
    timeout,
    // Which make of authenticator somebody has is not our business.
    attestationType: "none",
    excludeCredentials: known.map(({ credential }) => ({ id: credential })),
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
    supportedAlgorithmIDs: algorithms,
  })
  return { challenge: options.challenge, origin, options }
}

/** Undefined: it is not an answer to this challenge by somebody who was there and known to the authenticator. */
export async function readNew(
  response: RegistrationResponseJSON,
  { challenge, origin }: Challenge,
): Promise<Pick<Passkey, "credential" | "publicKey" | "counter"> | undefined> {
  try {
    if (isFramed(response.response.clientDataJSON) || !isPlain(response.response.attestationObject)) return undefined
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: siteOf(origin),
      requireUserVerification: true,
      supportedAlgorithmIDs: algorithms,
    })
    if (!verified) return undefined
    const { id, publicKey, counter } = registrationInfo.credential
    return id === response.id ? { credential: id, publicKey: new Uint8Array(publicKey), counter } : undefined
  } catch {
    // Whatever is wrong with it came from outside.
    return undefined
  }
}

/** `account` undefined: whoever has a passkey for this site; the page lets people choose. */
export async function askForOne(
  origin: string,
  known: readonly Passkey[] | undefined,
): Promise<Challenge & { readonly options: PublicKeyCredentialRequestOptionsJSON }> {
  const options = await generateAuthenticationOptions({
    rpID: siteOf(origin),
    timeout,
    userVerification: "required",
    ...(known === undefined ? {} : { allowCredentials: known.map(({ credential }) => ({ id: credential })) }),
  })
  return { challenge: options.challenge, origin, options }
}

/** The authenticator's counter after this use, or undefined: it is not an answer to this challenge by this passkey. */
export async function readOne(
  response: AuthenticationResponseJSON,
  { challenge, origin }: Challenge,
  passkey: Passkey,
): Promise<number | undefined> {
  try {
    if (isFramed(response.response.clientDataJSON)) return undefined
    const { userHandle } = response.response
    if (response.id !== passkey.credential || (userHandle !== undefined && userHandle !== passkey.account)) return undefined
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: siteOf(origin),
      requireUserVerification: true,
      credential: { id: passkey.credential, publicKey: passkey.publicKey, counter: passkey.counter },
    })
    return verified ? authenticationInfo.newCounter : undefined
  } catch {
    return undefined
  }
}

/** Our pages are never in another's frame; the library lets such an answer through when the browser does not name the outer page. */
const isFramed = (clientData: string): boolean => decodeClientDataJSON(clientData).crossOrigin === true

/**
 * No attestation, or one by the key itself: what a browser gives when none is asked for. Any other is refused before the library
 * sees it, since it would fetch the lists of revoked certificates that the answer names (A4.04).
 */
export function isPlain(attestation: string): boolean {
  const decoded = decodeAttestationObject(isoBase64URL.toBuffer(attestation))
  const format = decoded.get("fmt")
  return format === "none" || (format === "packed" && decoded.get("attStmt").get("x5c") === undefined)
}

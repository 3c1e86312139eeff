/** A provider without a network, for tests: real keys, any token one could wish for. */

import { toBase64url } from "../base64url.ts"
import { utf8 } from "../bytes.ts"
import { randomBytes, subtle } from "../platform.ts"
import { isRefusal, type Refusal } from "../refusal.ts"
import { memoryKeyShelf } from "../room/signing-key.ts"
import { deviceKey } from "../room/device-key.ts"
import { identityKey, makeProof, nonceOf } from "./binding.ts"
import type { Algorithm } from "./jws.ts"
import { identityVerifier, type VerifierParts } from "./verify.ts"

const kinds = {
  RS256: { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256", modulusLength: 2048, publicExponent: Uint8Array.of(1, 0, 1) },
  ES256: { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" },
  EdDSA: { name: "Ed25519" },
}

/** What was asked for; a refusal fails the test. */
export function good<T>(value: T): Exclude<T, Refusal> {
  if (isRefusal(value)) throw new Error(`refused: ${value.refused}`)
  return value as Exclude<T, Refusal>
}

export const base64urlJson = (value: unknown): string => toBase64url(utf8(JSON.stringify(value)))

/** A provider's key: its half of a JWK set, and tokens signed with it. */
export async function signingPart(algorithm: Algorithm, keyId: string) {
  const pair = (await subtle.generateKey(kinds[algorithm], true, ["sign", "verify"])) as CryptoKeyPair
  const { key_ops: _, ext: __, alg: ___, ...jwk } = await subtle.exportKey("jwk", pair.publicKey)
  const sign = async (text: string): Promise<string> =>
    toBase64url(new Uint8Array(await subtle.sign(kinds[algorithm], pair.privateKey, utf8(text))))
  return {
    jwk: { ...jwk, kid: keyId, use: "sig" } as Record<string, unknown>,
    /** `header` and `claims` as they are said; signed for real. */
    async token(claims: unknown, header: object = {}): Promise<string> {
      const text = `${base64urlJson({ alg: algorithm, kid: keyId, ...header })}.${base64urlJson(claims)}`
      return `${text}.${await sign(text)}`
    },
  }
}

export const issuer = { issuer: "https://login.example/realms/house", clientId: "conclave" }

/** Somebody who signed in on a device, now in a room; what a provider would say, and a verifier in the same room. */
export async function somebody(algorithm: Algorithm = "ES256") {
  const shelf = memoryKeyShelf()
  const room = toBase64url(randomBytes(16))
  const identity = good(await identityKey(shelf, issuer.issuer))
  const device = good(await deviceKey(shelf, room))
  const provider = await signingPart(algorithm, "k1")
  const now = 1_800_000_000_000
  const seconds = now / 1000
  const claims = {
    iss: issuer.issuer,
    aud: issuer.clientId,
    sub: "u-1",
    name: "Ada Lovelace",
    email: "ada@house.example",
    email_verified: true,
    nonce: await nonceOf(identity.publicKey),
    iat: seconds - 60,
    exp: seconds + 3600,
  }
  const asked: boolean[] = []
  const sets: { keys: unknown } = { keys: [provider.jwk] }
  const parts: VerifierParts = {
    room,
    issuers: () => [issuer],
    providerKeys: (_, isMissing) => {
      asked.push(isMissing)
      return Promise.resolve(sets.keys === undefined ? undefined : sets)
    },
  }
  const verifier = identityVerifier(parts)
  return {
    ...{ provider, claims, identity, device, room, now, sets, asked, parts },
    check: (proof: string, at = now) => verifier.verify(proof, device.publicKey, at),
    prove: (token: string, revocations: readonly string[] = []) =>
      makeProof({ token, revocations }, identity, { room, devicePublicKey: device.publicKey }),
    /** A token with these claims changed, proved as this device does. */
    async shows(changed: object, header: object = {}, at = now) {
      return verifier.verify(await this.prove(await provider.token({ ...claims, ...changed }, header)), device.publicKey, at)
    },
  }
}

/** One character of a text changed to another of the alphabet. */
export const bent = (text: string, at: number): string => {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
  const other = alphabet[(alphabet.indexOf(text.charAt(at)) + 1) % alphabet.length] ?? "A"
  return text.slice(0, at) + other + text.slice(at + 1)
}

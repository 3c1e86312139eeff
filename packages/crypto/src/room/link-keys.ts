/**
 * What the link secret opens (D2). Each key has one use and comes from its own label:
 *
 *   HKDF-SHA256(ikm = link secret, salt = room id, info = "Conclave 1 " ‖ label), 32 bytes
 *
 *   access   shown to the server, which keeps its SHA-256: whoever has it may knock
 *   knock    seals what a knocker says about itself
 *   psk      enters every Add as an MLS external PSK
 *   shelf    seals what the room keeps on the server
 */

import { joined, utf8 } from "../bytes.ts"
import { fromBase64url, toBase64url } from "../base64url.ts"
import { sha256, subtle, type Bytes } from "../platform.ts"
import { Secret } from "../secret.ts"

/** The keys of one link. `knock` and `shelf` are AES-256-GCM and cannot be exported. */
export interface LinkKeys {
  readonly access: Bytes
  readonly knock: CryptoKey
  readonly psk: Secret
  readonly shelf: CryptoKey
  /** Names the secret in the policy (D4.15). */
  readonly secretHash: string
}

/** Derives the four keys. The secret is not wiped: the caller owns it. */
export async function deriveLinkKeys(secret: Secret, room: string): Promise<LinkKeys> {
  const [access, knock, psk, shelf] = await Promise.all(
    (["access", "knock", "psk", "shelf"] as const).map((label) => derive(secret, room, label)),
  )
  if (access === undefined || knock === undefined || psk === undefined || shelf === undefined)
    throw new Error("bug: four labels, four keys")
  const secretHash = await hashOfSecret(secret, room)
  const keys = { access, knock: await sealingKey(knock), psk: new Secret(psk), shelf: await sealingKey(shelf), secretHash }
  knock.fill(0)
  shelf.fill(0)
  return keys
}

/** What `hello` shows the server: the page needs it before the key worker is there. */
export const deriveAccess = (secret: Secret, room: string): Promise<Bytes> => derive(secret, room, "access")

/** What the policy says of the secret: 16 bytes of SHA-256("Conclave 1 secret\0" ‖ room ‖ secret), base64url (D4.15). */
export async function hashOfSecret(secret: Secret, room: string): Promise<string> {
  const hash = await sha256(joined(utf8("Conclave 1 secret\0"), idBytes(room), secret.expose()))
  return toBase64url(hash.subarray(0, 16))
}

/** What the server keeps of `access`. */
export const hashOfAccess = (access: Bytes): Promise<Bytes> => sha256(access)

async function derive(secret: Secret, room: string, label: "access" | "knock" | "psk" | "shelf"): Promise<Bytes> {
  const salt = idBytes(room)
  const base = await subtle.importKey("raw", secret.expose(), "HKDF", false, ["deriveBits"])
  return new Uint8Array(await subtle.deriveBits({ name: "HKDF", hash: "SHA-256", salt, info: utf8(`Conclave 1 ${label}`) }, base, 256))
}

const sealingKey = (raw: Bytes): Promise<CryptoKey> => subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"])

/** The 16 bytes of a room, call or member id that a parser let through. */
export function idBytes(id: string): Bytes {
  const bytes = fromBase64url(id, 16)
  if (bytes === undefined) throw new Error("bug: an id has 16 bytes")
  return bytes
}

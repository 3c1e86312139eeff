/**
 * The password in the group's keys (D18): whoever has the link but not the password lacks the PSK of every Add.
 *
 *   stretched = Argon2id (RFC 9106) of the password, salt of the policy (16), 19 MiB, 2 passes, 1 lane, 32 bytes
 *   guess     = HKDF-SHA256(ikm = stretched, salt = room (16), info = "Conclave 1 password guess"), 32 bytes: what CPace compares
 *   part      = HKDF-SHA256(ikm = stretched, salt = room (16), info = "Conclave 1 password part"), 32 bytes
 *   psk'      = HKDF-SHA256(ikm = psk (32) ‖ part (32), salt = room (16), info = "Conclave 1 psk password"), 32 bytes
 *
 * These parameters are the least of OWASP's list that a phone's browser does in a second. More is not needed here: nobody gets
 * anything to try passwords on at home, but who is in the group and so knows the password.
 */

import { argon2id } from "@noble/hashes/argon2.js"
import { joined, owned, utf8 } from "../bytes.ts"
import { subtle, type Bytes } from "../platform.ts"
import { idBytes } from "../room/link-keys.ts"
import { Secret } from "../secret.ts"

/** Stretches a password that `parsePassword` gave. Takes a good part of a second: for a worker. */
export function stretch(password: string, salt: Uint8Array): Secret {
  if (salt.length !== 16) throw new Error("bug: a salt has 16 bytes")
  return new Secret(owned(argon2id(utf8(password), salt, { t: 2, m: 19 * 1024, p: 1, dkLen: 32 })))
}

/** The stretched password as the platform keeps it: no script reads it again. The secret is not wiped. */
export const stretchedKey = (stretched: Secret): Promise<CryptoKey> =>
  subtle.importKey("raw", stretched.expose(), "HKDF", false, ["deriveBits"])

/** What the two at the door compare. */
export const guessOf = (stretched: CryptoKey, room: string): Promise<Bytes> => derive(stretched, room, "Conclave 1 password guess")

/** The PSK of a room with a password. The link's part is not wiped: the caller owns it. */
export async function pskWithPassword(psk: Secret, stretched: CryptoKey, room: string): Promise<Secret> {
  const part = await derive(stretched, room, "Conclave 1 password part")
  const ikm: Bytes = joined(psk.expose(), part)
  const base = await subtle.importKey("raw", ikm, "HKDF", false, ["deriveBits"])
  ikm.fill(0)
  part.fill(0)
  return new Secret(await derive(base, room, "Conclave 1 psk password"))
}

async function derive(key: CryptoKey, room: string, label: string): Promise<Bytes> {
  return new Uint8Array(await subtle.deriveBits({ name: "HKDF", hash: "SHA-256", salt: idBytes(room), info: utf8(label) }, key, 256))
}

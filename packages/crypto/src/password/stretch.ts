/**
 * The password in the group's keys (D18): whoever has the link but not the password lacks the PSK of every Add.
 *
 *   stretched = Argon2id (RFC 9106) of the password, salt of the policy (16), 19 MiB, 2 passes, 1 lane, 32 bytes
 *   psk'      = HKDF-SHA256(ikm = psk (32) ‖ stretched (32), salt = room (16), info = "Conclave 1 psk password"), 32 bytes
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

/** The PSK of a room with a password. Neither part is wiped: the caller owns them. */
export async function pskWithPassword(psk: Secret, stretched: Secret, room: string): Promise<Secret> {
  const ikm: Bytes = joined(psk.expose(), stretched.expose())
  const base = await subtle.importKey("raw", ikm, "HKDF", false, ["deriveBits"])
  ikm.fill(0)
  const info = utf8("Conclave 1 psk password")
  return new Secret(new Uint8Array(await subtle.deriveBits({ name: "HKDF", hash: "SHA-256", salt: idBytes(room), info }, base, 256)))
}

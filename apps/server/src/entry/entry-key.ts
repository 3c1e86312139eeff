/** The key that signs statements about who enters (D39.7): Ed25519, its seed a file of the data folder. */

import { createHash, createPrivateKey, createPublicKey, sign, type KeyObject } from "node:crypto"
import { keyInFolder } from "../key-file.ts"

/** RFC 8037. */
export interface EntryJwk {
  readonly kty: "OKP"
  readonly crv: "Ed25519"
  readonly x: string
  /** RFC 7638: the key's own hash. */
  readonly kid: string
  readonly use: "sig"
  readonly alg: "EdDSA"
}

export interface EntryKey {
  readonly jwk: EntryJwk
  /** A JWS in compact form over these claims. */
  sign(claims: Readonly<Record<string, string | number>>): string
}

/** RFC 8410 section 7: a private Ed25519 key is these sixteen bytes and its seed. */
const pkcs8Head = Buffer.from("302e020100300506032b657004220420", "hex")

/** Throws what the file system says. */
export function entryKeyInFolder(folder: string): EntryKey {
  const der = Buffer.concat([pkcs8Head, keyInFolder(folder, "entry.key")])
  const key = createPrivateKey({ key: der, format: "der", type: "pkcs8" })
  const jwk = jwkOf(key)
  const header = partOf({ alg: jwk.alg, kid: jwk.kid, typ: "JWT" })
  return {
    jwk,
    sign(claims) {
      const signed = `${header}.${partOf(claims)}`
      return `${signed}.${sign(null, Buffer.from(signed), key).toString("base64url")}`
    },
  }
}

const partOf = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url")

function jwkOf(key: KeyObject): EntryJwk {
  const { x } = createPublicKey(key).export({ format: "jwk" })
  if (x === undefined) throw new Error("bug: an Ed25519 key has an x")
  const kid = createHash("sha256")
    .update(JSON.stringify({ crv: "Ed25519", kty: "OKP", x }))
    .digest("base64url")
  return { kty: "OKP", crv: "Ed25519", x, kid, use: "sig", alg: "EdDSA" }
}

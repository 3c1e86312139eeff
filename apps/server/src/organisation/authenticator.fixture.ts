/** An authenticator of a few lines, with a page around it: what a browser would send, and every way to get it wrong. */

import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from "node:crypto"
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from "./passkeys.ts"

interface Bend {
  readonly origin?: string
  readonly site?: string
  readonly challenge?: string
  readonly type?: string
  readonly isVerified?: boolean
  readonly isPresent?: boolean
  readonly isFramed?: boolean
  readonly counter?: number
  readonly userHandle?: string
  readonly attestation?: Buffer
}

interface Asked {
  readonly challenge: string
  readonly origin: string
}

const sha256 = (data: string | Buffer) => createHash("sha256").update(data).digest()

/** CBOR (RFC 8949), as much as is needed: small integers, texts, bytes and maps. */
function head(major: number, value: number): Buffer {
  if (value < 24) return Buffer.of((major << 5) | value)
  if (value < 256) return Buffer.of((major << 5) | 24, value)
  return Buffer.of((major << 5) | 25, value >> 8, value & 255)
}
const integer = (value: number): Buffer => (value < 0 ? head(1, -1 - value) : head(0, value))
const text = (value: string): Buffer => Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)])
const byteString = (value: Buffer): Buffer => Buffer.concat([head(2, value.length), value])
const map = (pairs: readonly (readonly [Buffer, Buffer])[]): Buffer => Buffer.concat([head(5, pairs.length), ...pairs.flat()])

export const attestationOf = (format: string, statement: Buffer, authData: Buffer): Buffer =>
  map([
    [text("fmt"), text(format)],
    [text("attStmt"), statement],
    [text("authData"), byteString(authData)],
  ])
export const withCertificate = map([
  [text("alg"), integer(-7)],
  [text("sig"), byteString(Buffer.alloc(8))],
  [text("x5c"), Buffer.concat([head(4, 1), byteString(Buffer.alloc(8))])],
])
const emptyMap = map([])

export class Authenticator {
  readonly credential = randomBytes(32)
  private readonly privateKey: KeyObject
  private readonly publicKey: Buffer
  counter = 0

  constructor() {
    const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" })
    const { x = "", y = "" } = publicKey.export({ format: "jwk" })
    this.privateKey = privateKey
    // COSE (RFC 9053): kty EC2, alg ES256, crv P-256.
    this.publicKey = map([
      [integer(1), integer(2)],
      [integer(3), integer(-7)],
      [integer(-1), integer(1)],
      [integer(-2), byteString(Buffer.from(x, "base64url"))],
      [integer(-3), byteString(Buffer.from(y, "base64url"))],
    ])
  }

  get id(): string {
    return this.credential.toString("base64url")
  }

  make(asked: Asked, bend: Bend = {}): RegistrationResponseJSON {
    const length = Buffer.of(this.credential.length >> 8, this.credential.length & 255)
    const made = Buffer.concat([Buffer.alloc(16), length, this.credential, this.publicKey])
    const authData = Buffer.concat([this.authData(asked, bend, 0x40), made])
    const attestation = bend.attestation ?? attestationOf("none", emptyMap, authData)
    const response = {
      clientDataJSON: clientData("webauthn.create", asked, bend).toString("base64url"),
      attestationObject: attestation.toString("base64url"),
    }
    return { id: this.id, rawId: this.id, type: "public-key", clientExtensionResults: {}, response }
  }

  /** What it would have put into an attestation. */
  authDataOf(asked: Asked): Buffer {
    const length = Buffer.of(this.credential.length >> 8, this.credential.length & 255)
    return Buffer.concat([this.authData(asked, {}, 0x40), Buffer.alloc(16), length, this.credential, this.publicKey])
  }

  show(asked: Asked, bend: Bend = {}): AuthenticationResponseJSON {
    this.counter++
    const client = clientData("webauthn.get", asked, bend)
    const authData = this.authData(asked, bend, 0)
    const signature = sign("sha256", Buffer.concat([authData, sha256(client)]), this.privateKey)
    const response = {
      clientDataJSON: client.toString("base64url"),
      authenticatorData: authData.toString("base64url"),
      signature: signature.toString("base64url"),
      ...(bend.userHandle === undefined ? {} : { userHandle: bend.userHandle }),
    }
    return { id: this.id, rawId: this.id, type: "public-key", clientExtensionResults: {}, response }
  }

  private authData({ origin }: Asked, bend: Bend, more: number): Buffer {
    const flags = (bend.isPresent === false ? 0 : 1) | (bend.isVerified === false ? 0 : 4) | more
    const counter = Buffer.alloc(4)
    counter.writeUInt32BE(bend.counter ?? this.counter)
    return Buffer.concat([sha256(bend.site ?? new URL(origin).hostname), Buffer.of(flags), counter])
  }
}

const clientData = (type: string, asked: Asked, bend: Bend): Buffer =>
  Buffer.from(
    JSON.stringify({
      type: bend.type ?? type,
      challenge: bend.challenge ?? asked.challenge,
      origin: bend.origin ?? asked.origin,
      crossOrigin: bend.isFramed ?? false,
    }),
  )

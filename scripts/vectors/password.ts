/** The room's password (D18), worked out by hand: strings of draft-irtf-cfrg-cpace, Argon2id of Node, ristretto255 of the file beside. */
import { argon2Sync, createHash, createHmac } from "node:crypto"
import { box, bytesOf, canonical, hex, hkdf, join, number, sha256, utf8, base64url } from "./by-hand.ts"
import { decode, encode, mapped, times } from "./ristretto.ts"

/** What the other vectors have already. */
export interface PasswordPlace {
  readonly room: Buffer
  readonly call: Buffer
  /** Pseudonym of the knocker. */
  readonly member: Buffer
  /** Key of the boxes at the door, and PSK of the link. */
  readonly knockKey: Buffer
  readonly psk: Buffer
  /** Device public keys. */
  readonly knocker: Buffer
  readonly host: Buffer
}

/** `lv_cat`. No part is longer than 127 bytes, so a length is one byte. */
const withLengths = (...parts: readonly Uint8Array[]): Buffer => join(...parts.flatMap((part) => [Uint8Array.of(part.length), part]))
const sha512 = (...parts: readonly Uint8Array[]): Buffer =>
  createHash("sha512")
    .update(join(...parts))
    .digest()

/** A scalar below 2^252. */
function scalarOf(label: string): Buffer {
  const scalar = bytesOf(label, 32)
  scalar[31] = (scalar[31] ?? 0) & 15
  return scalar
}

/** `generator_string`: with PRS of 32 bytes and the suite's name, zeros fill the first block of 128. */
export function generatorString(prs: Uint8Array, channel: Uint8Array, session: Uint8Array): Buffer {
  const suite = utf8("CPaceRistretto255")
  const zeros = Buffer.alloc(Math.max(0, 128 - 1 - withLengths(prs).length - withLengths(suite).length))
  return withLengths(suite, prs, zeros, channel, session)
}

const version = 2
const typed = "Zoe\u0308's\u00a0kitchen"

function stretching({ room, psk }: PasswordPlace) {
  const password = typed.replaceAll("\u00a0", " ").normalize("NFC")
  const salt = bytesOf("password salt", 16)
  const parameters = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 }
  const stretched = argon2Sync("argon2id", { message: password, nonce: salt, ...parameters })
  const guess = hkdf(stretched, room, utf8("Conclave 1 password guess"), 32)
  const part = hkdf(stretched, room, utf8("Conclave 1 password part"), 32)
  const mixed = hkdf(join(psk, part), room, utf8("Conclave 1 psk password"), 32)
  return { password, salt, stretched, guess, part, mixed }
}

/** One run in which both know it; the knocker is the initiator. */
function running({ room, call, knocker, host }: PasswordPlace, guess: Buffer, session: Buffer) {
  const channel = join(utf8("Conclave 1 password\0"), room, call, number(version, 4))
  const generator = mapped(sha512(generatorString(guess, channel, session)))
  const [first, second] = [scalarOf("scalar of Ben"), scalarOf("scalar of Ada")]
  const [firstShare, secondShare] = [encode(times(generator, first)), encode(times(generator, second))]
  const point = encode(times(decode(secondShare), first))
  const transcript = withLengths(firstShare, knocker, secondShare, host)
  const sessionKey = sha512(withLengths(utf8("CPaceRistretto255_ISK"), session, point), transcript)
  const macKey = sha512(utf8("CPaceMac"), session, sessionKey)
  const tagOf = (share: Buffer, device: Buffer): Buffer => createHmac("sha512", macKey).update(withLengths(share, device)).digest()
  return {
    ...{ channel, generator: encode(generator), point, sessionKey },
    knocker: { device: knocker, scalar: first, share: firstShare, tag: tagOf(firstShare, knocker) },
    host: { device: host, scalar: second, share: secondShare, tag: tagOf(secondShare, host) },
  }
}

/** D18.1, D18.2, D18.4, D18.5. */
export function password(place: PasswordPlace) {
  const { salt, stretched, guess, part, mixed, ...rest } = stretching(place)
  const keyPackage = bytesOf("key package", 300)
  const session = sha256(keyPackage)
  const run = running(place, guess, session)
  const boxOf = (step: number, plaintext: Buffer) => {
    const nonce = bytesOf(`door nonce ${String(step)}`, 12)
    const bound = join(utf8("Conclave 1 door\0"), Uint8Array.of(step), place.room, place.call, place.member, session)
    return hexed({ nonce, bound, plaintext, sealed: box(place.knockKey, nonce, { plaintext, bound }) })
  }
  return {
    ...hexed({ room: place.room, call: place.call, member: place.member }),
    ...{ version, typed: hex(utf8(typed)), password: rest.password },
    ...hexed({ salt, stretched, guess, part, psk: place.psk, mixed }),
    pskId: hex(join(utf8("conclave psk"), place.room, number(1, 4), number(version, 4))),
    ...hexed({ keyPackage, channel: run.channel, generator: run.generator }),
    ...{ knocker: hexed(run.knocker), host: hexed(run.host) },
    ...hexed({ point: run.point, sessionKey: run.sessionKey }),
    inKnock: canonical({ version, share: base64url(run.knocker.share) }),
    ...{
      knockKey: hex(place.knockKey),
      answer: boxOf(1, join(run.host.share, run.host.tag, place.host)),
      proof: boxOf(2, run.knocker.tag),
    },
  }
}

const hexed = (fields: Readonly<Record<string, Buffer>>): Record<string, string> =>
  Object.fromEntries(Object.entries(fields).map(([name, bytes]) => [name, hex(bytes)]))

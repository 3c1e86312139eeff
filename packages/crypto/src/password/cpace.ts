/**
 * CPace with ristretto255 and SHA-512 (draft-irtf-cfrg-cpace, suite CPACE-RISTR255-SHA512): two people find out whether they
 * know the same password and learn nothing else. Names are the draft's: PRS is the password, CI the channel, sid the session.
 */

import { ristretto255, ristretto255_hasher } from "@noble/curves/ed25519.js"
import { hmac } from "@noble/hashes/hmac.js"
import { sha512 } from "@noble/hashes/sha2.js"
import { joined, owned, utf8 } from "../bytes.ts"
import { randomBytes, type Bytes } from "../platform.ts"

/** What both sides must have the same of, or they come to different keys. */
export interface CpaceInputs {
  /** PRS: the password, UTF-8. */
  readonly password: Bytes
  /** CI: where and between whom this runs. */
  readonly channel: Bytes
  /** sid: this run and no other. */
  readonly session: Bytes
}

/** One side's message: its share (32 bytes) and the associated data it sent along. */
export interface CpaceMessage {
  readonly share: Bytes
  readonly associated: Bytes
}

type Point = InstanceType<typeof ristretto255.Point>

const { Point } = ristretto255
const suite = utf8("CPaceRistretto255")
const keySuite = utf8("CPaceRistretto255_ISK")
/** Input block of SHA-512. */
const blockLength = 128

/** LEB128 of a length below 2^14. */
const lengthOf = ({ length }: Uint8Array): Bytes =>
  length < 128 ? Uint8Array.of(length) : Uint8Array.of((length & 127) | 128, length >> 7)

/** `lv_cat`: each part behind its length. */
export const withLengths = (...parts: readonly Uint8Array[]): Bytes => joined(...parts.flatMap((part) => [lengthOf(part), part]))

/** `generator_string`: the password fills the first block of the hash whatever its length. */
export function generatorString({ password, channel, session }: CpaceInputs): Bytes {
  const used = withLengths(password).length + withLengths(suite).length + 1
  return withLengths(suite, password, new Uint8Array(Math.max(0, blockLength - used)), channel, session)
}

/** `calculate_generator`: the point that only those who know the password compute with. */
export function generatorOf(inputs: CpaceInputs): Point {
  const point = ristretto255_hasher.deriveToCurve?.(sha512(generatorString(inputs)))
  if (point === undefined) throw new Error("bug: ristretto255 derives elements")
  return point
}

/** A secret scalar, little-endian, below 2^252 (`sample_scalar`). One run, one scalar. */
export function newScalar(): Bytes {
  const scalar = randomBytes(32)
  scalar[31] = (scalar[31] ?? 0) & 15
  return scalar
}

/** What one sends: scalar times generator, encoded. */
export const shareOf = (scalar: Uint8Array, generator: Point): Bytes => owned(generator.multiply(numberOf(scalar)).toBytes())

/** `scalar_mult_vfy`: the secret point K, encoded. Undefined where the draft says to abort: no point, or the neutral one. */
export function secretPoint(scalar: Uint8Array, share: Uint8Array): Bytes | undefined {
  const point = pointOf(share)
  if (point === undefined || point.is0()) return undefined
  const secret = point.multiply(numberOf(scalar))
  return secret.is0() ? undefined : owned(secret.toBytes())
}

function pointOf(share: Uint8Array): Point | undefined {
  try {
    return Point.fromBytes(share)
  } catch (cause) {
    // The library's only answer to bytes that encode no point.
    if (cause instanceof Error) return undefined
    throw cause
  }
}

/** What both sides said, the initiator first (`transcript_ir`). */
const transcript = (first: CpaceMessage, second: CpaceMessage): Bytes =>
  withLengths(first.share, first.associated, second.share, second.associated)

/** The intermediate session key, 64 bytes: equal on both sides only if all inputs and messages were. */
export const sessionKey = (point: Uint8Array, session: Uint8Array, said: { first: CpaceMessage; second: CpaceMessage }): Bytes =>
  owned(sha512(joined(withLengths(keySuite, session, point), transcript(said.first, said.second))))

/** The tag by which a side shows that it came to the same key: HMAC-SHA-512 over its own message (draft, key confirmation). */
export function confirmation(key: Uint8Array, session: Uint8Array, own: CpaceMessage): Bytes {
  const macKey = sha512(joined(utf8("CPaceMac"), session, key))
  return owned(hmac(sha512, macKey, withLengths(own.share, own.associated)))
}

/** Zero cannot be multiplied with; it comes once in 2^252. */
function numberOf(scalar: Uint8Array): bigint {
  const number = scalar.reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n)
  return number === 0n ? 1n : number
}

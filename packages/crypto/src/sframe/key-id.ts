/** Packs who sends what into an SFrame key id (KID), and reads it back (D22, RFC 9605 section 5.2). Knows no key. */

/** What a stream shows. Part of the key id, so a camera cannot be passed off as a screen (A2.04). */
export type MediaKind = "microphone" | "camera" | "screen" | "screen-audio"

/** In the order of their numbers in the key id. */
export const mediaKinds = ["microphone", "camera", "screen", "screen-audio"] as const satisfies readonly MediaKind[]

/**
 * The parts of a key id, lowest bits last:
 * ```
 *  start (32 bits) | kind (2) | leaf (10) | epoch mod 16 (4)
 * ```
 */
export interface KeyIdParts {
  /** Low four bits of the MLS epoch. */
  readonly epochBits: number
  /** The sender's leaf in the group, 0 to 1 023. */
  readonly leaf: number
  readonly kind: MediaKind
  /** Set by the sender, new for every track and every start of its frame worker. */
  readonly start: number
}

/** Leaves a key id can name. */
export const leafLimit = 1 << 10
/** Starts a key id can name. RFC 9605 would allow 2^48; ours stay exact as numbers. */
export const startLimit = 2 ** 32

/** Low four bits of an epoch, as they stand in a key id. */
export const epochBitsOf = (epoch: number): number => epoch % 16

/** The key id of these parts. Parts out of range are a bug of the caller. */
export function packKeyId({ epochBits, leaf, kind, start }: KeyIdParts): bigint {
  if (!isBelow(16, epochBits) || !isBelow(leafLimit, leaf) || !isBelow(startLimit, start)) throw new Error("bug: key id part out of range")
  const context = BigInt(mediaKinds.indexOf(kind)) + 4n * BigInt(start)
  return (context << 14n) | BigInt((leaf << 4) | epochBits)
}

/** The parts of a key id; undefined for one that no member of ours would use. */
export function unpackKeyId(keyId: bigint): KeyIdParts | undefined {
  if (keyId < 0n || keyId >> 48n !== 0n) return undefined
  const low = Number(keyId & 0xffffn)
  const kind = mediaKinds[(low >> 14) & 3]
  if (kind === undefined) return undefined
  return { epochBits: low & 15, leaf: (low >> 4) & (leafLimit - 1), kind, start: Number(keyId >> 16n) }
}

const isBelow = (limit: number, value: number): boolean => Number.isInteger(value) && value >= 0 && value < limit

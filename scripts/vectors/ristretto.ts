/** The group ristretto255 as RFC 9496 writes it down, in big integers: slow, not in constant time, and for vectors only. */

/** Extended coordinates on edwards25519. */
export interface Point {
  readonly x: bigint
  readonly y: bigint
  readonly z: bigint
  readonly t: bigint
}

const p = 2n ** 255n - 19n
const mod = (value: bigint): bigint => ((value % p) + p) % p
const isNegative = (value: bigint): boolean => (value & 1n) === 1n
const absolute = (value: bigint): bigint => (isNegative(value) ? p - value : value)

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n
  for (let square = mod(base), left = exponent; left > 0n; left >>= 1n) {
    if (isNegative(left)) result = mod(result * square)
    square = mod(square * square)
  }
  return result
}

const d = mod(-121665n * power(121666n, p - 2n))
/** Section 4.1: of each root the one that the RFC names. */
const rootOfMinusOne = 19681161376707505956807079304988542015446066515923890162744021073123829784752n
const rootOfAdMinusOne = 25063068953384623474111414158702152701244531502492656460079210482610430750235n
const inverseRootOfAMinusD = 54469307008909316920995813868745141605393597292927456921205312896311721017578n

/** SQRT_RATIO_M1 (section 4.2). */
function rootOfRatio(u: bigint, v: bigint): { readonly isSquare: boolean; readonly root: bigint } {
  const root = mod(u * v ** 3n * power(u * v ** 7n, (p - 5n) / 8n))
  const check = mod(v * root * root)
  const isFlipped = check === mod(-u)
  const isTurned = isFlipped || check === mod(-u * rootOfMinusOne)
  return { isSquare: check === mod(u) || isFlipped, root: absolute(isTurned ? mod(root * rootOfMinusOne) : root) }
}

const littleEndian = (bytes: Uint8Array): bigint => bytes.reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n)

/** Decode (section 4.3.1) of an encoding that `encode` gave. */
export function decode(bytes: Uint8Array): Point {
  const s = littleEndian(bytes)
  const [u1, u2] = [mod(1n - s * s), mod(1n + s * s)]
  const v = mod(-d * u1 * u1 - u2 * u2)
  const { isSquare, root } = rootOfRatio(1n, mod(v * u2 * u2))
  const [denominatorX, denominatorY] = [mod(root * u2), mod(root * root * u2 * v)]
  const x = absolute(mod(2n * s * denominatorX))
  const y = mod(u1 * denominatorY)
  const t = mod(x * y)
  if (!isSquare || s >= p || isNegative(s) || isNegative(t) || y === 0n) throw new Error("not an element of ristretto255")
  return { x, y, z: 1n, t }
}

/** Encode (section 4.3.2), 32 bytes. */
export function encode({ x: x0, y: y0, z: z0, t: t0 }: Point): Buffer {
  const [u1, u2] = [mod((z0 + y0) * (z0 - y0)), mod(x0 * y0)]
  const { root } = rootOfRatio(1n, mod(u1 * u2 * u2))
  const [den1, den2] = [mod(root * u1), mod(root * u2)]
  const inverse = mod(den1 * den2 * t0)
  const isTurned = isNegative(mod(t0 * inverse))
  const x = isTurned ? mod(y0 * rootOfMinusOne) : x0
  const y = isTurned ? mod(x0 * rootOfMinusOne) : y0
  const den = isTurned ? mod(den1 * inverseRootOfAMinusD) : den2
  const s = absolute(mod(den * (z0 - (isNegative(mod(x * inverse)) ? -y : y))))
  return Buffer.from(s.toString(16).padStart(64, "0"), "hex").reverse()
}

/** One-way map (section 4.3.4) of 64 bytes. */
export const mapped = (bytes: Uint8Array): Point => add(elligator(bytes.subarray(0, 32)), elligator(bytes.subarray(32, 64)))

function elligator(bytes: Uint8Array): Point {
  const given = mod(littleEndian(bytes) & (2n ** 255n - 1n))
  const r = mod(rootOfMinusOne * given * given)
  const u = mod((r + 1n) * (1n - d * d))
  const v = mod((-1n - r * d) * (r + d))
  const { isSquare, root } = rootOfRatio(u, v)
  const s = isSquare ? root : mod(-absolute(mod(root * given)))
  const n = mod((isSquare ? -1n : r) * (r - 1n) * (d - 1n) ** 2n - v)
  const [w0, w1, w2, w3] = [mod(2n * s * v), mod(n * rootOfAdMinusOne), mod(1n - s * s), mod(1n + s * s)]
  return { x: mod(w0 * w3), y: mod(w2 * w1), z: mod(w1 * w3), t: mod(w0 * w2) }
}

/** Addition on a twisted Edwards curve with a = -1 (RFC 8032 section 5.1.4); complete, so it doubles as well. */
function add(one: Point, other: Point): Point {
  const a = mod((one.y - one.x) * (other.y - other.x))
  const b = mod((one.y + one.x) * (other.y + other.x))
  const c = mod(2n * d * one.t * other.t)
  const e = mod(2n * one.z * other.z)
  const [f, g, h, i] = [mod(b - a), mod(e - c), mod(e + c), mod(b + a)]
  return { x: mod(f * g), y: mod(h * i), z: mod(g * h), t: mod(f * i) }
}

/** Times a scalar of 32 bytes, little-endian. */
export function times(point: Point, scalar: Uint8Array): Point {
  let result: Point = { x: 0n, y: 1n, z: 1n, t: 0n }
  for (const bit of littleEndian(scalar).toString(2)) {
    result = add(result, result)
    if (bit === "1") result = add(result, point)
  }
  return result
}

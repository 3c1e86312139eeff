/**
 * A frame that is valid under two keys. AES-GCM does not commit to its key: who knows both can choose one block of the
 * ciphertext so that both tags come out equal (the "invisible salamander", Dodis and others, CRYPTO 2018). GHASH is
 * linear in that block; this solves for it (NIST SP 800-38D sections 6.3 to 7.1).
 */

import { createCipheriv, hkdfSync } from "node:crypto"
import { encodeHeader } from "../../packages/crypto/src/sframe/header.ts"
import { joined } from "./lying-relay.ts"

type Bytes = Uint8Array<ArrayBuffer>

/** Sealed under the key id for both base keys: a microphone's frame, whose header is all there is in clear. */
export function doubleFrame(baseKeys: readonly [Bytes, Bytes], label: { readonly keyId: bigint; readonly counter: bigint }): Bytes {
  const header = encodeHeader(label)
  const [one, two] = baseKeys.map((baseKey) => sideOf(baseKey, label)) as [Side, Side]
  const blocks = [block(Uint8Array.of(1, 2, 3)), 0n, block(Uint8Array.of(4, 5, 6))]
  const free = 1
  const size = blocks.length * 16
  const lengths = block(lengthBlock(header.length, size))
  const rest = ({ hash, mask }: Side): bigint => ghash(hash, [...padded(header), ...blocks, lengths]) ^ mask
  // The free block is multiplied by the hash key once for itself and once for every block behind it.
  const power = blocks.length - free + 1
  const factor = raised(one.hash, BigInt(power)) ^ raised(two.hash, BigInt(power))
  blocks[free] = times(rest(one) ^ rest(two), inverse(factor))
  return joined(header, ...blocks.map(bytesOf), bytesOf(rest(one)))
}

/** What one key makes of a nonce: the hash key and the block that masks the tag. */
interface Side {
  readonly hash: bigint
  readonly mask: bigint
}

function sideOf(baseKey: Bytes, { keyId, counter }: { readonly keyId: bigint; readonly counter: bigint }): Side {
  const derive = (label: string, size: number): Buffer => {
    const info = Buffer.alloc(label.length + 10)
    info.write(label, "latin1")
    info.writeBigUInt64BE(keyId, label.length)
    info.writeUInt16BE(4, label.length + 8)
    return Buffer.from(hkdfSync("sha256", baseKey, Buffer.alloc(0), info, size))
  }
  const [key, nonce] = [derive("SFrame 1.0 Secret key ", 16), derive("SFrame 1.0 Secret salt ", 12)]
  nonce.writeBigUInt64BE(nonce.readBigUInt64BE(4) ^ counter, 4)
  const encrypt = (one: Uint8Array): bigint => block(createCipheriv("aes-128-ecb", key, null).setAutoPadding(false).update(one))
  return { hash: encrypt(Buffer.alloc(16)), mask: encrypt(joined(nonce, Uint8Array.of(0, 0, 0, 1))) }
}

const block = (bytes: Uint8Array): bigint =>
  BigInt(
    `0x${Buffer.concat([bytes, Buffer.alloc(16)])
      .subarray(0, 16)
      .toString("hex")}`,
  )
const bytesOf = (value: bigint): Bytes => Uint8Array.from(Buffer.from(value.toString(16).padStart(32, "0"), "hex"))
const padded = (bytes: Uint8Array): bigint[] =>
  Array.from({ length: Math.ceil(bytes.length / 16) }, (_, i) => block(bytes.subarray(i * 16, i * 16 + 16)))

function lengthBlock(clear: number, sealed: number): Uint8Array {
  const bytes = Buffer.alloc(16)
  bytes.writeBigUInt64BE(BigInt(clear * 8))
  bytes.writeBigUInt64BE(BigInt(sealed * 8), 8)
  return bytes
}

const ghash = (hash: bigint, blocks: readonly bigint[]): bigint => blocks.reduce((sum, one) => times(sum ^ one, hash), 0n)

/** In GF(2^128) with GCM's order of bits: the highest bit of the number is the lowest power of x. */
function times(a: bigint, b: bigint): bigint {
  let product = 0n
  let shifted = b
  for (let bit = 127n; bit >= 0n; bit--) {
    if ((a >> bit) & 1n) product ^= shifted
    shifted = shifted & 1n ? (shifted >> 1n) ^ (0xe1n << 120n) : shifted >> 1n
  }
  return product
}

function raised(base: bigint, exponent: bigint): bigint {
  let result = 1n << 127n
  let square = base
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = times(result, square)
    square = times(square, square)
  }
  return result
}

const inverse = (value: bigint): bigint => raised(value, (1n << 128n) - 2n)

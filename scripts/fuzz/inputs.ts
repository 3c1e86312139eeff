/** Inputs for fuzzing: the same seed gives the same inputs on every machine. */

export interface Chance {
  /** A whole number from 0 up to but not including `below`. */
  next(below: number): number
}

/** A small generator of even chance (mulberry32): good for tests, never for keys. */
export function chanceFrom(seed: number): Chance {
  let state = seed >>> 0
  return {
    next(below) {
      state = (state + 0x6d2b79f5) >>> 0
      let mixed = Math.imul(state ^ (state >>> 15), state | 1)
      mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
      return ((mixed ^ (mixed >>> 14)) >>> 0) % below
    },
  }
}

/** Bytes at which length fields, signs and text encodings change their meaning. */
const edges = [0, 1, 2, 0x22, 0x3f, 0x40, 0x5c, 0x7b, 0x7f, 0x80, 0xbf, 0xc0, 0xfe, 0xff]

const byte = (chance: Chance): number => (chance.next(3) === 0 ? (edges[chance.next(edges.length)] ?? 0) : chance.next(256))

function randomBytes(chance: Chance): Uint8Array {
  const most = chance.next(20) === 0 ? 5000 : 120
  return Uint8Array.from({ length: chance.next(most) }, () => byte(chance))
}

/** A sample with one to eight changes: a byte, a cut, an insertion, a doubled part. */
function bent(sample: Uint8Array, chance: Chance): Uint8Array {
  let bytes = [...sample]
  for (let changes = 1 + chance.next(8); changes > 0; changes--) {
    const at = chance.next(bytes.length + 1)
    const kind = chance.next(5)
    if (kind <= 1 && at < bytes.length) bytes[at] = byte(chance)
    if (kind === 2) bytes.splice(at, 1 + chance.next(8))
    if (kind === 3) bytes.splice(at, 0, ...Array.from({ length: 1 + chance.next(8) }, () => byte(chance)))
    if (kind === 4) bytes = bytes.concat(bytes.slice(at, at + 64))
  }
  return Uint8Array.from(bytes)
}

/** The next input: random bytes, or one of the samples bent. */
export function inputFrom(samples: readonly Uint8Array[], chance: Chance): Uint8Array {
  const sample = samples[chance.next(Math.max(1, samples.length))]
  return sample === undefined || chance.next(3) === 0 ? randomBytes(chance) : bent(sample, chance)
}

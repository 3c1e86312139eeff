/** Seeded chance for tests: the same seed gives the same run, on every machine. Never for keys. */

export interface Chance {
  /** A whole number in [0, n). */
  below(n: number): number
  /** True once in `1 / share` times. */
  happens(share: number): boolean
  /** A whole number in [low, high]. */
  between(low: number, high: number): number
  pick<T>(list: readonly T[]): T
  bytes(n: number): Uint8Array<ArrayBuffer>
  /** Chance of its own, so that more draws here change nothing there. */
  fork(): Chance
}

/** xoshiro128** (Blackman and Vigna), seeded by splitmix32. */
export function chance(seed: number): Chance {
  let mix = seed >>> 0
  const splitmix = (): number => {
    mix = (mix + 0x9e3779b9) >>> 0
    let z = mix
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b)
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35)
    return (z ^ (z >>> 16)) >>> 0
  }
  let [a, b, c, d] = [splitmix(), splitmix(), splitmix(), splitmix()]
  const rotate = (x: number, by: number): number => ((x << by) | (x >>> (32 - by))) >>> 0
  const next = (): number => {
    const result = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0
    const t = (b << 9) >>> 0
    c = (c ^ a) >>> 0
    d = (d ^ b) >>> 0
    b = (b ^ c) >>> 0
    a = (a ^ d) >>> 0
    c = (c ^ t) >>> 0
    d = rotate(d, 11)
    return result
  }
  const below = (n: number): number => next() % n
  return {
    below,
    happens: (share) => next() / 0x1_0000_0000 < share,
    between: (low, high) => low + below(high - low + 1),
    pick(list) {
      const picked = list[below(list.length)]
      if (picked === undefined) throw new Error("bug: nothing to pick from")
      return picked
    },
    bytes: (n) => Uint8Array.from({ length: n }, () => next() & 255),
    fork: () => chance(next()),
  }
}

/** Allows bursts and a steady rate; what exceeds them is refused, never queued (A6.01). */

export interface Rate {
  readonly burst: number
  readonly perSecond: number
}

export interface TokenBucket {
  /** Takes one token, or as many as it costs, if they are there. */
  take(cost?: number): boolean
  /** Whether a token is there, without taking it. */
  hasToken(): boolean
  isFull(): boolean
}

/** `now` in milliseconds, never going back. */
export function tokenBucket({ burst, perSecond }: Rate, now: () => number): TokenBucket {
  let tokens = burst
  let at = now()
  const refill = () => {
    const then = at
    at = now()
    tokens = Math.min(burst, tokens + (Math.max(0, at - then) * perSecond) / 1000)
  }
  const hasToken = () => {
    refill()
    return tokens >= 1
  }
  return {
    hasToken,
    take(cost = 1) {
      refill()
      if (tokens < cost) return false
      tokens -= cost
      return true
    },
    isFull() {
      refill()
      return tokens >= burst
    },
  }
}

/** One bucket per name, for instance per address; full ones are forgotten so that names cost no memory. */
export function tokenBuckets(rate: Rate, now: () => number): { at(name: string): TokenBucket } {
  const buckets = new Map<string, TokenBucket>()
  const forgetFull = () => {
    for (const [name, bucket] of buckets) if (bucket.isFull()) buckets.delete(name)
  }
  return {
    at(name) {
      const known = buckets.get(name)
      if (known !== undefined) return known
      if (buckets.size >= 1000) forgetFull()
      const fresh = tokenBucket(rate, now)
      buckets.set(name, fresh)
      return fresh
    },
  }
}

/** How often somebody may guess (D36.5): ten times in 15 minutes for one account, wherever from; a hundred from one address. */

import { isIPv6 } from "node:net"

export interface Allowance {
  readonly most: number
  readonly windowMs: number
}

const windowMs = 15 * 60_000
export const perAccount: Allowance = { most: 10, windowMs }
export const perAddress: Allowance = { most: 100, windowMs }

export type Guess =
  | {
      readonly kind: "allowed"
      /** It was no guess after all: the right password does not count. */
      refund(): void
    }
  | { readonly kind: "refused"; readonly retryAfterMs: number }

export interface GuessLimits {
  /**
   * Counts a try before it is evaluated, so that tries at once are counted too. `account` is what was typed, whether or not there is
   * such an account: the answer must not tell. A refused try counts for nothing, or an attacker could keep the owner out for good.
   */
  count(account: string, address: string): Guess
}

/** Names that are remembered. Whoever fills them needs a hundred times fewer addresses. */
const mostNames = 20_000

/** `now` in milliseconds, never going back. */
export function guessLimits(now: () => number): GuessLimits {
  const accounts = windows(perAccount)
  const addresses = windows(perAddress)
  return {
    count(account, address) {
      const at = now()
      const one = accounts.at(account, at)
      const all = addresses.at(addressGroup(address), at)
      const wait = Math.max(waitOf(one, perAccount, at), waitOf(all, perAddress, at))
      if (wait > 0) return { kind: "refused", retryAfterMs: wait }
      one.push(at)
      all.push(at)
      return {
        kind: "allowed",
        refund() {
          takeBack(one, at)
          takeBack(all, at)
        },
      }
    },
  }
}

/** Moments of the tries within the window, the oldest first. */
type Tries = number[]

function windows({ windowMs }: Allowance): { at(name: string, now: number): Tries } {
  const kept = new Map<string, Tries>()
  const forget = (now: number) => {
    for (const [name, tries] of kept) if ((tries.at(-1) ?? -Infinity) <= now - windowMs) kept.delete(name)
    // Still too many: the longest unused goes.
    for (const name of kept.keys()) {
      if (kept.size < mostNames) break
      kept.delete(name)
    }
  }
  return {
    at(name, now) {
      const tries = kept.get(name) ?? []
      while ((tries[0] ?? Infinity) <= now - windowMs) tries.shift()
      kept.delete(name)
      if (kept.size >= mostNames) forget(now)
      kept.set(name, tries)
      return tries
    },
  }
}

const waitOf = (tries: Tries, { most, windowMs }: Allowance, now: number): number =>
  tries.length < most ? 0 : (tries[tries.length - most] ?? now) + windowMs - now

function takeBack(tries: Tries, at: number): void {
  const place = tries.lastIndexOf(at)
  if (place >= 0) tries.splice(place, 1)
}

/** Whoever has one IPv6 address has the 2^64 beside it. */
export function addressGroup(address: string): string {
  if (!isIPv6(address)) return address
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  if (mapped !== undefined) return mapped
  const [head = "", tail] = address.split("%")[0]?.split("::") ?? []
  const before = head === "" ? [] : head.split(":")
  const after = tail === undefined || tail === "" ? [] : tail.split(":")
  const zeros = tail === undefined ? 0 : 8 - before.length - after.length
  const groups = [...before, ...Array<string>(Math.max(0, zeros)).fill("0"), ...after]
  return groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(":")
}

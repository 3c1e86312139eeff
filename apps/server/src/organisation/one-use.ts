/** What waits for the second half of something a person has begun: a challenge, a login without its second factor (D36.6). */

import { toBase64url } from "@conclave/wire"
import { freshToken, hashOf } from "../tokens.ts"

export const waitsMs = 5 * 60_000

export interface OneUse<T> {
  /** Keeps a thing and gives the token that fetches it. */
  keep(thing: T): string
  /** The thing, once and within five minutes. */
  take(token: string): T | undefined
  /** Puts it back under the same token for the rest of its time: a mistyped code may be typed again. */
  giveBack(token: string, thing: T): void
}

/** More than people begin at once; above it the oldest is forgotten. */
const most = 10_000

/** In memory: what has been begun when the server stops is begun again. `now` in milliseconds, never going back. */
export function oneUse<T>(now: () => number): OneUse<T> {
  const kept = new Map<string, { readonly thing: T; readonly until: number }>()
  // By time of taking, so that giving back does not prolong.
  const taken = new Map<string, number>()
  const room = (map: Map<string, unknown>) => {
    for (const name of map.keys()) {
      if (map.size < most) break
      map.delete(name)
    }
  }
  return {
    keep(thing) {
      const token = toBase64url(freshToken())
      room(kept)
      kept.set(hashOf(token), { thing, until: now() + waitsMs })
      return token
    },
    take(token) {
      const name = hashOf(token)
      const found = kept.get(name)
      if (found === undefined) return undefined
      kept.delete(name)
      room(taken)
      taken.set(name, found.until)
      return now() < found.until ? found.thing : undefined
    },
    giveBack(token, thing) {
      const name = hashOf(token)
      const until = taken.get(name)
      if (until === undefined) return
      taken.delete(name)
      kept.set(name, { thing, until })
    },
  }
}

/** When a way is too narrow for a screen in VP9 (D22.11). Pure. */

/** Bits a second. With half of this, VP9 shows a fifth of the pictures that VP8 does; with a fourth more, as many (bench/results/codec.md). */
const enoughForVp9 = 800_000
/** A connection finds its width in this time, in ms. */
const patienceMs = 8_000

export interface Way {
  /** Since when it has been too narrow without a break; undefined: it is not. */
  readonly since: number | undefined
  /** For good: a way that widens again may narrow again, and each change costs a key frame. */
  readonly isNarrow: boolean
}

export const unmeasuredWay: Way = { since: undefined, isNarrow: false }

/** `allowed`: what the encoder may spend, in bits a second; undefined while no VP9 is sent. `at` in ms. */
export function measuredWay(before: Way, { at, allowed }: { readonly at: number; readonly allowed: number | undefined }): Way {
  if (before.isNarrow) return before
  if (allowed === undefined || allowed >= enoughForVp9) return unmeasuredWay
  const since = before.since ?? at
  return { since, isNarrow: at - since >= patienceMs }
}

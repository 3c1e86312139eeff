/** Counts refused frames by the leaf they claim. Bounded: whoever is no member shares one line. */

import type { RefusalReason } from "./opener.ts"

/** Frames refused, by reason. */
export type Refusals = Readonly<Record<RefusalReason, number>>

/** The line of frames that claim no member. */
export const nobody = -1

const none: Refusals = { unknownKey: 0, authentication: 0, replay: 0, malformed: 0 }

/** A claim is not proof: a line says "frames claiming to be this member's", not that the member did wrong. */
export class RefusalTally {
  readonly #lines = new Map<number, Refusals>()

  /** Counts one refused frame. */
  add(line: number, reason: RefusalReason): void {
    const before = this.#lines.get(line) ?? none
    this.#lines.set(line, { ...before, [reason]: before[reason] + 1 })
  }

  /** Moves a leaf's counts to nobody's line: the leaf's next member starts clean. */
  release(leaf: number): void {
    const counts = this.#lines.get(leaf)
    if (counts === undefined || leaf === nobody) return
    this.#lines.delete(leaf)
    const before = this.#lines.get(nobody) ?? none
    this.#lines.set(nobody, {
      unknownKey: before.unknownKey + counts.unknownKey,
      authentication: before.authentication + counts.authentication,
      replay: before.replay + counts.replay,
      malformed: before.malformed + counts.malformed,
    })
  }

  /** All lines so far, by leaf. */
  lines(): Readonly<Record<number, Refusals>> {
    return Object.fromEntries(this.#lines)
  }
}

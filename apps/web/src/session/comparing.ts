/** What the person said about the words (D15). Matching them once marks everyone who was here; a newcomer opens the question again. */

import type { InView } from "@conclave/call"
import type { MemberId } from "@conclave/wire"
import type { SecurityView } from "../view/security.ts"

export class Comparing {
  readonly #compared = new Set<MemberId>()
  #hasDiffered = false

  get hasDiffered(): boolean {
    return this.#hasDiffered
  }

  matched(view: InView | undefined): void {
    this.#hasDiffered = false
    for (const { member } of view?.members ?? []) this.#compared.add(member)
  }

  differed(): void {
    this.#hasDiffered = true
  }

  /** They were misread, or there are other words now. */
  forgetDifference(): void {
    this.#hasDiffered = false
  }

  verdict({ members }: InView): SecurityView["comparison"] {
    if (this.#hasDiffered) return "differ"
    const areAll = members.length > 1 && members.every(({ member, isSelf }) => isSelf || this.#compared.has(member))
    return areAll ? "match" : "open"
  }
}

/** Whose frames a receiver may show: only those of the owner the page has accepted (D23). Pure; time comes in, in ms. */

import type { MediaKind } from "@conclave/crypto/sframe"

/** A member's leaf, and which of its media. */
export interface Owner {
  readonly leaf: number
  readonly kind: MediaKind
}

/** What to do with an authentic frame: let it pass, hold it back, or hold it back and ask the page. */
export type OwnerVerdict = "pass" | "hold" | "ask"

/** After this long without an answer the page is asked again, in ms. */
export const askAgainMs = 1000

/** One receiver's owner. The SFU may switch the stream under it at any time; nothing shows under a wrong name. */
export class OwnerBinding {
  #accepted: Owner | undefined
  readonly #asked = new Map<string, { readonly owner: Owner; readonly at: number }>()

  /** Judges an authentic frame of this owner. */
  judge(owner: Owner, now: number): OwnerVerdict {
    if (this.#accepted !== undefined && isSame(this.#accepted, owner)) return "pass"
    const asked = this.#asked.get(nameOf(owner))
    if (asked !== undefined && now - asked.at < askAgainMs) return "hold"
    this.#asked.set(nameOf(owner), { owner, at: now })
    return "ask"
  }

  /** The page's answer. False, and without effect, when it was not asked about this owner. */
  accept(owner: Owner): boolean {
    if (!this.#asked.has(nameOf(owner))) return false
    this.#asked.clear()
    this.#accepted = owner
    return true
  }

  /** The leaf's member is gone: whoever has the leaf next must be accepted anew. */
  release(leaf: number): void {
    if (this.#accepted?.leaf === leaf) this.#accepted = undefined
    for (const [name, { owner }] of this.#asked) if (owner.leaf === leaf) this.#asked.delete(name)
  }
}

const isSame = (a: Owner, b: Owner): boolean => a.leaf === b.leaf && a.kind === b.kind

const nameOf = ({ leaf, kind }: Owner): string => `${leaf} ${kind}`

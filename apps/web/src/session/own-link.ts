/** The room's link as it stands in the address bar, which is the only place that keeps a secret of one (D3); and what it opens the room with. */

import { handedPath, pathOf } from "../address.ts"
import type { NewsView } from "../view/call.ts"
import type { Opening } from "../key-worker/messages.ts"
import type { OpenedRoom } from "../view/room.ts"

const copiedMs = 3_000
/** The new link comes with the group's next epoch; a press that old is no wish to have it on the clipboard any more. */
const wishedMs = 10_000
/** A change of the link that nobody else could apply is void within two seconds (D9.6), and who made it comes back soon after. */
const voidMs = 10_000

export interface OwnLinkEvents {
  changed(): void
  tell(what: NewsView["what"]): void
}

export class OwnLink {
  readonly #events: OwnLinkEvents
  #opened: OpenedRoom
  #isCopied = false
  #wishedAt = -Infinity
  /** The fragment before the last change, for as long as that may become void. */
  #before: string | undefined
  #forgetting: ReturnType<typeof setTimeout> | undefined

  constructor(opened: OpenedRoom, events: OwnLinkEvents) {
    this.#opened = opened
    this.#events = events
  }

  get opened(): OpenedRoom {
    return this.#opened
  }

  /** Under which a reload finds back: a room of an address may have been made anew meanwhile. */
  get place(): string {
    return this.#opened.kind === "link" ? this.#opened.room : handedPath(this.#opened)
  }

  /** For the key worker. The kind is the one of the path. */
  get opening(): Opening {
    const { kind } = this.#opened
    if (kind === "link") return { kind, fragment: this.#opened.fragment }
    const { opening, keyHash } = this.#opened
    return { kind, opening, keyHash }
  }

  /** What the server says of this person's account; of no room sealed by link. */
  get statement(): string | undefined {
    return this.#opened.kind === "link" ? undefined : this.#opened.statement
  }

  /** The button says so for a moment. */
  get isCopied(): boolean {
    return this.#isCopied
  }

  /** This person asked for a new link: it is copied when it comes. */
  wish(): void {
    this.#wishedAt = performance.now()
  }

  /** D4.15: the room has a new link. The page's address becomes it; the old one is known for some seconds and then nowhere any more. */
  replaced(fragment: string): void {
    if (this.#opened.kind !== "link") return
    this.#keep(this.#opened.fragment)
    this.#use(fragment)
    if (performance.now() - this.#wishedAt < wishedMs) void this.copy()
    this.#wishedAt = -Infinity
  }

  /** D4.15.2: the room does not know the link that was made a moment ago, so it never came to be. False: none was. */
  goBack(): boolean {
    const before = this.#before
    if (before === undefined) return false
    this.#keep(undefined)
    this.#use(before)
    return true
  }

  close(): void {
    this.#keep(undefined)
  }

  #use(fragment: string): void {
    if (this.#opened.kind !== "link") return
    this.#opened = { ...this.#opened, fragment }
    history.replaceState(null, "", pathOf(this.#opened))
  }

  #keep(before: string | undefined): void {
    clearTimeout(this.#forgetting)
    this.#before = before
    if (before !== undefined)
      this.#forgetting = setTimeout(() => {
        this.#before = undefined
      }, voidMs)
  }

  async copy(): Promise<void> {
    this.#isCopied = await navigator.clipboard.writeText(location.href).then(
      () => true,
      () => false,
    )
    this.#events.tell({ kind: this.#isCopied ? "link-copied" : "link-not-copied" })
    this.#events.changed()
    setTimeout(() => {
      this.#isCopied = false
      this.#events.changed()
    }, copiedMs)
  }
}

/** What just happened, for five seconds each, and what lasts until it is answered. */

import type { Notice } from "@conclave/call"
import type { NewsView, NoticeView } from "../view/call.ts"

const newsMs = 5_000

/** The line for a notice of the machine; undefined for what needs none. */
function newsOf(notice: Notice): NewsView["what"] | undefined {
  switch (notice.kind) {
    case "came":
      return notice.person === undefined ? undefined : { kind: "came", name: notice.person.name }
    case "left":
      return notice.person === undefined ? undefined : { kind: "left", name: notice.person.name }
    case "removed":
      return notice.person === undefined ? undefined : removalNews(notice.person.name, notice.by?.name)
    case "removed-by-organisation":
      return notice.person === undefined ? undefined : { kind: notice.kind, name: notice.person.name }
    // The rules' own lines are told with their new values (rule-news.ts); refusals last (refused.ts).
    case "policy":
    case "refused-commit":
    case "lost":
    case "returned":
    case "keys":
    case "founded-anew":
      return undefined
    case "guesses":
      return { kind: "guesses" }
    case "edit-lost":
      return { kind: "rule-not-made" }
  }
}

const removalNews = (name: string, by: string | undefined): NewsView["what"] =>
  by === undefined ? { kind: "vanished", name } : { kind: "removed", name, by }

/** The newest line that is still fresh. */
function freshNews(notices: readonly Notice[], now: number): NewsView | undefined {
  for (const notice of notices.toReversed()) {
    if (now - notice.at >= newsMs) return undefined
    const what = newsOf(notice)
    if (what !== undefined) return { id: notice.number, what }
  }
  return undefined
}

/** The line in the clock's place and the notices above the strip. */
export class News {
  #own: { readonly view: NewsView; readonly until: number } | undefined
  /** Below zero: the machine numbers its notices from one. */
  #count = -1
  #notices: readonly NoticeView[] = []

  get notices(): readonly NoticeView[] {
    return this.#notices
  }

  /** Says something this device did itself. */
  tell(what: NewsView["what"]): void {
    this.#own = { view: { id: this.#count--, what }, until: performance.now() + newsMs }
  }

  latest(fromMachine: readonly Notice[], now: number): NewsView | undefined {
    return this.#own !== undefined && now < this.#own.until ? this.#own.view : freshNews(fromMachine, now)
  }

  /** Sets or clears a notice of this kind. False when nothing changed. */
  setNotice(notice: NoticeView, isOn: boolean): boolean {
    const others = this.#notices.filter(({ kind }) => kind !== notice.kind)
    if (!isOn && others.length === this.#notices.length) return false
    this.#notices = isOn ? [...others, notice] : others
    return true
  }
}

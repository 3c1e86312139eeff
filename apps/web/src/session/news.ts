/** What just happened, for five seconds each. Pure. */

import type { Notice } from "@conclave/call"
import type { NewsView } from "../view/call.ts"

export const newsMs = 5_000

/** The line for a notice of the machine; undefined for what needs none. */
export function newsOf(notice: Notice): NewsView["what"] | undefined {
  switch (notice.kind) {
    case "came":
      return notice.person === undefined ? undefined : { kind: "came", name: notice.person.name }
    case "left":
      return notice.person === undefined ? undefined : { kind: "left", name: notice.person.name }
    case "removed":
      return notice.person === undefined ? undefined : removalNews(notice.person.name, notice.by?.name)
    case "lost":
    case "returned":
    case "keys":
    case "founded-anew":
      return undefined
  }
}

const removalNews = (name: string, by: string | undefined): NewsView["what"] => (by === undefined ? { kind: "vanished", name } : { kind: "removed", name, by })

/** The newest line that is still fresh. */
export function freshNews(notices: readonly Notice[], now: number): NewsView | undefined {
  for (const notice of notices.toReversed()) {
    if (now - notice.at >= newsMs) return undefined
    const what = newsOf(notice)
    if (what !== undefined) return { id: notice.number, what }
  }
  return undefined
}

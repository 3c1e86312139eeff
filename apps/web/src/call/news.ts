import type { Say } from "../i18n/words.ts"
import type { NewsView } from "../view/call.ts"

/** One line of what just happened. */
export function newsText({ what }: NewsView, say: Say): string {
  switch (what.kind) {
    case "came":
    case "left":
    case "vanished":
    case "shares":
    case "share-ended":
      return say(`news.${what.kind}`, { name: what.name })
    case "came-many":
      return say("news.came-many", { count: what.count })
    case "removed":
      return say("news.removed", { name: what.name, by: what.by })
    case "link-copied":
    case "link-not-copied":
    case "compared":
    case "back":
      return say(`news.${what.kind}`)
  }
}

import type { Say } from "../i18n/words.ts"
import type { CallView, NewsView } from "../view/call.ts"
import type { RuleChange, RuleNews } from "../view/news.ts"

/**
 * One line of what just happened. Whoever comes or goes brings new keys, which is said where it keeps anybody out: in a transport-only
 * room the server has those as well (D39.42).
 */
export function newsText(news: NewsView, say: Say, { seal, isHanded }: Pick<CallView, "seal" | "isHanded">): string {
  if (news.what.kind === "link-copied" && isHanded === true) return say("news.link-copied-handed")
  const text = happened(news, say)
  const changesKeys = ["came", "came-many", "left", "vanished", "removed", "removed-by-organisation"].includes(news.what.kind)
  return changesKeys && seal.kind !== "open" ? `${text} ${say("news.keys-new")}` : text
}

function happened({ what }: NewsView, say: Say): string {
  switch (what.kind) {
    case "came":
    case "left":
    case "vanished":
    case "removed-by-organisation":
    case "shares":
    case "share-ended":
    case "new-device":
      return say(`news.${what.kind}`, { name: what.name })
    case "came-many":
      return say("news.came-many", { count: what.count })
    case "removed":
      return say("news.removed", { name: what.name, by: what.by })
    case "link-copied":
    case "link-not-copied":
    case "compared":
    case "device-lost":
    case "back":
    case "guesses":
    case "rule-not-made":
      return say(`news.${what.kind}`)
    case "hand":
    case "asked-unmute":
      return say(`doings.news.${what.kind}`, { name: what.name })
    case "hand-lowered":
      return say("doings.news.hand-lowered")
    case "rule":
      return ruleText(what, say)
  }
}

/** What is in force now, and who did it. */
function ruleText({ by: whose, isOwn, change }: RuleNews, say: Say): string {
  const by = isOwn ? say("news.rule.you") : (whose ?? say("news.rule.someone"))
  const nameOf = (who: Extract<RuleChange, { name: unknown }>) => who.name ?? say("news.rule.someone")
  switch (change.rule) {
    case "waitingRoom":
    case "isLocked":
    case "joinBeforeHost":
    case "isSingleUse":
    case "expiry":
      return say(`news.rule.${change.rule}-${change.to ? "on" : "off"}`, { by })
    case "share":
      return say(`news.rule.share-${change.to}`, { by })
    case "joinAs":
      return say(`news.rule.joinAs-${change.to}`, { by })
    case "minimumLevel":
      return say(`news.rule.minimumLevel-${change.to}`, { by })
    case "topic":
      return change.to === undefined ? say("news.rule.topic-off", { by }) : say("news.rule.topic", { by, topic: change.to })
    case "role":
      return say(`news.rule.role-${change.to}`, { by, name: nameOf(change) })
    case "successor":
      return say(`news.rule.successor-${change.to ? "on" : "off"}`, { by, name: nameOf(change) })
    case "password":
      return say(`news.rule.password-${change.to}`, { by })
    case "link":
    case "issuers":
    case "take-over":
    case "other":
      return say(`news.rule.${change.rule}`, { by })
  }
}

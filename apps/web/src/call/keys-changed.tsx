import { useWords } from "../i18n/use-words.ts"
import type { Say } from "../i18n/words.ts"
import type { KeyChange, SecurityView } from "../view/security.ts"

/** When the keys last changed, and why. */
export function KeysChanged({ changed }: { changed: SecurityView["keysChanged"] }) {
  const say = useWords()
  const when = changed.minutesAgo < 1 ? say("security.just-now") : say("security.minutes-ago", { count: changed.minutesAgo })
  return (
    <p className="soft">
      {say("security.changed", { when, why: whyText(changed.why, say) })} {say("security.changed-note")}
    </p>
  )
}

/** The reason as half a sentence. */
export function whyText(why: KeyChange, say: Say): string {
  const nameOf = (name: string | undefined) => name ?? say("security.someone")
  switch (why.kind) {
    case "founded":
    case "rules":
      return say(`security.why.${why.kind}`)
    case "joined":
      return say("security.why.joined", { names: why.names.map(nameOf).join(", ") })
    case "removed":
      return say("security.why.removed", { name: nameOf(why.name), by: nameOf(why.by) })
    case "renewed":
      return why.isSelf ? say("security.why.renewed-self") : say("security.why.renewed", { name: nameOf(why.name) })
    case "left":
    case "vanished":
    case "removed-by-organisation":
    case "rejoined":
      return say(`security.why.${why.kind}`, { name: nameOf(why.name) })
  }
}

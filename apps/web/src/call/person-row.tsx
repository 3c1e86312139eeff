import type { ReactNode } from "react"
import { useWords } from "../i18n/use-words.ts"
import { LevelBadge } from "../ui/level.tsx"
import type { RosterEntry } from "../view/security.ts"

/** One leaf of the group: name and level, a line below, perhaps something to do at the end. */
export function PersonRow({ entry, note, children }: { entry: RosterEntry; note: string | undefined; children?: ReactNode }) {
  const say = useWords()
  const { who } = entry
  return (
    <li className="person">
      <span className="name">{entry.isSelf ? say("people.you") : who.known ? <bdi>{who.name}</bdi> : say("people.unnamed")}</span>
      {who.known && <LevelBadge person={who} isWordKept />}
      {note !== undefined && <span className="sub">{note}</span>}
      {children}
    </li>
  )
}

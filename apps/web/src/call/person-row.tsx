import { ChevronRight } from "lucide-react"
import type { ReactNode } from "react"
import { useWords } from "../i18n/use-words.ts"
import type { Say } from "../i18n/words.ts"
import { LevelBadge } from "../ui/level.tsx"
import type { RosterEntry } from "../view/security.ts"

interface RowProps {
  readonly entry: RosterEntry
  readonly note: string | undefined
  /** Says what the room's rules let this person do. */
  readonly hasRole?: boolean
  /** Makes the name a button that shows the person's details. */
  readonly onOpen?: (() => void) | undefined
  readonly children?: ReactNode
}

/** One leaf of the group: name and level, lines below, perhaps something to do at the end. */
export function PersonRow({ entry, note, hasRole = false, onOpen, children }: RowProps) {
  const say = useWords()
  const { who, isSelf } = entry
  const name = isSelf ? say("people.you") : who.known ? <bdi>{who.name}</bdi> : say("people.unnamed")
  const looksLike = who.known && !isSelf ? who.looksLike : undefined
  const below = [...(hasRole ? rolesOf(entry, say) : []), ...(note === undefined ? [] : [note])]
  return (
    <li className={onOpen === undefined ? "person" : "person opens"}>
      <span className="name">{name}</span>
      {who.known && <LevelBadge person={who} isWordKept isLikenessSaid />}
      {(below.length > 0 || looksLike !== undefined) && (
        <span className="sub">
          {below.join(" · ")}
          {looksLike !== undefined && <span className="alert">{say("people.looks-like", { other: looksLike })}</span>}
        </span>
      )}
      {onOpen !== undefined && who.known && (
        <button type="button" className="go open" aria-label={say("person.details-name", { name: who.name })} onClick={onOpen}>
          <ChevronRight className="icon s turns" aria-hidden="true" />
        </button>
      )}
      {children}
    </li>
  )
}

/** A plain member has no word: that is what everyone is. */
function rolesOf({ role, isSuccessor }: RosterEntry, say: Say): string[] {
  return [...(role === "member" ? [] : [say(`role.${role}`)]), ...(isSuccessor ? [say("role.successor")] : [])]
}

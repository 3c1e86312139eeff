import { TriangleAlert } from "lucide-react"
import type { Say } from "../i18n/words.ts"
import { useWords } from "../i18n/use-words.ts"
import type { Level, NamedPerson } from "../view/person.ts"

/** A ring that fills: dashed guest, ring account, ring and point organisation, filled with a tick verified in person. */
function LevelRing({ level }: { level: Level }) {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true">
      {level === "person" ? (
        <>
          <circle cx="12" cy="12" r="10.4" fill="currentColor" stroke="none" />
          <path className="tick" d="m7.6 12.3 3 3 5.8-6.2" />
        </>
      ) : (
        <circle cx="12" cy="12" r="9" strokeDasharray={level === "guest" ? "3.6 3.47" : undefined} />
      )}
      {level === "organisation" && <circle cx="12" cy="12" r="3.4" fill="currentColor" stroke="none" />}
    </svg>
  )
}

interface BadgeProps {
  readonly person: NamedPerson
  readonly isWordKept: boolean
  /** A sentence beside it says whose name this one looks like; then the level keeps its place. */
  readonly isLikenessSaid?: boolean
}

/** Level of identity: always ring and word; a changed key outranks it, then a name like another here (D21). */
export function LevelBadge({ person, isWordKept, isLikenessSaid = false }: BadgeProps) {
  const say = useWords()
  if (person.isKeyChanged)
    return (
      <span className="level alert">
        <TriangleAlert className="icon" aria-hidden="true" />
        {say("tile.key-changed")}
      </span>
    )
  if (person.looksLike !== undefined && !isLikenessSaid)
    return (
      <span className="level alert">
        <TriangleAlert className="icon" aria-hidden="true" />
        {say("tile.similar-name")}
        <span className="hidden-text">, {wordOf(person.level, say)}</span>
      </span>
    )
  return (
    <span className="level">
      <LevelRing level={person.level} />
      <span className={isWordKept ? undefined : "word"}>{wordOf(person.level, say)}</span>
    </span>
  )
}

function wordOf(level: Level, say: Say) {
  if (level !== "person") return say(`level.${level}`)
  return (
    <>
      {say("level.person")}
      <span className="wide"> {say("level.person-wide")}</span>
    </>
  )
}

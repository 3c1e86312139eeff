import { ChevronRight } from "lucide-react"
import { useWords } from "../i18n/use-words.ts"
import { LevelBadge } from "../ui/level.tsx"
import type { AtDoorView, DoorActions } from "../view/door.ts"
import { Counted } from "./counted.tsx"
import { DoorWords } from "./door-words.tsx"
import { useIsSettling } from "./use-settling.ts"

/** Everyone at the door, on top of the people panel, longest first. */
export function AtDoorList({ door, actions }: { door: readonly AtDoorView[]; actions: DoorActions }) {
  const say = useWords()
  const isSettling = useIsSettling(door.map(({ id }) => id))
  if (door.length === 0) return null
  return (
    <Counted title={say("door.title")} count={door.length} className="at-door">
      <ul className="roster">
        {door.map((one, index) => (
          <Waiting key={one.id} one={one} isFirst={index === 0} isSettling={isSettling} actions={actions} />
        ))}
      </ul>
      {door.length > 1 && (
        <button type="button" className="button wide" onClick={actions.admitAll}>
          {say("door.let-all-in")}
        </button>
      )}
    </Counted>
  )
}

interface WaitingProps {
  readonly one: AtDoorView
  readonly isFirst: boolean
  readonly isSettling: boolean
  readonly actions: DoorActions
}

function Waiting({ one: { id, who, words }, isFirst, isSettling, actions }: WaitingProps) {
  const say = useWords()
  const { name } = who
  const settled = (act: () => void) => () => {
    if (!isSettling) act()
  }
  return (
    <li className="person waits">
      <span className="name">
        <bdi>{name}</bdi>
      </span>
      <LevelBadge person={who} isWordKept isLikenessSaid />
      {who.looksLike !== undefined && <span className="sub alert">{say("people.looks-like", { other: who.looksLike })}</span>}
      <div className="actions">
        <button
          type="button"
          className={isFirst ? "button primary" : "button"}
          aria-label={say("door.let-in-name", { name })}
          aria-disabled={isSettling}
          onClick={settled(() => actions.admit(id))}
        >
          {say("door.let-in")}
        </button>
        <button
          type="button"
          className="button"
          aria-label={say("door.refuse-name", { name })}
          aria-disabled={isSettling}
          onClick={settled(() => actions.refuse(id))}
        >
          {say("door.refuse")}
        </button>
      </div>
      <details>
        <summary aria-label={say("door.more-name", { name })}>
          <ChevronRight className="icon s" aria-hidden="true" />
          {say("door.should-say")}
        </summary>
        <DoorWords name={name} words={words} />
        <button
          type="button"
          className="button danger"
          aria-label={say("door.block-name", { name })}
          onClick={settled(() => actions.block(id))}
        >
          {say("door.block")}
        </button>
      </details>
    </li>
  )
}

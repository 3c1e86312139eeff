import { ChevronRight } from "lucide-react"
import { useId } from "react"
import { useWords } from "../i18n/use-words.ts"
import { LevelBadge } from "../ui/level.tsx"
import type { AtDoorView, DoorActions } from "../view/door.ts"
import { DoorWords } from "./door-words.tsx"
import { useIsSettling } from "./use-settling.ts"

interface DoorProps {
  readonly door: readonly AtDoorView[]
  readonly actions: DoorActions
  readonly onMore: () => void
}

/** Who waits longest, at the strip's start. Never takes focus, never times out; read out politely. */
export function DoorPrompt({ door, actions, onMore }: DoorProps) {
  const [first] = door
  const isSettling = useIsSettling(door.slice(0, 1).map(({ id }) => id))
  return (
    <div role="status" className="door-notice">
      {first !== undefined && (
        <AtDoor key={first.id} who={first} more={door.length - 1} isSettling={isSettling} actions={actions} onMore={onMore} />
      )}
    </div>
  )
}

interface AtDoorProps {
  readonly who: AtDoorView
  readonly more: number
  readonly isSettling: boolean
  readonly actions: DoorActions
  readonly onMore: () => void
}

function AtDoor({ who: { id, who, words }, more, isSettling, actions, onMore }: AtDoorProps) {
  const say = useWords()
  const heading = useId()
  const settled = (act: () => void) => () => {
    if (!isSettling) act()
  }
  return (
    <section className="prompt door" aria-labelledby={heading}>
      <h2 id={heading} dir="auto">
        {say("door.at", { name: who.name })}
      </h2>
      <div className="actions">
        <button type="button" className="button primary" aria-disabled={isSettling} onClick={settled(() => actions.admit(id))}>
          {say("door.let-in")}
        </button>
        <button type="button" className="button" aria-disabled={isSettling} onClick={settled(() => actions.refuse(id))}>
          {say("door.refuse")}
        </button>
      </div>
      <div className="said">
        <LevelBadge person={who} isWordKept />
        {more > 0 && (
          <button type="button" className="link" onClick={onMore}>
            {say("door.more", { count: more })}
          </button>
        )}
        <details>
          <summary>
            <ChevronRight className="icon s" aria-hidden="true" />
            {say("door.should-say")}
          </summary>
          <DoorWords name={who.name} words={words} />
        </details>
      </div>
    </section>
  )
}

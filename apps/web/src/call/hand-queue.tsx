import { Hand } from "lucide-react"
import { useWords } from "../i18n/use-words.ts"
import type { HandView } from "../view/call.ts"
import { Counted } from "./counted.tsx"

interface QueueProps {
  readonly hands: readonly HandView[]
  readonly canModerate: boolean
  readonly onLower: (id: string) => void
  readonly onLowerOwn: () => void
}

/** Raised hands, longest first. One's own can always be lowered; others' by hosts and co-hosts (L32). */
export function HandQueue({ hands, canModerate, onLower, onLowerOwn }: QueueProps) {
  const say = useWords()
  if (hands.length === 0) return null
  return (
    <Counted title={say("doings.hands")} count={hands.length} className="hands">
      <ol className="roster">
        {hands.map(({ id, name, isSelf }) => (
          <li className="person" key={id}>
            <span className="name">
              <Hand className="icon s" aria-hidden="true" /> {isSelf ? say("people.you") : <bdi>{name}</bdi>}
            </span>
            {(isSelf || canModerate) && (
              <span className="go">
                <button
                  type="button"
                  className="button"
                  aria-label={isSelf ? say("doings.hand-down") : say("doings.hand-lower-name", { name })}
                  onClick={() => (isSelf ? onLowerOwn() : onLower(id))}
                >
                  {say("doings.hand-lower")}
                </button>
              </span>
            )}
          </li>
        ))}
      </ol>
    </Counted>
  )
}

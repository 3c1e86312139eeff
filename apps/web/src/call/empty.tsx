import { useWords } from "../i18n/use-words.ts"
import { Groove } from "../ui/mark.tsx"

interface EmptyProps {
  /** Of a room that its server opens the link is no key. */
  readonly isHanded: boolean
  readonly onCopyLink: () => void
}

/** Alone in the room: the next thing to do is to send the link. */
export function Empty({ isHanded, onCopyLink }: EmptyProps) {
  const say = useWords()
  return (
    <div className="empty">
      <div className="door">
        <Groove box="2 2.4 21.6 19.2" />
      </div>
      <h2>{say("call.empty")}</h2>
      <p className="soft">{say(isHanded ? "call.empty-todo-handed" : "call.empty-todo")}</p>
      <button type="button" className="button primary large" onClick={onCopyLink}>
        {say("call.empty-copy")}
      </button>
    </div>
  )
}

import { MonitorUp, Spotlight } from "lucide-react"
import { useWords } from "../i18n/use-words.ts"
import type { CallView } from "../view/call.ts"

interface NotesProps {
  readonly call: CallView
  readonly onEndSpotlight: () => void
}

/** What others see of this person and this person does not: one's own screen is a sentence, never a mirror in a mirror. */
export function Notes({ call, onEndSpotlight }: NotesProps) {
  const say = useWords()
  const isSpotlit = call.spotlight === call.selfId
  if (call.sharing !== "on" && !isSpotlit) return null
  return (
    <div className="stage-notes">
      {call.sharing === "on" && (
        <p>
          <MonitorUp className="icon s" aria-hidden="true" />
          {say("stage.own-share")}
        </p>
      )}
      {isSpotlit && (
        <p>
          <Spotlight className="icon s" aria-hidden="true" />
          {say("stage.self-spotlit")}
          {call.canModerate && (
            <button type="button" className="link" onClick={onEndSpotlight}>
              {say("stage.spotlight-end")}
            </button>
          )}
        </p>
      )}
    </div>
  )
}

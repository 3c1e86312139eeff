import { MicOff } from "lucide-react"
import { useWords } from "../i18n/use-words.ts"
import type { CallActions, CallView } from "../view/call.ts"

/**
 * About this person's own microphone: somebody asks for it, or they speak while it is off. Never takes focus; the question never
 * times out, the hint goes when they stop. Only this person's press unmutes (A2.14, L34).
 */
export function Asked({ call, actions, isAlone }: { call: CallView; actions: CallActions; isAlone: boolean }) {
  const { unmuteAsked, isTalkingMuted } = call
  return (
    <div role="status">
      {unmuteAsked !== undefined && <UnmuteAsked by={unmuteAsked.by} onAnswer={actions.answerUnmute} />}
      {unmuteAsked === undefined && isTalkingMuted && isAlone && <TalkingMuted onUnmute={actions.toggleMicrophone} />}
    </div>
  )
}

function UnmuteAsked({ by, onAnswer }: { by: string; onAnswer: (does: boolean) => void }) {
  const say = useWords()
  return (
    <section className="prompt">
      <MicOff className="icon" aria-hidden="true" />
      <div>
        <h2 dir="auto">{say("doings.unmute-asked", { name: by })}</h2>
        <p>{say("doings.unmute-asked-what")}</p>
      </div>
      <div className="actions">
        <button type="button" className="button primary" onClick={() => onAnswer(true)}>
          {say("doings.unmute")}
        </button>
        <button type="button" className="button" onClick={() => onAnswer(false)}>
          {say("doings.unmute-not")}
        </button>
      </div>
    </section>
  )
}

function TalkingMuted({ onUnmute }: { onUnmute: () => void }) {
  const say = useWords()
  return (
    <section className="prompt">
      <MicOff className="icon" aria-hidden="true" />
      <div>
        <h2>{say("doings.talking-muted")}</h2>
        <p>{say("doings.talking-muted-what")}</p>
      </div>
      <div className="actions">
        <button type="button" className="button" onClick={onUnmute}>
          {say("doings.unmute")}
        </button>
      </div>
    </section>
  )
}

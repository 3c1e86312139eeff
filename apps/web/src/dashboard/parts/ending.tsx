import { useState, type ReactNode } from "react"
import { useAsking } from "../../account/use-asking.ts"
import type { Answer } from "../../adapters/api.ts"
import { dashboardWords } from "../../i18n/dashboard-words.ts"
import { Confirm } from "./confirm.tsx"

interface EndingProps {
  /** What stands on the button. */
  readonly word: string
  readonly title: string
  /** The verb again. */
  readonly yes: string
  readonly act: () => Promise<Answer<unknown>>
  readonly onDone: () => void
  /** What it means. */
  readonly children: ReactNode
}

/** A button for what cannot be undone: it asks first. */
export function Ending({ word, title, yes, act, onDone, children }: EndingProps) {
  const say = dashboardWords.useWords()
  const asking = useAsking()
  const [isAsked, ask] = useState(false)
  const done = () => {
    ask(false)
    onDone()
  }
  return (
    <>
      <button type="button" className="button danger" onClick={() => ask(true)}>
        {word}
      </button>
      {isAsked && (
        <Confirm
          title={title}
          yes={yes}
          keep={say("part.keep")}
          asking={asking}
          onYes={() => asking.ask(act, done)}
          onClose={() => ask(false)}
        >
          {children}
        </Confirm>
      )}
    </>
  )
}

import { useState, type ReactNode } from "react"
import { useAsking } from "../../account/use-asking.ts"
import type { Answer } from "../../adapters/api.ts"
import { dashboardWords } from "../../i18n/dashboard-words.ts"
import { Confirm } from "./confirm.tsx"

interface EndingProps {
  /** What stands on the button. */
  readonly word: string
  /** Whom or what it is about, said after the word to who does not see the row. */
  readonly of?: string
  readonly title: string
  /** The verb again. */
  readonly yes: string
  /** The word for not doing it; "Keep" when left out. */
  readonly keep?: string
  /** `plain` where a row has many such buttons. */
  readonly look?: "danger" | "plain"
  readonly act: () => Promise<Answer<unknown>>
  readonly onDone: () => void
  /** What it means. */
  readonly children: ReactNode
}

/** A button for what cannot be undone: it asks first. */
export function Ending({ word, of, title, yes, keep, look = "danger", act, onDone, children }: EndingProps) {
  const say = dashboardWords.useWords()
  const asking = useAsking()
  const [isAsked, ask] = useState(false)
  const done = () => {
    ask(false)
    onDone()
  }
  return (
    <>
      <button
        type="button"
        className={look === "danger" ? "button danger" : "button"}
        {...(of === undefined ? {} : { "aria-label": say("part.of", { act: word, name: of }) })}
        onClick={() => ask(true)}
      >
        {word}
      </button>
      {isAsked && (
        <Confirm
          title={title}
          yes={yes}
          keep={keep ?? say("part.keep")}
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

import { useState } from "react"
import { dashboardWords } from "../../i18n/dashboard-words.ts"
import { Ending } from "../parts/ending.tsx"
import type { LiveActions } from "./live-view.ts"

interface RemovalProps {
  readonly room: string
  readonly pseudonym: string
  readonly actions: LiveActions
}

/** D14: a request. The devices inside carry it out; what stands here says that they were asked. */
export function Removal({ room, pseudonym, actions }: RemovalProps) {
  const say = dashboardWords.useWords()
  const [isAsked, noteAsked] = useState(false)
  if (isAsked) return <span role="status">{say("calls.remove-asked")}</span>
  return (
    <Ending
      word={say("calls.remove")}
      of={pseudonym}
      title={say("calls.remove-title", { name: pseudonym })}
      yes={say("calls.remove")}
      keep={say("part.cancel")}
      look="plain"
      act={() => actions.remove(room, pseudonym)}
      onDone={() => noteAsked(true)}
    >
      <p>{say("calls.remove-what")}</p>
    </Ending>
  )
}

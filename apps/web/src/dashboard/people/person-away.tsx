import { useState } from "react"
import { refusalText } from "../../account/refusal-text.ts"
import { dashboardWords } from "../../i18n/dashboard-words.ts"
import { Ending } from "../parts/ending.tsx"
import { useAsking } from "../../account/use-asking.ts"
import type { PersonProps } from "./people-view.ts"

/** Ends every session of somebody; nothing else changes. */
export function SignOutEverywhere({ person, actions }: Omit<PersonProps, "view">) {
  const say = dashboardWords.useWords()
  const asking = useAsking()
  const [isDone, done] = useState(false)
  return (
    <span>
      <button
        type="button"
        className="button"
        disabled={asking.isBusy}
        title={say("staff.sign-out-note")}
        onClick={() =>
          asking.ask(
            () => actions.signOut(person.id),
            () => done(true),
          )
        }
      >
        {say("staff.sign-out")}
      </button>
      <span className="small" role="status">
        {isDone && ` ${say("staff.signed-out")}`}
        {` ${refusalText(asking.refusal, say) ?? ""}`}
      </span>
    </span>
  )
}

/** Deletes an account. */
export function SendAway({ person, actions }: Omit<PersonProps, "view">) {
  const say = dashboardWords.useWords()
  return (
    <Ending
      word={say("staff.away")}
      title={say("staff.away-title", { name: person.name })}
      yes={say("staff.away-yes")}
      act={() => actions.sendAway(person.id)}
      onDone={actions.again}
    >
      <p>{say("staff.away-what")}</p>
    </Ending>
  )
}

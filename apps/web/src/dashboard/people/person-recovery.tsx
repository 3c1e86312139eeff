import { useState } from "react"
import { dashboardWords } from "../../i18n/dashboard-words.ts"
import { Confirm } from "../parts/confirm.tsx"
import { ShownOnce } from "../parts/shown-once.tsx"
import { useAsking } from "../../account/use-asking.ts"
import type { PersonProps } from "./people-view.ts"

/** For somebody who cannot sign in any more: a link that opens the account anew. */
export function PersonRecovery({ person, actions }: Omit<PersonProps, "view">) {
  const say = dashboardWords.useWords()
  const asking = useAsking()
  const [isAsked, ask] = useState(false)
  const [link, show] = useState<string>()
  const { name } = person
  const made = ({ url }: { readonly url: string }) => {
    ask(false)
    show(url)
    actions.againInvitations()
  }
  return (
    <div>
      <h2>{say("staff.recover")}</h2>
      <p className="small">{say("staff.recover-note")}</p>
      <button type="button" className="button" onClick={() => ask(true)}>
        {say("staff.recover-make")}
      </button>
      {isAsked && (
        <Confirm
          title={say("staff.recover-title", { name })}
          yes={say("staff.recover-make")}
          asking={asking}
          onYes={() => asking.ask(() => actions.recover(person.id), made)}
          onClose={() => ask(false)}
        >
          <p>{say("staff.recover-what", { name })}</p>
        </Confirm>
      )}
      {link !== undefined && (
        <ShownOnce title={say("staff.recover-made", { name })} note={say("part.once")} text={link} onDone={() => show(undefined)} />
      )}
    </div>
  )
}

import { useState } from "react"
import { useAsking } from "../../account/use-asking.ts"
import { dashboardWords } from "../../i18n/dashboard-words.ts"
import { Confirm } from "../parts/confirm.tsx"
import type { LiveActions } from "./live-view.ts"

interface RemovalProps {
  readonly room: string
  readonly pseudonym: string
  readonly actions: LiveActions
}

/** D14: a request. The devices inside carry it out; what stands here says that they were asked. */
export function Removal({ room, pseudonym, actions }: RemovalProps) {
  const say = dashboardWords.useWords()
  const asking = useAsking()
  const [at, go] = useState<"rest" | "asking" | "asked">("rest")
  if (at === "asked") return <span role="status">{say("calls.remove-asked")}</span>
  return (
    <>
      <button
        type="button"
        className="button"
        aria-label={say("part.of", { act: say("calls.remove"), name: pseudonym })}
        onClick={() => go("asking")}
      >
        {say("calls.remove")}
      </button>
      {at === "asking" && (
        <Confirm
          title={say("calls.remove-title", { name: pseudonym })}
          yes={say("calls.remove")}
          asking={asking}
          onYes={() =>
            asking.ask(
              () => actions.remove(room, pseudonym),
              () => go("asked"),
            )
          }
          onClose={() => go("rest")}
        >
          <p>{say("calls.remove-what")}</p>
        </Confirm>
      )}
    </>
  )
}

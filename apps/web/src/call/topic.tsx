import { useId, useState, type SyntheticEvent } from "react"
import { useWords } from "../i18n/use-words.ts"
import type { RuleEdit } from "../view/rules.ts"

/** Longest topic in characters; the policy refuses longer ones. */
const longest = 80

/** The name of the room, sealed like everything else. */
export function Topic({ topic, canEdit, edit }: { topic: string | undefined; canEdit: boolean; edit: (edit: RuleEdit) => void }) {
  const say = useWords()
  const id = useId()
  const [typed, type] = useState<string>()
  const shown = typed ?? topic ?? ""
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    const to = shown.trim()
    edit({ set: "topic", to: to === "" ? undefined : to })
  }
  if (!canEdit)
    return (
      <section aria-labelledby={id}>
        <h3 id={id}>{say("rules.topic")}</h3>
        <p dir="auto">{topic ?? say("rules.topic-none")}</p>
      </section>
    )
  return (
    <section>
      <form className="field" onSubmit={submit}>
        <label htmlFor={id}>{say("rules.topic")}</label>
        <div className="row">
          <input
            className="input"
            id={id}
            dir="auto"
            maxLength={longest}
            value={shown}
            placeholder={say("rules.topic-none")}
            autoComplete="off"
            aria-describedby={`${id}-note`}
            onChange={(event) => type(event.target.value)}
          />
          <button className="button" disabled={shown.trim() === (topic ?? "")}>
            {say("rules.topic-save")}
          </button>
        </div>
        <p className="small soft" id={`${id}-note`}>
          {say("rules.topic-note")}
        </p>
      </form>
    </section>
  )
}

import { scopes } from "@conclave/api"
import { useId, useState } from "react"
import { refusalText } from "../../account/refusal-text.ts"
import { dashboardWords } from "../../i18n/dashboard-words.ts"
import { ChoiceField, Field } from "../../ui/field.tsx"
import { Form } from "../../ui/form.tsx"
import { Section } from "../parts/section.tsx"
import type { ShownKey, Team } from "../shapes.ts"
import { useAsking } from "../../account/use-asking.ts"
import type { KeysActions, Scope } from "./keys-view.ts"

interface NewKeyProps {
  readonly teams: readonly Team[]
  readonly make: KeysActions["make"]
  readonly onMade: (key: ShownKey) => void
}

const lifetimes = ["30", "90", "365", "730"] as const
/** What most systems need; nothing that opens a room to the server. */
const usual: readonly Scope[] = ["rooms.read", "rooms.write"]

/** Makes a key: for which system, what it may, for how long. */
export function NewKey({ teams, make, onMade }: NewKeyProps) {
  const say = dashboardWords.useWords()
  const asking = useAsking()
  const [name, rename] = useState("")
  const [team, choose] = useState<string>(teams[0]?.id ?? "")
  const [chosen, set] = useState(usual)
  const [days, last] = useState<(typeof lifetimes)[number]>("90")
  const [isTried, tried] = useState(false)
  const submit = () => {
    tried(true)
    if (chosen.length === 0 || name.trim() === "") return
    asking.ask(
      () => make({ name: name.trim(), team: team === "" ? undefined : team, scopes: chosen, days: Number(days) }),
      (key) => {
        rename("")
        tried(false)
        onMade(key)
      },
    )
  }
  return (
    <Section title={say("keys.new")} className="making">
      <div className="card">
        <Form onSubmit={submit} submit={say("keys.make")} isBusy={asking.isBusy} trouble={refusalText(asking.refusal, say)}>
          <Field
            label={say("keys.name")}
            note={say("keys.name-note")}
            value={name}
            maxLength={100}
            trouble={isTried && name.trim() === "" ? say("part.needed") : undefined}
            onChange={rename}
          />
          {teams.length > 1 && (
            <ChoiceField
              label={say("room.team")}
              value={team}
              choices={teams.map((one) => ({ name: one.id, label: one.name }))}
              onChoose={choose}
            />
          )}
          <Scopes chosen={chosen} onChange={set} trouble={isTried && chosen.length === 0 ? say("keys.scopes-none") : undefined} />
          <ChoiceField
            label={say("keys.expires")}
            value={days}
            choices={lifetimes.map((one) => ({ name: one, label: say(`keys.expires.${one}`) }))}
            onChoose={last}
          />
        </Form>
      </div>
    </Section>
  )
}

interface ScopesProps {
  readonly chosen: readonly Scope[]
  readonly onChange: (chosen: readonly Scope[]) => void
  readonly trouble: string | undefined
}

function Scopes({ chosen, onChange, trouble }: ScopesProps) {
  const say = dashboardWords.useWords()
  const id = useId()
  return (
    <fieldset aria-describedby={id}>
      <legend className="label">{say("keys.scopes")}</legend>
      {scopes.map((scope) => (
        <label key={scope} className="pick">
          <input
            type="checkbox"
            checked={chosen.includes(scope)}
            onChange={({ target }) => onChange(scopes.filter((one) => (one === scope ? target.checked : chosen.includes(one))))}
          />
          <span>{say(`scope.${scope}`)}</span>
        </label>
      ))}
      <p className="trouble" id={id}>
        {trouble}
      </p>
    </fieldset>
  )
}

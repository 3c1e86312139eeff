import { useId } from "react"
import { useWords } from "../i18n/use-words.ts"

interface SwitchProps {
  readonly label: string
  readonly note: string
  readonly isOn: boolean
  readonly canEdit: boolean
  readonly onChange: (to: boolean) => void
}

/** One rule that is on or off. It moves when the group has agreed, not when it is pressed. Who cannot change it reads the word. */
export function RuleSwitch({ label, note, isOn, canEdit, onChange }: SwitchProps) {
  const say = useWords()
  const id = useId()
  return (
    <div className="rule">
      <label htmlFor={canEdit ? id : undefined}>{label}</label>
      <p id={`${id}-note`}>{note}</p>
      <span className="state">
        <span aria-hidden={canEdit}>{say(isOn ? "rules.on" : "rules.off")}</span>
        {canEdit && (
          <input
            id={id}
            type="checkbox"
            role="switch"
            checked={isOn}
            aria-describedby={`${id}-note`}
            onChange={(event) => onChange(event.target.checked)}
          />
        )}
      </span>
    </div>
  )
}

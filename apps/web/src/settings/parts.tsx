/** What settings pages are made of. */

import { useId, type ReactNode } from "react"
import { RuleSwitch } from "../call/rule-switch.tsx"

/** A few settings under one heading. */
export function Group({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const id = useId()
  return (
    <section aria-labelledby={id}>
      <h3 id={id}>{title}</h3>
      {children}
    </section>
  )
}

interface SwitchProps {
  readonly label: string
  readonly note?: string
  readonly isOn: boolean
  readonly onChange: (to: boolean) => void
}

export const Switch = ({ label, note = "", isOn, onChange }: SwitchProps) => (
  <RuleSwitch label={label} note={note} isOn={isOn} canEdit onChange={onChange} />
)

interface OneOfProps<Name extends string> {
  readonly title: string
  readonly names: readonly Name[]
  readonly chosen: Name
  readonly label: (name: Name) => string
  readonly onChoose: (name: Name) => void
}

/** One of a few, all to be seen. */
export function OneOf<Name extends string>({ title, names, chosen, label, onChoose }: OneOfProps<Name>) {
  const id = useId()
  return (
    <fieldset className="one-of">
      <legend>{title}</legend>
      <div>
        {names.map((name) => (
          <label key={name}>
            <input type="radio" name={id} checked={name === chosen} onChange={() => onChoose(name)} />
            <span>{label(name)}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}

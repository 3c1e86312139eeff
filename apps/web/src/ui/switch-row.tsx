import { useId } from "react"
import "../styles/form.css"
import "../styles/switch.css"

interface SwitchProps {
  readonly label: string
  /** What it means. */
  readonly note?: string
  readonly isOn: boolean
  readonly onChange: (to: boolean) => void
  readonly isDisabled?: boolean
}

/** Something that is on or off. */
export function SwitchRow({ label, note, isOn, onChange, isDisabled = false }: SwitchProps) {
  const id = useId()
  return (
    <div className="switch-row">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className="switch"
        type="checkbox"
        role="switch"
        checked={isOn}
        disabled={isDisabled}
        aria-describedby={`${id}-note`}
        onChange={(event) => onChange(event.target.checked)}
      />
      <p className="note" id={`${id}-note`}>
        {note}
      </p>
    </div>
  )
}

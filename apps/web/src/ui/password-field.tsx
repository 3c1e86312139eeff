import { Eye, EyeOff } from "lucide-react"
import { useId, useState } from "react"
import "../styles/form.css"

interface PasswordProps {
  readonly label: string
  readonly note?: string | undefined
  readonly trouble?: string | undefined
  readonly value: string
  readonly onChange: (value: string) => void
  /** What the sign beside it does. */
  readonly show: string
  readonly hide: string
}

/** A new password: written once, and shown to whoever wants to see what they wrote. */
export function NewPasswordField({ label, note, trouble, value, onChange, show, hide }: PasswordProps) {
  const id = useId()
  const [isShown, showIt] = useState(false)
  const Icon = isShown ? EyeOff : Eye
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <span className="with-sign">
        <input
          className="input code"
          id={id}
          type={isShown ? "text" : "password"}
          name="new-password"
          autoComplete="new-password"
          autoCapitalize="off"
          spellCheck={false}
          value={value}
          aria-invalid={trouble !== undefined}
          aria-describedby={`${id}-note ${id}-trouble`}
          onChange={(event) => onChange(event.target.value)}
        />
        <button type="button" className="button quiet icon-only" aria-label={isShown ? hide : show} onClick={() => showIt(!isShown)}>
          <Icon className="icon" aria-hidden="true" />
        </button>
      </span>
      <p className="note" id={`${id}-note`}>
        {note}
      </p>
      <p className="trouble" id={`${id}-trouble`}>
        {trouble}
      </p>
    </div>
  )
}

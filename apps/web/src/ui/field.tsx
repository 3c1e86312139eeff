import { ChevronDown } from "lucide-react"
import { useId, type HTMLInputAutoCompleteAttribute, type ReactNode } from "react"
import "../styles/form.css"

interface Described {
  readonly label: string
  /** What it is for, below it. */
  readonly note?: string | undefined
  /** What is wrong with it; read out with it. */
  readonly trouble?: string | undefined
}

interface FieldProps extends Described {
  readonly value: string
  readonly onChange: (value: string) => void
  readonly type?: "text" | "email" | "password" | "search" | "url" | "number"
  /** For the browser's memory and for password managers. */
  readonly name?: string
  readonly autoComplete?: HTMLInputAutoCompleteAttribute
  readonly inputMode?: "numeric" | "text"
  readonly maxLength?: number
  readonly isRequired?: boolean
  readonly isReadOnly?: boolean
  /** Latin letters whose order must not turn: addresses, codes. */
  readonly isCode?: boolean
  /** Takes the focus when it is first shown: the one thing to do there. */
  readonly isFirst?: boolean
}

/** A line to write in, with its label above and what it is for below. */
export function Field({
  label,
  note,
  trouble,
  value,
  onChange,
  type = "text",
  isRequired = false,
  isReadOnly,
  isCode,
  isFirst,
  ...rest
}: FieldProps) {
  const id = useId()
  return (
    <Labelled id={id} label={label} note={note} trouble={trouble}>
      <input
        {...rest}
        className={isCode === true ? "input code" : "input"}
        id={id}
        type={type}
        value={value}
        required={isRequired}
        autoFocus={isFirst}
        readOnly={isReadOnly}
        autoCapitalize={isCode === true ? "off" : undefined}
        spellCheck={isCode === true ? false : undefined}
        aria-invalid={trouble !== undefined}
        aria-describedby={`${id}-note ${id}-trouble`}
        onChange={(event) => onChange(event.target.value)}
      />
    </Labelled>
  )
}

interface ChoiceProps<Name extends string> extends Described {
  readonly value: Name
  readonly choices: readonly { readonly name: Name; readonly label: string }[]
  readonly onChoose: (name: Name) => void
  readonly isDisabled?: boolean
}

/** One of several, in the browser's own list. */
export function ChoiceField<Name extends string>({
  label,
  note,
  trouble,
  value,
  choices,
  onChoose,
  isDisabled = false,
}: ChoiceProps<Name>) {
  const id = useId()
  return (
    <Labelled id={id} label={label} note={note} trouble={trouble}>
      <span className="select">
        <select
          className="input"
          id={id}
          value={value}
          disabled={isDisabled}
          aria-describedby={`${id}-note ${id}-trouble`}
          onChange={(event) => onChoose(event.target.value as Name)}
        >
          {choices.map((choice) => (
            <option key={choice.name} value={choice.name}>
              {choice.label}
            </option>
          ))}
        </select>
        <ChevronDown className="icon s" aria-hidden="true" />
      </span>
    </Labelled>
  )
}

function Labelled({ id, label, note, trouble, children }: Described & { readonly id: string; readonly children: ReactNode }) {
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children}
      <p className="note" id={`${id}-note`}>
        {note}
      </p>
      <p className="trouble" id={`${id}-trouble`}>
        {trouble}
      </p>
    </div>
  )
}

import { Eye, EyeOff } from "lucide-react"
import { useId, useState, type ReactNode, type SyntheticEvent } from "react"
import { useWords } from "../i18n/use-words.ts"

/** Bounds of a password in characters; the key worker refuses others (D18.4). */
const [shortest, longest] = [4, 128]

interface FieldProps {
  readonly label: string
  /** What stands below the field; a line that says what is wrong stands in its place. */
  readonly note?: string
  readonly wrong?: string | undefined
  readonly yes: string
  /** A new one for the room, or the one that lets in. */
  readonly isNew: boolean
  readonly takesFocus?: boolean
  readonly onGive: (text: string) => void
  readonly children?: ReactNode
}

/** One field for a password. What is typed leaves it for the key worker only, and is gone from here then. */
export function PasswordField({ label, note, wrong, yes, isNew, takesFocus = false, onGive, children }: FieldProps) {
  const say = useWords()
  const id = useId()
  const [typed, type] = useState("")
  const [isShown, show] = useState(false)
  const [isShort, setShort] = useState(false)
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    const { length } = [...typed.normalize("NFC")]
    setShort(length < shortest)
    if (length < shortest) return
    onGive(typed)
    type("")
  }
  const problem = isShort ? say("password.too-short", { count: shortest }) : wrong
  return (
    <form className="field password" onSubmit={submit}>
      <label htmlFor={id}>{label}</label>
      <div className="row">
        <input
          className="input"
          id={id}
          type={isShown ? "text" : "password"}
          dir="auto"
          maxLength={longest}
          value={typed}
          autoFocus={takesFocus}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          aria-invalid={problem !== undefined}
          aria-describedby={`${id}-note`}
          onChange={(event) => type(event.target.value)}
        />
        <button
          type="button"
          className="button"
          aria-label={say(isShown ? "password.hide" : "password.show")}
          aria-pressed={isShown}
          onClick={() => show(!isShown)}
        >
          {isShown ? <EyeOff aria-hidden size={20} /> : <Eye aria-hidden size={20} />}
        </button>
      </div>
      <p className="small soft" id={`${id}-note`} role={problem === undefined ? undefined : "alert"}>
        {problem ?? note}
      </p>
      <div className="row">
        <button className={isNew ? "button" : "button primary"}>{yes}</button>
        {children}
      </div>
    </form>
  )
}

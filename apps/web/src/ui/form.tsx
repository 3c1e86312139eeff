import { useEffect, useRef, type ReactNode, type SyntheticEvent } from "react"
import "../styles/form.css"

interface FormProps {
  readonly onSubmit: () => void
  /** The verb on the yellow key. */
  readonly submit: string
  /** Under way: nothing can be sent twice. */
  readonly isBusy: boolean
  /** Why it was refused; read out at once. */
  readonly trouble?: string | undefined
  readonly children: ReactNode
  /** Second ways, beside the key. */
  readonly others?: ReactNode
  /** How the key looks: yellow once per screen at most. */
  readonly look?: "primary" | "danger" | "plain"
}

/** Fields, what was wrong on top, and one thing to do below. What is missing is said in our words, not the browser's. */
export function Form({ onSubmit, submit, isBusy, trouble, children, others, look = "primary" }: FormProps) {
  const form = useRef<HTMLFormElement>(null)
  // Whoever writes on finds the place.
  useEffect(() => {
    if (trouble !== undefined) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [trouble])
  const press = (event: SyntheticEvent) => {
    event.preventDefault()
    if (!isBusy) onSubmit()
  }
  return (
    <form className="form" ref={form} noValidate onSubmit={press} aria-busy={isBusy}>
      <p className="trouble said" role="alert">
        {trouble}
      </p>
      {children}
      <div className="actions">
        <button className={look === "plain" ? "button" : `button ${look}`} disabled={isBusy}>
          {submit}
        </button>
        {others}
      </div>
    </form>
  )
}

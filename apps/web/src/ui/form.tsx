import type { ReactNode, SyntheticEvent } from "react"
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

/** Fields, what was wrong on top, and one thing to do below. */
export function Form({ onSubmit, submit, isBusy, trouble, children, others, look = "primary" }: FormProps) {
  const press = (event: SyntheticEvent) => {
    event.preventDefault()
    if (!isBusy) onSubmit()
  }
  return (
    <form className="form" onSubmit={press} aria-busy={isBusy}>
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

import type { ReactNode } from "react"
import { dashboardWords } from "../../i18n/dashboard-words.ts"
import { Dialog } from "../../ui/dialog.tsx"
import { Field } from "../../ui/field.tsx"
import { CopyButton } from "./copy-button.tsx"

interface OnceProps {
  readonly title: string
  /** Why it is not shown again. */
  readonly note: string
  /** The secret. It is in this dialog and nowhere else on the page. */
  readonly text: string
  readonly onDone: () => void
  /** A second thing to do with it. */
  readonly children?: ReactNode
}

/** D41.31: a secret that is shown once. Nothing but its own button closes it, and then the page has it no more. */
export function ShownOnce({ title, note, text, onDone, children }: OnceProps) {
  const say = dashboardWords.useWords()
  return (
    <Dialog title={title} onClose={onDone}>
      <p>{note}</p>
      <Field label={say("part.to-copy")} value={text} onChange={() => undefined} isReadOnly isCode />
      <div className="actions">
        <CopyButton text={text} isFirst />
        {children}
        <button type="button" className="button" onClick={onDone}>
          {say("part.done")}
        </button>
      </div>
    </Dialog>
  )
}

import type { ReactNode } from "react"
import { refusalText } from "../../account/refusal-text.ts"
import { dashboardWords } from "../../i18n/dashboard-words.ts"
import { Dialog } from "../../ui/dialog.tsx"
import type { Asking } from "../../account/use-asking.ts"

interface ConfirmProps {
  readonly title: string
  /** The verb again. */
  readonly yes: string
  readonly keep?: string
  readonly asking: Asking
  readonly onYes: () => void
  readonly onClose: () => void
  readonly look?: "danger" | "primary"
  /** What it means. */
  readonly children: ReactNode
}

/** Before what cannot be undone. The focus is on the button that changes nothing. */
export function Confirm({ title, yes, keep, asking, onYes, onClose, look = "danger", children }: ConfirmProps) {
  const say = dashboardWords.useWords()
  return (
    <Dialog title={title} close={say("part.cancel")} onClose={onClose}>
      <p className="trouble" role="alert">
        {refusalText(asking.refusal, say)}
      </p>
      {children}
      <div className="actions">
        <button type="button" className={`button ${look}`} disabled={asking.isBusy} onClick={onYes}>
          {yes}
        </button>
        <button type="button" className="button" autoFocus onClick={onClose}>
          {keep ?? say("part.cancel")}
        </button>
      </div>
    </Dialog>
  )
}

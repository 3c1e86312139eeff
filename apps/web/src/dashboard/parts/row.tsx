import { ChevronDown } from "lucide-react"
import { useId, useState, type ReactNode } from "react"
import { dashboardWords } from "../../i18n/dashboard-words.ts"

interface RowProps {
  readonly title: ReactNode
  /** In words, for the button that unfolds. */
  readonly name: string
  readonly sub?: ReactNode
  readonly state?: ReactNode
  readonly actions?: ReactNode
  /** What is below once unfolded; without it there is no button. */
  readonly inside?: ReactNode
  /** Says what unfolding shows; "Change" unless given. */
  readonly unfold?: { readonly short: string; readonly whole: string }
  readonly isFirstOpen?: boolean
}

/** One of a list: what it is, how it is, what can be done; the rest unfolds below it. */
export function Row({ title, name, sub, state, actions, inside, unfold, isFirstOpen = false }: RowProps) {
  const say = dashboardWords.useWords()
  const [isOpen, set] = useState(isFirstOpen)
  const id = useId()
  const label = unfold ?? { short: say("part.change"), whole: say("part.of", { act: say("part.change"), name }) }
  return (
    <li className="row">
      <div className="title">
        {title}
        <span className="sub">{sub}</span>
      </div>
      <div className="how">{state}</div>
      <div className="does">
        {actions}
        {inside !== undefined && (
          <button
            type="button"
            className="button"
            aria-label={label.whole}
            aria-expanded={isOpen}
            aria-controls={isOpen ? id : undefined}
            onClick={() => set(!isOpen)}
          >
            {label.short}
            <ChevronDown className="icon s unfolds" aria-hidden="true" />
          </button>
        )}
      </div>
      {isOpen && (
        <div className="inside" id={id}>
          {inside}
        </div>
      )}
    </li>
  )
}

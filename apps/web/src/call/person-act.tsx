import type { ReactNode } from "react"

interface ActProps {
  /** What stands on the button, and all of what it does for who does not see the row. */
  readonly word: string
  readonly label: string
  readonly onAct: () => void
  /** Who it is. */
  readonly children: ReactNode
}

/** Somebody in a panel's list, and the one thing to do about them. */
export function PersonAct({ word, label, onAct, children }: ActProps) {
  return (
    <li className="person">
      <span className="name">{children}</span>
      <span className="go">
        <button type="button" className="button" aria-label={label} onClick={onAct}>
          {word}
        </button>
      </span>
    </li>
  )
}

import "../styles/control.css"
import type { LucideIcon } from "lucide-react"
import type { ReactNode } from "react"

interface ControlProps {
  readonly icon: LucideIcon
  readonly children: ReactNode
  readonly onPress: () => void
  /** Off: ink filled. Open: its panel is there. Up: yellow, live now. Leave: red sign, apart from the others. */
  readonly look?: "on" | "off" | "open" | "up" | "leave"
  /** Given when it opens a panel. */
  readonly isExpanded?: boolean
  readonly controls?: string
  readonly className?: string
  readonly isDisabled?: boolean
}

/** A round control with its word below. The name says the state, so there is no `aria-pressed`. */
export function Control({
  icon: Icon,
  children,
  onPress,
  look = "on",
  isExpanded,
  controls,
  className = "",
  isDisabled = false,
}: ControlProps) {
  return (
    <button
      type="button"
      className={`control ${look} ${className}`}
      onClick={onPress}
      disabled={isDisabled}
      aria-expanded={isExpanded}
      aria-controls={isExpanded === true ? controls : undefined}
    >
      <span className="cap">
        <Icon className={look === "leave" ? "icon turns" : "icon"} aria-hidden="true" />
      </span>
      <span>{children}</span>
    </button>
  )
}

import type { ReactNode } from "react"
import { Wordmark } from "./mark.tsx"

interface PageProps {
  readonly children: ReactNode
  readonly className?: string
  /** Beside the name: where else one can go. */
  readonly beside?: ReactNode
  readonly footer?: ReactNode
}

/** A page outside a call: name above, content, perhaps a line below. */
export function Page({ children, className = "", beside, footer }: PageProps) {
  return (
    <div className={`page ${className}`}>
      <header>
        <Wordmark />
        {beside}
      </header>
      <main>{children}</main>
      {footer !== undefined && <footer>{footer}</footer>}
    </div>
  )
}

import type { ReactNode } from "react"
import { Wordmark } from "./mark.tsx"

/** A page outside a call: name above, content, perhaps a line below. */
export function Page({ children, className = "", footer }: { children: ReactNode; className?: string; footer?: ReactNode }) {
  return (
    <div className={`page ${className}`}>
      <header>
        <Wordmark />
      </header>
      <main>{children}</main>
      {footer !== undefined && <footer>{footer}</footer>}
    </div>
  )
}

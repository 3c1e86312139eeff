import { X } from "lucide-react"
import { useEffect, useId, useRef, type ReactNode } from "react"
import { useWords } from "../i18n/use-words.ts"

interface PanelProps {
  readonly id: string
  readonly title: string
  readonly onClose: () => void
  readonly children: ReactNode
  readonly foot?: ReactNode
  /** False where it was open from the start (a fixture): focus stays. */
  readonly takesFocus: boolean
}

/** Takes its own ground beside the stage, never lies over a face. Focus goes in with it, Escape takes it out again. */
export function Panel({ id, title, onClose, children, foot, takesFocus }: PanelProps) {
  const say = useWords()
  const heading = useId()
  const aside = useRef<HTMLElement>(null)
  useEffect(() => {
    if (!takesFocus) return undefined
    const opener = document.activeElement
    aside.current?.querySelector("h2")?.focus()
    return () => {
      if (opener instanceof HTMLElement) opener.focus()
    }
  }, [takesFocus])
  return (
    <aside id={id} className="panel" aria-labelledby={heading} ref={aside} onKeyDown={(event) => event.key === "Escape" && onClose()}>
      <header>
        <h2 id={heading} tabIndex={-1}>
          {title}
        </h2>
        <button type="button" className="button quiet icon-only" aria-label={say("call.close")} onClick={onClose}>
          <X className="icon" aria-hidden="true" />
        </button>
      </header>
      <div className="body" tabIndex={0} role="region" aria-labelledby={heading}>
        {children}
      </div>
      {foot !== undefined && <div className="foot">{foot}</div>}
    </aside>
  )
}
